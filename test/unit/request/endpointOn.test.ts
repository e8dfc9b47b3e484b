import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endpointOn, renameValues } from '../../../src/core/request/endpointOn';

const FLASK = { method: 'GET', path: '/author/{author_id}', file: 'app.py' } as const;
const SANIC = { method: 'GET', path: '/author/{id}', file: 'sanic/app.py' } as const;
const TORTOISE = { method: 'GET', path: '/author/{key}', file: 'sanic/tortoise/app.py' } as const;
const ALL = [FLASK, SANIC, TORTOISE];
const SERVERS = [{}, { dir: 'sanic' }, { dir: './sanic/tortoise/' }] as const;

describe('endpointOn', () => {
  it('is the endpoint of each server’s own code, whichever of them the person pointed at', () => {
    for (const pointedAt of ALL) {
      const found = SERVERS.map((server) => endpointOn(server, SERVERS, pointedAt, ALL)?.endpoint.file);
      assert.deepEqual(found, ['app.py', 'sanic/app.py', 'sanic/tortoise/app.py'], pointedAt.file);
    }
  });

  it('says what the parameters are called there', () => {
    const found = endpointOn({ dir: 'sanic' }, SERVERS, FLASK, ALL);
    assert.deepEqual([...(found?.renamed ?? [])], [['author_id', 'id']]);
    const values = { method: 'GET', path: { author_id: '7' }, query: [], headers: [], body: null } as const;
    assert.deepEqual(renameValues(values, found?.renamed ?? new Map()).path, { id: '7' });
  });

  it('takes the endpoint itself where no server has a folder of its own, and nothing where the code has no such route', () => {
    assert.equal(endpointOn({}, [{}, {}], SANIC, ALL)?.endpoint, SANIC);
    assert.equal(endpointOn({ dir: 'django' }, [...SERVERS, { dir: 'django' }], FLASK, ALL), undefined);
  });
});
