import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { RequestValues } from '../../../src/core/model/request';
import { checkTypedFeeds, showFeeds, takeFeeds } from '../../../src/core/request/typedFeeds';
import { formatQuery, parseQuery } from '../../../src/core/request/typedQuery';

const ROUTE = { path: '/author/{id}/{rest*}' };
const PLAIN: RequestValues = {
  method: 'POST',
  path: { id: '7', rest: 'a/b' },
  query: [['q', 'a,b']],
  headers: [['Accept', 'text/html, */*']],
  body: { text: '{"a": {"b": "{{name}} {id}"}}' },
};
const TYPED: RequestValues = {
  method: 'POST',
  path: { id: 'GET /author?limit=200 $[*].id', rest: '1..3' },
  query: [
    ['id', '1..9'],
    ['q', 'a {{red,green}} b'],
  ],
  headers: [['X-User', '@users.csv#name']],
  body: { text: '{"name": "{{random:hex:8}}", "n": {{1..5}}, "by": "{id}", "{{mine=random:uuid}}": 1}' },
};
const TAKEN: RequestValues = {
  method: 'POST',
  path: { id: '{id}', rest: '{rest*}' },
  query: [
    ['id', '{id-2}'],
    ['q', 'a {q} b'],
  ],
  headers: [['X-User', '{X-User}']],
  body: { text: '{"name": "{name}", "n": {n}, "by": "{id}", "{mine}": 1}' },
  feeds: [
    { name: 'id', spec: 'GET /author?limit=200 $[*].id' },
    { name: 'rest', spec: '1..3' },
    { name: 'id-2', spec: '1..9' },
    { name: 'q', spec: 'red,green' },
    { name: 'X-User', spec: '@users.csv#name' },
    { name: 'name', spec: 'random:hex:8' },
    { name: 'n', spec: '1..5' },
    { name: 'mine', spec: 'random:uuid' },
  ],
};

describe('feeds as they are typed', () => {
  it('stand in the path, the query, headers and the body', () => {
    assert.deepEqual(takeFeeds(ROUTE, TYPED), TAKEN);
  });

  it('are shown so that they are read as the same again', () => {
    const shown = showFeeds(TAKEN);
    assert.equal(shown.path['id'], 'GET /author?limit=200 $[*].id');
    assert.deepEqual(shown.query[0], ['id', '{{id-2=1..9}}']);
    assert.deepEqual(takeFeeds(ROUTE, shown), TAKEN);
  });

  it('keep a feed that stands in several places one, also under a name of its own', () => {
    const twice = {
      ...PLAIN,
      path: { id: '{who}', rest: 'x' },
      body: { text: '{"by": "{who}"}' },
      feeds: [{ name: 'who', spec: 'a,b' }],
    };
    assert.deepEqual(takeFeeds(ROUTE, showFeeds(twice)), twice);
  });

  it('leave everything else as it is', () => {
    assert.deepEqual(takeFeeds(ROUTE, PLAIN), PLAIN);
    assert.deepEqual(showFeeds(PLAIN), PLAIN);
    for (const text of ['@me', '@latest', '{{user}}', '{{#each a}}', '{{> part}}', '1.5', 'GET /a'])
      assert.equal(takeFeeds(ROUTE, { ...PLAIN, path: { id: text } }).path['id'], text, text);
  });

  it('are gone when another text is typed in their place', () => {
    const shown = showFeeds(TAKEN);
    const values = takeFeeds(ROUTE, { ...shown, path: { id: '7', rest: 'x' }, query: [], headers: [], body: null });
    assert.equal(values.feeds, undefined);
  });

  it('are refused with a sentence when they are broken, or two have one name', () => {
    assert.throws(() => checkTypedFeeds('9..1', true), /A range goes up/);
    checkTypedFeeds('9..1', false);
    assert.throws(() => checkTypedFeeds('{"a": {{random:dice}}}', false), /no kind of random value/);
    const same = { ...PLAIN, body: { text: '{{a=1..2}} {{a=1..3}}' } };
    assert.throws(() => takeFeeds(ROUTE, same), /two feeds called "a"/);
  });
});

describe('a query as it is typed', () => {
  it('can be read, and is read as what it was', () => {
    assert.equal(
      formatQuery([
        ['id', 'GET /author?a=1 $[*].id'],
        ['q', 'a&b'],
      ]),
      'id=GET /author?a=1 $[*].id&q=a%26b',
    );
    const texts = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts), { maxLength: 4 }), (pairs) => {
        // A pair of nothing cannot be written down first.
        const query = pairs.filter(([name]) => name !== '' && !name.startsWith('?'));
        assert.deepEqual(parseQuery(formatQuery(query)), query);
      }),
    );
  });
});
