import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scan, table } from './scan';

interface Case {
  readonly says: string;
  readonly files: Readonly<Record<string, string>>;
  readonly routes: readonly string[];
}

const CASES: readonly Case[] = [
  {
    says: 'a prefix that only a file without a word of the framework gives',
    files: {
      'entry.py': "from core import make_app\napp = make_app('/v2')\n",
      'core.py':
        'from flask import Flask\ndef make_app(prefix):\n  app = Flask(__name__)\n  @app.get(prefix + "/x")\n  def x(): ...\n  return app\n',
    },
    routes: ['GET /v2/x core.py:5 x'],
  },
  {
    says: 'an application that a function binds outside itself',
    files: {
      'app.py':
        'from flask import Flask\napp = None\ndef start():\n  global app\n  app = Flask(__name__)\n  rules()\ndef rules():\n  app.add_url_rule("/r", view_func=view)\ndef view(): ...\nstart()\n',
    },
    routes: ['GET /r app.py:9 view'],
  },
  {
    says: 'a table of rules in another file, walked by a loop',
    files: {
      'main.py':
        'from flask import Flask\nfrom rules import RULES\napp = Flask(__name__)\nfor rule, view, methods in RULES:\n  app.add_url_rule(rule, view_func=view, methods=methods)\n',
      'rules.py': 'def a(): ...\ndef b(): ...\nRULES = [("/a", a, ["GET"]), ("/b", b, ("POST", "PUT"))]\n',
    },
    routes: ['GET /a rules.py:1 a', 'POST /b rules.py:2 b', 'PUT /b rules.py:2 b'],
  },
  {
    says: 'modules imported by a computed name',
    files: {
      'main.py':
        'import importlib\nfrom flask import Flask\napp = Flask(__name__)\nfor name in ("x",):\n  app.register_blueprint(importlib.import_module(f"api.{name}").bp, url_prefix="/" + name)\n',
      'api/__init__.py': '',
      'api/x.py': 'from flask import Blueprint\nbp = Blueprint("x", __name__)\n@bp.get("/p")\ndef p(): ...\n',
    },
    routes: ['GET /x/p api/x.py:4 p'],
  },
  {
    says: 'a blueprint subclass, a decorated view and inherited methods',
    files: {
      'app.py':
        'from flask import Flask, Blueprint\nfrom flask.views import MethodView\nfrom auth import login\nclass Sub(Blueprint):\n  def __init__(self, name):\n    super().__init__(name, __name__, url_prefix="/" + name)\nbp = Sub("s")\nclass Base(MethodView):\n  def get(self): ...\nclass Item(Base):\n  def delete(self): ...\nbp.add_url_rule("/i", view_func=login(Item.as_view("i")))\napp = Flask(__name__)\napp.register_blueprint(bp)\n',
    },
    routes: ['DELETE /s/i app.py:11 Item.delete', 'GET /s/i app.py:9 Base.get'],
  },
  {
    says: 'a router made twice by one function',
    files: {
      'app.py':
        'from fastapi import FastAPI, APIRouter\ndef make(prefix):\n  r = APIRouter(prefix=prefix)\n  @r.get("/x")\n  def x(): ...\n  return r\napp = FastAPI()\nfor p in ["/a", "/b"]:\n  app.include_router(make(p))\n',
    },
    routes: ['GET /a/x app.py:5 x', 'GET /b/x app.py:5 x'],
  },
  {
    says: 'a class that attaches itself',
    files: {
      'app.py':
        'from sanic import Sanic\nfrom sanic.views import HTTPMethodView\napp = Sanic("a")\nclass V(HTTPMethodView, attach=app, uri="/v"):\n  async def get(self, request): ...\n',
    },
    routes: ['GET /v app.py:5 V.get'],
  },
  {
    says: 'route files that are read from a folder at start',
    files: {
      'app.js': "const app = require('express')();\napp.use('/api', require('./routes'));\n",
      'routes/index.js':
        "const fs = require('fs');\nconst path = require('path');\nconst router = require('express').Router();\nfs.readdirSync(__dirname).filter((f) => f !== 'index.js').forEach((f) => {\n  router.use('/' + f.replace('.js', ''), require(path.join(__dirname, f)));\n});\nmodule.exports = router;\n",
      'routes/users.js':
        "const router = require('express').Router();\nrouter.get('/:id', (q, s) => {});\nmodule.exports = router;\n",
    },
    routes: ['GET /api/users/{id} routes/users.js:2 anonymous'],
  },
  {
    says: 'routes of a class whose instances are handed to another class',
    files: {
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } } // comment',
      'src/main.ts':
        "import express from 'express';\nimport { UserRoutes } from '@/barrel';\nclass App {\n  private app = express();\n  constructor(all: UserRoutes[]) { all.forEach((one) => { this.app.use('/v1', one.router); }); }\n}\nnew App([new UserRoutes()]);\n",
      'src/barrel.ts': "export * from './users';\n",
      'src/users.ts':
        "import { Router } from 'express';\nenum P { Users = '/users' }\nexport class UserRoutes {\n  router = Router();\n  constructor() { this.init(); }\n  private init() { this.router.get(`${P.Users}/:id`, this.show); }\n  private show = async () => {};\n}\n",
    },
    routes: ['GET /v1/users/{id} src/users.ts:7 show'],
  },
  {
    says: 'wrapped handlers, and methods that a loop names',
    files: {
      'app.js':
        "const app = require('express')();\nconst wrap = (fn) => (q, s, next) => fn(q, s).catch(next);\napp.get('/w', wrap(\n  async function inner(q, s) {},\n));\nfor (const m of ['put', 'patch']) app[m](`/${m}`, one);\nfunction one() {}\n",
    },
    routes: ['GET /w app.js:4 inner', 'PATCH /patch app.js:7 one', 'PUT /put app.js:7 one'],
  },
];

describe('discovery follows', () => {
  for (const { says, files, routes } of CASES) {
    it(says, async () => {
      const result = await scan(files);
      assert.deepEqual(table(result), [...routes].sort());
      assert.deepEqual(
        result.endpoints.flatMap(({ notes }) => notes),
        [],
      );
    });
  }
});

describe('what the code does not tell', () => {
  it('is a hole in the path with a sentence, and a default is named as one', async () => {
    const { endpoints } = await scan({
      'app.py':
        'import os\nfrom flask import Flask\napp = Flask(__name__)\n@app.get(secret() + "/a")\ndef a(): ...\n@app.get(os.environ.get("P", "/p") + "/b")\ndef b(): ...\n',
    });
    const [first, second] = endpoints;
    assert.equal(first?.path, '{…}/a');
    assert.match(first.notes.join(), /secret\(\) is not known/);
    assert.equal(second?.path, '/p/b');
    assert.match(second.notes.join(), /environment variable P .*"\/p" is its default/);
  });

  it('keeps the routes of a router that nothing mounts or that a caller hands in, with a note', async () => {
    const { endpoints } = await scan({
      'package.json': '{ "dependencies": { "express": "5" } }',
      'app.js': "const app = require('express')();\napp.get('/own', () => {});\n",
      'plugin.js':
        "module.exports = (app, db) => {\n  app.post('/plugged', (q, s) => {});\n  db.get('key', () => {});\n};\n",
    });
    assert.deepEqual(
      endpoints.map(({ path, notes }) => `${path} ${notes.length}`),
      ['/own 0', '/plugged 1'],
    );
  });

  it('takes no call of a client for a route, though the workspace has a server', async () => {
    const { endpoints } = await scan({
      'server.js': "const app = require('express')();\napp.get('/own', () => {});\n",
      'page.js':
        "export const load = (api, query) => api.get('/users', query);\nexport function send(client) { return client.post('/x', () => {}); }\n",
      'test_app.py': 'from fastapi.testclient import TestClient\ndef test_x(client):\n  assert client.get("/x")\n',
    });
    assert.deepEqual(
      endpoints.map(({ path }) => path),
      ['/own'],
    );
  });
});

describe('parameters of FastAPI', () => {
  it('have the types, defaults and enum values of the signature, dependencies included, bodies left out', async () => {
    const { endpoints } = await scan({
      'app.py':
        'from enum import Enum\nfrom typing import Annotated, Literal, Optional\nfrom fastapi import FastAPI, Depends, Query\nfrom models import Body\napp = FastAPI()\nclass Sort(str, Enum):\n  name = "name"\n  age = "age"\ndef page(skip: int = 0): ...\n@app.post("/{a}/{b:int}")\ndef f(a: Sort, b, body: Body, lit: Literal["x", "y"] = "x", ids: Annotated[list[int], Query()] = [], o: Optional[float] = None, p=Depends(page), must: str = Query(..., min_length=3)): ...\n',
    });
    assert.deepEqual(
      endpoints[0]?.parameters.map((one) => [one.name, one.in, one.type, one.required, one.default, one.enumValues]),
      [
        ['a', 'path', 'enum', true, undefined, ['name', 'age']],
        ['b', 'path', 'integer', true, undefined, undefined],
        ['lit', 'query', 'enum', false, 'x', ['x', 'y']],
        ['ids', 'query', 'integer', false, undefined, undefined],
        ['o', 'query', 'number', false, undefined, undefined],
        ['skip', 'query', 'integer', false, '0', undefined],
        ['must', 'query', 'string', true, undefined, undefined],
      ],
    );
  });
});
