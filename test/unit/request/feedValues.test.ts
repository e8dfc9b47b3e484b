import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RequestValues } from '../../../src/core/model/request';
import {
  checkTypedFeed,
  exampleFeed,
  typedPathValue,
  usedFeeds,
  withTypedPathValue,
} from '../../../src/core/request/feedValues';

const VALUES: RequestValues = { method: 'GET', path: { id: '1', rest: 'a' }, query: [], headers: [], body: null };
const ID = { name: 'id' };

describe('a path value that is typed', () => {
  it('becomes a feed where it can only be meant as one, and is shown as it was typed', () => {
    const fed = withTypedPathValue(VALUES, ID, ' GET /author $[*].id ');
    assert.deepEqual([fed.path['id'], fed.feeds], ['{id}', [{ name: 'id', spec: 'GET /author $[*].id' }]]);
    assert.equal(typedPathValue(fed, ID), 'GET /author $[*].id');
    const both = withTypedPathValue(fed, { name: 'rest', catchAll: true }, '1..3');
    assert.deepEqual([both.path['rest'], both.feeds?.length], ['{rest*}', 2]);
  });

  it('stays a value otherwise, and takes its feed away', () => {
    const plain = withTypedPathValue(withTypedPathValue(VALUES, ID, '1..9'), ID, 'report.csv');
    assert.deepEqual(plain, { ...VALUES, path: { id: 'report.csv', rest: 'a' } });
    assert.equal(typedPathValue(plain, ID), 'report.csv');
  });

  it('is refused with a sentence when it is a broken feed', () => {
    assert.equal(checkTypedFeed('id', '1..9'), true);
    assert.equal(checkTypedFeed('id', 'nine'), false);
    assert.throws(() => checkTypedFeed('id', '9..1'), /A range goes up/);
    assert.throws(() => checkTypedFeed('id', 'random:dice'), /no kind of random value/);
  });
});

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
