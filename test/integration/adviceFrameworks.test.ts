import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import type { Endpoint, HttpMethod } from '../../src/core/model/endpoint';
import { adviseAnswer } from '../../src/core/request/advice';
import { sendOnce } from '../../src/http/client';
import { startApp, type AppCommand } from '../support/processes';
import { pythonProgram } from '../support/python';

const FLASK = `
import sys
from flask import Flask, abort, request
app = Flask(__name__)
@app.get("/author/<int:id>")
def author(id): abort(404, "no such author")
@app.post("/json")
def json(): return request.get_json()
@app.get("/slash/")
def slash(): return "x"
@app.get("/secret")
def secret(): abort(401)
@app.get("/fails")
def fails(): 1 / 0
app.run("127.0.0.1", int(sys.argv[1]))
`;
const FASTAPI = `
import sys, uvicorn
from fastapi import Depends, FastAPI
from fastapi.security import HTTPBasic
from pydantic import BaseModel
app = FastAPI()
class Author(BaseModel):
    name: str
@app.post("/author")
def make(author: Author): return author
@app.get("/me")
def me(user = Depends(HTTPBasic())): return user
@app.get("/empty")
def empty(): return None
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
`;
const DJANGO = `
import sys
from django.conf import settings
settings.configure(DEBUG=False, SECRET_KEY="x", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"])
from django.core.management import execute_from_command_line
from django.http import JsonResponse
from django.urls import path
urlpatterns = [path("author/", lambda request: JsonResponse({"ok": True}))]
execute_from_command_line(["x", "runserver", "--noreload", "127.0.0.1:" + sys.argv[1]])
`;
const EXPRESS = `
const express = require('express');
const app = express();
app.use(express.json());
app.post('/author', (request, response) => response.json(request.body));
app.get('/away', (request, response) => response.redirect('https://' + request.headers.host + '/away'));
app.listen(Number(process.argv[2]), '127.0.0.1');
`;
const JSON_TYPE = [['Content-Type', 'application/json']] as const;

describe('advice on the answers of real frameworks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ep-advice-'));
  const python = (name: string, text: string): AppCommand => {
    writeFileSync(join(folder, `${name}.py`), text);
    return {
      program: pythonProgram(),
      args: [`${name}.py`, '{port}'],
      cwd: folder,
      env: { PYTHONDONTWRITEBYTECODE: '1' },
      timeoutMs: 30_000,
    };
  };
  const node = (name: string, text: string): AppCommand => {
    writeFileSync(join(folder, `${name}.cjs`), text);
    const modules = resolve(import.meta.dirname, '../../node_modules');
    return {
      program: process.execPath,
      args: [`${name}.cjs`, '{port}'],
      cwd: folder,
      env: { NODE_PATH: modules },
      timeoutMs: 30_000,
    };
  };

  for (const [name, command, cases] of [
    [
      'Flask',
      python('flaskapp', FLASK),
      [
        ['GET', '/author/9', '', [], 'not-found', /GET \/author \$\[\*\]\.id.*no such author/],
        ['POST', '/json', 'a', [], 'media-type', /Content-Type.*application\/json/],
        ['POST', '/json', '{', JSON_TYPE, 'invalid', /400/],
        ['PUT', '/json', '{}', JSON_TYPE, 'method', /does not take PUT here\. It allows .*POST/],
        ['GET', '/slash', '', [], 'redirect', /Add the slash/],
        ['GET', '/secret', '', [], 'auth', /Set Authorization…/],
        ['GET', '/fails', '', [], 'server-error', /server's log/],
      ],
    ],
    [
      'FastAPI',
      python('fastapiapp', FASTAPI),
      [
        ['POST', '/author', '{}', JSON_TYPE, 'invalid', /body\.name: Field required/],
        ['POST', '/author', 'name=a', [], 'invalid', /422/],
        ['GET', '/author', '', [], 'method', /It allows POST/],
        ['GET', '/me', '', [], 'auth', /asks for Basic/],
        ['GET', '/empty', '', [], 'ok', /200/],
      ],
    ],
    [
      'Django',
      python('djangoapp', DJANGO),
      [
        ['POST', '/author/', '{}', JSON_TYPE, 'csrf', /X-CSRFToken/],
        ['GET', '/author', '', [], 'redirect', /Add the slash/],
        ['GET', '/none/', '', [], 'not-found', /right server/],
      ],
    ],
    [
      'Express',
      node('expressapp', EXPRESS),
      [
        ['POST', '/author', '{', JSON_TYPE, 'invalid', /SyntaxError.*JSON/],
        ['GET', '/author', '', [], 'not-found', /Cannot GET \/author/],
        ['GET', '/away', '', [], 'redirect', /begins with https:/],
      ],
    ],
  ] as const) {
    it(name, async () => {
      const app = await startApp(command);
      try {
        for (const [method, path, body, headers, code, sentence] of cases) {
          const url = app.baseUrl + path;
          const request = { method: method as HttpMethod, url, headers, body: body === '' ? null : { text: body } };
          const answer = await sendOnce(request, { timeoutMs: 5000, insecureTls: false, maxBodyBytes: 65_536 });
          const parameter = { name: 'id', in: 'path', type: 'integer', required: true } as const;
          const endpoint: Pick<Endpoint, 'path' | 'parameters' | 'framework'> | null =
            path === '/author/9' ? { path: '/author/{id}', parameters: [parameter], framework: 'flask' } : null;
          const advice = adviseAnswer(answer, { method, url, endpoint, expectsJson: false });
          assert.equal(advice.code, code, `${method} ${path}: ${advice.sentence}`);
          assert.match(advice.sentence, sentence);
        }
      } finally {
        await app.stop();
      }
    });
  }
});
