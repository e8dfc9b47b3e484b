import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { WorkspaceIndex } from '../../../src/core/discovery/workspaceIndex';
import { readSources } from '../../../src/platform/node/fileWalker';
import { surviveChangedBytes } from './changedBytes';
import { scan, table, PARSER } from './scan';

const PYTHON = `from flask import Flask, Blueprint
app = Flask(__name__)
bp = Blueprint("b", __name__, url_prefix="/b")
@bp.route("/<int:id>", methods=["GET", "PUT"])
def one(id): return {"a": [x for x in range(id)]}
app.register_blueprint(bp)
`;
const SCRIPT = `const express = require('express');
const app = express();
for (const name of ['a', 'b']) app.get(\`/\${name}/:id\`, (q, s) => { s.json({ [name]: q.params }); });
app.route('/r').post(async function made(q, s) {});
`;

describe('a file that cannot be used', () => {
  it('is named with its reason, and the others are still found', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ep-bad-'));
    try {
      const write = (name: string, text: string | Uint8Array): void => writeFileSync(join(folder, name), text);
      write('app.py', PYTHON);
      write('large.py', PYTHON + '#'.repeat(5_000_000));
      write('binary.py', Buffer.from([0, 1, 2, 255, 0]));
      write('latin.py', Buffer.from(`${PYTHON}# caf\u00e9`, 'latin1'));
      write('broken.py', 'from flask import Flask\napp = Flask(__name__)\ndef (:\n  ]]\n');
      const names = ['app.py', 'large.py', 'binary.py', 'latin.py', 'broken.py', 'vanished.py'];
      const { endpoints, problems } = await new WorkspaceIndex(PARSER).update(await readSources(folder, names));
      assert.deepEqual(
        endpoints.map(({ method, path, file }) => `${method} ${path} ${file}`),
        ['GET /b/{id} app.py', 'PUT /b/{id} app.py'],
      );
      // A file that is gone between listing and reading is a deletion, of which nobody need be told.
      assert.deepEqual(
        problems.map(({ file, code }) => `${file} ${code}`),
        ['binary.py binary', 'broken.py syntax', 'large.py too-large', 'latin.py not-utf8'],
      );
      assert.ok(problems.every(({ file, message }) => message.startsWith(file) && message.endsWith('.')));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('keeps the routes around a syntax error', async () => {
    const { endpoints, problems } = await scan({ 'app.py': `${PYTHON}def (:\n` });
    assert.equal(endpoints.length, 2);
    assert.equal(problems[0]?.code, 'syntax');
  });

  it('never raises and never hangs, whatever bytes of a program are changed', () =>
    surviveChangedBytes({ 'app.py': PYTHON, 'app.js': SCRIPT, 'app.ts': SCRIPT }));

  it('ends for programs that would never end', async () => {
    const files = {
      'a.py': 'from flask import Flask\nfrom b import app as other\napp = other\n@app.route("/a")\ndef a(): ...\n',
      'b.py': 'from a import app\n@app.route("/b")\ndef b(): ...\ndef f(x): return f([x, x])\nf(f)\nwhile True: f(1)\n',
      'c.js':
        "const app = require('express')();\nfunction f(g) { return f(f(g)); }\nf(f);\nfor (;;) app.get('/c', f);\n",
    };
    const startedMs = performance.now();
    const result = await scan(files);
    assert.ok(performance.now() - startedMs < 5_000);
    assert.ok(table(result).includes('GET /c c.js:2 f'));
  });
});
