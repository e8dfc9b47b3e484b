import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseCalibrateOptions, parseCompareOptions } from '../../../src/cli/compareOptions';
import { ownFolders } from '../../../src/cli/ownFolders';

const ROUTE = ['--dir', '.', '--route', 'GET /x'];
const A_AND_B = ['--a', 'http://127.0.0.1:1/', '--b', 'http://127.0.0.1:2/'];

describe('the arguments of compare', () => {
  it('tell the four kinds of sides, and many routes from one', () => {
    const kindOf = (...args: string[]): string => parseCompareOptions(args).kind;
    assert.equal(kindOf('a.json', 'b.json'), 'files');
    assert.equal(kindOf(...A_AND_B), 'urls');
    assert.equal(kindOf(...ROUTE, '--against', 'HEAD'), 'commit');
    assert.equal(kindOf(...ROUTE, '--server-a', 'x', '--server-b', 'y'), 'servers');
    assert.equal(kindOf(...ROUTE, '--route', 'GET /y', '--against', 'HEAD'), 'many');
    assert.equal(kindOf('--dir', '.', '--all', '--against', 'HEAD'), 'many');
  });

  it('keep every route that was named', () => {
    const options = parseCompareOptions([...ROUTE, '--route=GET /y', '--against', 'HEAD']);
    assert.deepEqual(options.kind === 'many' ? options.routes : null, ['GET /x', 'GET /y']);
    const all = parseCompareOptions(['--all', '--against', 'HEAD']);
    assert.equal(all.kind === 'many' ? all.routes : '', null);
  });

  it('have a budget that fits what is to be measured', () => {
    const budgetOf = (...args: string[]): number => {
      const options = parseCompareOptions(args);
      return options.kind === 'files' ? 0 : options.session.budgetMs;
    };
    assert.equal(budgetOf(...ROUTE, '--against', 'HEAD'), 90_000);
    assert.equal(budgetOf('--all', '--against', 'HEAD'), 300_000);
    assert.equal(budgetOf('--all', '--against', 'HEAD', '--budget', '2m'), 120_000);
    assert.equal(parseCalibrateOptions(ROUTE).session.budgetMs, 240_000);
  });

  const wrong: Readonly<Record<string, readonly string[]>> = {
    'two kinds at once': [...A_AND_B, '--against', 'HEAD'],
    'one URL': ['--a', 'http://127.0.0.1:1/'],
    'no route': ['--dir', '.', '--against', 'HEAD'],
    'a route without sides': [...ROUTE],
    'one server': [...ROUTE, '--server-a', 'x'],
    'a server too many': [...ROUTE, '--server-a', 'x', '--server-b', 'y', '--server', 'z'],
    'servers for many routes': ['--all', '--server-a', 'x', '--server-b', 'y'],
    'a quick look at many': ['--all', '--against', 'HEAD', '--quick'],
    'an open load': [...ROUTE, '--against', 'HEAD', '--rate', '100'],
    'values that differ': [...ROUTE, '--against', 'HEAD', '--feed', 'id=1..5'],
    'a margin of nothing': [...ROUTE, '--against', 'HEAD', '--margin', '0'],
    'a budget of nothing': [...ROUTE, '--against', 'HEAD', '--budget', '1s'],
    'two outputs': ['a.json', 'b.json', '--json', '--markdown'],
    'one file': ['a.json'],
    nothing: [],
    'a flag without its value': [...ROUTE, '--against'],
  };
  for (const [what, args] of Object.entries(wrong)) {
    it(`refuse ${what}`, () => assert.throws(() => parseCompareOptions(args), { code: 'usage' }));
  }
});

describe("the command line's own folders", () => {
  it('lie where the system wants them, one for each workspace', () => {
    const linux = ownFolders({ XDG_CACHE_HOME: '/c', XDG_STATE_HOME: '/s' }, 'linux', '/home/me');
    assert.equal(linux.copies, '/c/endpoint-profiler/copies');
    assert.match(linux.comparisonsOf('/p'), /^\/s\/endpoint-profiler\/[0-9a-f]{16}\/comparisons$/);
    assert.notEqual(linux.comparisonsOf('/p'), linux.comparisonsOf('/q'));
    assert.equal(
      ownFolders({ XDG_CACHE_HOME: 'x' }, 'linux', '/home/me').copies,
      '/home/me/.cache/endpoint-profiler/copies',
    );
    assert.match(ownFolders({}, 'darwin', '/Users/me').copies, /^\/Users\/me\/Library\/Caches\//);
  });
});
