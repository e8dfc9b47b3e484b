import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { WorkspaceIndex } from '../../../src/core/discovery/workspaceIndex';
import { scan, table, PARSER } from './scan';

/** What each file may say at one time; null is a file that is not there. */
const VERSIONS: Readonly<Record<string, readonly (string | null)[]>> = {
  'shop/__init__.py': [
    "from flask import Flask\nfrom .books import bp\napp = Flask(__name__)\napp.register_blueprint(bp, url_prefix='/a')\n",
    'from flask import Flask\nfrom .books import bp\nfrom .names import P\napp = Flask(__name__)\napp.register_blueprint(bp, url_prefix=P)\n',
    null,
  ],
  'shop/books.py': [
    "from flask import Blueprint\nbp = Blueprint('b', __name__)\n@bp.get('/x')\ndef x(): ...\n",
    "from flask import Blueprint\nbp = Blueprint('b', __name__)\n\n\n@bp.post('/y')\ndef y(): ...\n",
    'def (:',
    null,
  ],
  'shop/names.py': ["P = '/p'\n", "P = '/q'\n", null],
  'shop/factory.py': [
    "from flask import Flask\ndef make_it(p):\n  app = Flask(__name__)\n  @app.get(p + '/f')\n  def f(): ...\n",
    'from flask import Flask\nfrom .books import bp\ndef make_it(p):\n  app = Flask(__name__)\n  app.register_blueprint(bp, url_prefix=p)\n',
    null,
  ],
  'run.py': [
    "from shop.factory import make_it\nmake_it('/1')\n",
    "from shop.names import P\nprint(P, 'make_it')\n",
    null,
  ],
  'web/app.js': [
    "const app = require('express')();\napp.use('/r', require('./r'));\n",
    "const app = require('express')();\napp.use(require('./r'));\n",
    null,
  ],
  'web/r.js': [
    "const r = require('express').Router();\nr.get('/z', (q, s) => s.end());\nmodule.exports = r;\n",
    'module.exports = 1;\n',
    null,
  ],
};

/** An import that is only followed when the factory, which nothing calls, is tried at the end. */
const IMPORTED_IN_AN_UNCALLED_FACTORY = [
  [{ file: 'shop/books.py', text: versionOf('shop/books.py', 0) }],
  [
    { file: 'shop/factory.py', text: versionOf('shop/factory.py', 0) },
    { file: 'shop/__init__.py', text: versionOf('shop/__init__.py', 0) },
  ],
  [{ file: 'shop/factory.py', text: versionOf('shop/factory.py', 1) }],
];

/** A file that is followed only because it names a factory of a file which it does not import yet. */
const CALLER_OF_ANOTHER_PART = [
  [{ file: 'shop/factory.py', text: versionOf('shop/factory.py', 0) }],
  [{ file: 'run.py', text: versionOf('run.py', 1) }],
  [{ file: 'shop/names.py', text: versionOf('shop/names.py', 0) }],
  [{ file: 'run.py', text: versionOf('run.py', 0) }],
];

function versionOf(file: string, version: number): string | null {
  return VERSIONS[file]?.[version] ?? null;
}

describe('the index of a workspace', () => {
  it('knows after any edits what a scan of the same files would find', async () => {
    const edit = fc
      .constantFrom(...Object.keys(VERSIONS))
      .chain((file) => fc.record({ file: fc.constant(file), text: fc.constantFrom(...(VERSIONS[file] ?? [])) }));
    const batches = fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    const property = fc.asyncProperty(batches, async (list) => {
      const index = new WorkspaceIndex(PARSER);
      const files = new Map<string, string>();
      for (const batch of list) {
        await index.update(batch);
        for (const { file, text } of batch) {
          if (text === null) files.delete(file);
          else files.set(file, text);
        }
      }
      const whole = await scan(Object.fromEntries(files));
      assert.deepEqual(table(index.result()), table(whole));
      assert.deepEqual(index.result().problems, whole.problems);
    });
    await fc.assert(property, {
      numRuns: 400,
      examples: [[IMPORTED_IN_AN_UNCALLED_FACTORY], [CALLER_OF_ANOTHER_PART]],
    });
  });

  it('moves a route when a prefix in another file is edited', async () => {
    const index = new WorkspaceIndex(PARSER);
    const files = ['shop/__init__.py', 'shop/books.py', 'shop/names.py'];
    const first = await index.update(files.map((file, at) => ({ file, text: versionOf(file, at === 0 ? 1 : 0) })));
    assert.deepEqual(table(first), ['GET /p/x shop/books.py:4 x']);
    const second = await index.update([{ file: 'shop/names.py', text: versionOf('shop/names.py', 1) }]);
    assert.deepEqual(table(second), ['GET /q/x shop/books.py:4 x']);
    assert.deepEqual(table(await index.update(files.map((file) => ({ file, text: null })))), []);
  });
});
