import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serverInCopy } from '../../../src/session/serverInCopy';

const inCopy = (command: string, env: Record<string, string> = {}, more: Record<string, string> = {}) =>
  serverInCopy({ name: 'dev', baseUrl: 'http://127.0.0.1:{port}', start: { command, env } }, '/p/shop', '/c/a', more)
    .start;

describe('a server in a copy of its folder', () => {
  it('names the copy wherever it named the original by its absolute path', () => {
    const start = inCopy('/p/shop/.venv/bin/flask --app "/p/shop" run', { CONFIG: '/p/shop/dev.toml:/p/shop' });
    assert.equal(start?.command, '/c/a/.venv/bin/flask --app "/c/a" run');
    assert.equal(start.env?.['CONFIG'], '/c/a/dev.toml:/c/a');
  });

  it('leaves folders alone whose names only begin or end alike', () => {
    for (const path of ['/p/shop-data/x', '/p/shop2', '/srv/p/shop/x', '/p/shop.old']) {
      assert.equal(inCopy(`run ${path}`)?.command, `run ${path}`);
    }
  });

  it("puts the copy's packages in front of the server's own", () => {
    assert.equal(
      inCopy('x', { PYTHONPATH: '/p/shop/lib' }, { PYTHONPATH: '/c/a/src' })?.env?.['PYTHONPATH'],
      '/c/a/src:/c/a/lib',
    );
  });
});
