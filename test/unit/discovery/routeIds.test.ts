import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { WorkspaceIndex } from '../../../src/core/discovery/workspaceIndex';
import { PARSER } from './scan';

/** Pieces of a file that may stand in any order, each with the routes that it declares. */
const PIECES: readonly (readonly [text: string, ids: readonly string[]])[] = [
  ["@bp.get('/a')\ndef HANDLER(): ...\n", ['GET /p/a app.py']],
  [
    "@bp.route('/b/<int:id>', methods=['PUT', 'DELETE'])\ndef HANDLER(id): ...\n",
    ['PUT /p/b/{id} app.py', 'DELETE /p/b/{id} app.py'],
  ],
  [
    "for name in ['x', 'y']:\n  bp.add_url_rule(f'/c/{name}', name, lambda: '')\n",
    ['GET /p/c/x app.py', 'GET /p/c/y app.py'],
  ],
  ['# nothing but a comment\n\n\n', []],
  ["LIMIT = 5\ndef helper(value):\n  return value.get('/z', LIMIT)\n", []],
];
const HEAD =
  "from flask import Blueprint, Flask\napp = Flask(__name__)\nbp = Blueprint('b', __name__, url_prefix='/p')\n";
const FOOT = 'app.register_blueprint(bp)\n';

describe('the id of a route', () => {
  it('stays through edits elsewhere in the file, and when its handler has another name', async () => {
    const index = new WorkspaceIndex(PARSER);
    const piece = fc.record({ at: fc.nat(PIECES.length - 1), blank: fc.nat(3) });
    const version = fc.uniqueArray(piece, { selector: ({ at }) => at, minLength: 1 });
    const property = fc.asyncProperty(version, fc.stringMatching(/^[a-z]{3,8}$/), async (list, name) => {
      const parts = list.map(({ at, blank }, nr) => {
        return (PIECES[at]?.[0] ?? '').replace('HANDLER', `${name}_${nr}`) + '\n'.repeat(blank);
      });
      const { endpoints } = await index.update([{ file: 'app.py', text: HEAD + parts.join('') + FOOT }]);
      assert.deepEqual(endpoints.map(({ id }) => id).sort(), list.flatMap(({ at }) => PIECES[at]?.[1] ?? []).sort());
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it('is its own where one file declares a route twice', async () => {
    const index = new WorkspaceIndex(PARSER);
    const text = `${HEAD}@bp.get('/a')\ndef one(): ...\n@bp.get('/a')\ndef two(): ...\n${FOOT}`;
    const { endpoints } = await index.update([{ file: 'app.py', text }]);
    assert.deepEqual(
      endpoints.map(({ id }) => id),
      ['GET /p/a app.py', 'GET /p/a app.py~2'],
    );
  });
});
