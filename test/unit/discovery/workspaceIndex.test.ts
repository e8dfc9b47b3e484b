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

  it('follows nothing again for what is typed in a handler, and everything for what matters', async () => {
    const app = (body: string): string =>
      `from flask import Flask\nfrom more import add\napp = Flask(__name__)\n${body}add(app)\n`;
    const one = "@app.get('/a')\ndef a():\n  return helper(1)\n\n";
    const more = (body: string): string => `def add(app):\n${body}\ndef other(x):\n  return x\n`;
    const index = new WorkspaceIndex(PARSER);
    const files: Record<string, string> = { 'app.py': app(one), 'more.py': more("  app.add_url_rule('/m')\n") };
    await index.update(Object.entries(files).map(([file, text]) => ({ file, text })));
    const edits: readonly (readonly [file: string, text: string, moved: boolean])[] = [
      ['app.py', app(`# why\n\n${one}`), true],
      ['app.py', app(`\n${one.replace('helper(1)', 'helper(2)\n')}`), true],
      ['app.py', app(`\n${one.replace('return helper(1)', "return helper(open('/x'))")}`), false],
      ['app.py', app("@app.get('/b')\ndef b(): ...\n"), false],
      ['more.py', more("  app.add_url_rule('/n')\n"), false],
      ['more.py', more("  # here\n  app.add_url_rule('/n')\n").replace('return x', 'return [x]'), true],
    ];
    for (const [file, text, moved] of edits) {
      const kept = new Map(index.result().endpoints.map((endpoint) => [endpoint.path, endpoint.notes]));
      files[file] = text;
      const { endpoints } = await index.update([{ file, text }]);
      assert.deepEqual(endpoints, (await scan(files)).endpoints, text);
      // What is followed again is made again.
      assert.equal(
        endpoints.every(({ path, notes }) => kept.get(path) === notes),
        moved,
        text,
      );
    }
  });
});
