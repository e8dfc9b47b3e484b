import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RequestValues } from '../../../src/core/model/request';
import { exampleFeed } from '../../../src/core/request/exampleFeed';
import { usedFeeds } from '../../../src/core/request/feedValues';

const VALUES: RequestValues = { method: 'GET', path: { id: '1', rest: 'a' }, query: [], headers: [], body: null };

describe('usedFeeds', () => {
  it('leaves out a feed that stands nowhere any more', () => {
    const feeds = ['id', 'q', 'gone'].map((name) => ({ name, spec: '1..2' }));
    const values = { ...VALUES, path: { id: '{id}' }, query: [['a', '<{q}>'] as const], feeds };
    assert.deepEqual(
      usedFeeds(values).map(({ name }) => name),
      ['id', 'q'],
    );
  });
});

describe('exampleFeed', () => {
  it('takes ids from the list that the path belongs to', () => {
    assert.equal(exampleFeed({ path: '/author/{id}' }, 'id'), 'GET /author $[*].id');
    assert.equal(exampleFeed({ path: '/author/{id}/books/{book}' }, 'book'), '1..1000');
    assert.equal(exampleFeed({ path: '/{id}' }, 'id'), '1..1000');
    assert.equal(exampleFeed({ path: '/files/{path*}' }, 'path'), 'GET /files $[*].id');
  });
});
