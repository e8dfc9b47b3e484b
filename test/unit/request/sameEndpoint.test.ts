import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sameEndpoint } from '../../../src/core/request/sameEndpoint';

const endpoints = [
  { method: 'GET', path: '/author/{id}' },
  { method: 'ANY', path: '/files/{rest*}' },
  { method: 'GET', path: '/a/{x}/b/{y}/' },
] as const;

describe('sameEndpoint', () => {
  it('finds the endpoint of other code by method and shape, and says how its parameters are called there', () => {
    const found = sameEndpoint('GET /author/{author_id}', endpoints);
    assert.equal(found?.endpoint, endpoints[0]);
    assert.deepEqual([...found.renamed], [['author_id', 'id']]);
    assert.deepEqual(
      [...(sameEndpoint('GET /a/{one}/b/{two}', endpoints)?.renamed ?? [])],
      [
        ['one', 'x'],
        ['two', 'y'],
      ],
    );
  });

  it('takes one that accepts every method, and no catch-all for a parameter', () => {
    assert.equal(sameEndpoint('DELETE /files/{path*}', endpoints)?.endpoint, endpoints[1]);
    assert.equal(sameEndpoint('GET /files/{name}', endpoints), undefined);
    assert.equal(sameEndpoint('POST /author/{id}', endpoints), undefined);
  });
});
