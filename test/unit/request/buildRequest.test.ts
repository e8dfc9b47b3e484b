import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { RequestValues } from '../../../src/core/model/request';
import { buildRequest, finishRequest } from '../../../src/core/request/buildRequest';
import { parseHeader, validateHeaders } from '../../../src/core/request/headers';
import { errorCode } from '../../../src/util/errors';

const BASE = 'http://127.0.0.1:8000';

function values(some: Partial<RequestValues>): RequestValues {
  return { method: 'GET', path: {}, query: [], headers: [], body: null, ...some };
}

function urlOf(path: string, filled: Record<string, string>, base = BASE): string {
  return buildRequest({ path }, base, values({ path: filled })).url;
}

describe('buildRequest', () => {
  it('fills parameters and keeps the base path', () => {
    assert.equal(urlOf('/author/{id}', { id: '7' }), `${BASE}/author/7`);
    assert.equal(urlOf('/author/{id}', { id: '7' }, `${BASE}/v1/`), `${BASE}/v1/author/7`);
    assert.equal(urlOf('/a/{x}.{y}', { x: '1', y: 'json' }), `${BASE}/a/1.json`);
  });

  it('encodes a value so that it stays within its segment, and keeps the slashes of a catch-all', () => {
    assert.equal(urlOf('/a/{id}', { id: 'a/b?c#d %' }), `${BASE}/a/a%2Fb%3Fc%23d%20%25`);
    assert.equal(urlOf('/f/{path*}', { path: 'a b/c.txt' }), `${BASE}/f/a%20b/c.txt`);
    assert.equal(urlOf('/f/{path*}', { path: '' }), `${BASE}/f/`);
    assert.equal(urlOf('/a/{id}', { id: '..\\..' }), `${BASE}/a/..%5C..`);
  });

  it('never lets a value of one parameter change the segments around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        fc.pre(id !== '' && id !== '.' && id !== '..');
        const { pathname, search, hash, host } = new URL(urlOf('/in/{id}/out', { id }));
        const [, first, , last, ...rest] = pathname.split('/');
        assert.deepEqual([first, last, rest.length, search, hash, host], ['in', 'out', 0, '', '', '127.0.0.1:8000']);
      }),
    );
  });

  for (const path of ['..', '../x', 'a/../../admin', '.', 'a/./b']) {
    it(`refuses to walk up or around the path with ${path}`, () => {
      assert.throws(() => urlOf('/f/{path*}', { path }), /would ask for another path/);
    });
  }

  it('names the value that is missing', () => {
    assert.throws(
      () => urlOf('/author/{author_id}', {}),
      (error) => errorCode(error) === 'value-missing' && /"author_id".*\/author\/\{author_id\}/.test(String(error)),
    );
    assert.throws(() => urlOf('/author/{id}', { id: '' }), /"id"/);
    // A parameter may be called like something that every object has.
    assert.throws(() => urlOf('/author/{constructor}', {}), /"constructor"/);
  });

  it('says that a path which is not known cannot be built', () => {
    assert.throws(
      () => urlOf('/{…}/author', {}),
      (error) => errorCode(error) === 'path-unknown',
    );
  });

  it('encodes the query and keeps its order and repeats', () => {
    const { url } = buildRequest(
      { path: '/s' },
      BASE,
      values({
        query: [
          ['q', 'a&b=c d'],
          ['t', '1'],
          ['t', 'ü'],
        ],
      }),
    );
    assert.equal(url, `${BASE}/s?q=a%26b%3Dc%20d&t=1&t=%C3%BC`);
  });

  it('says JSON for a body that is JSON unless told otherwise', () => {
    const post = (text: string, headers: [string, string][] = []): unknown =>
      buildRequest({ path: '/' }, BASE, values({ method: 'POST', headers, body: { text } })).headers;
    assert.deepEqual(post('{"a":1}'), [['Content-Type', 'application/json']]);
    assert.deepEqual(post('a=1'), []);
    assert.deepEqual(post('{}', [['content-type', 'text/plain']]), [['content-type', 'text/plain']]);
  });
});

describe('finishRequest', () => {
  it('drops the fragment and refuses userinfo', () => {
    assert.equal(finishRequest({ method: 'GET', url: `${BASE}/x?y#z`, headers: [], body: null }).url, `${BASE}/x?y`);
    assert.throws(() => finishRequest({ method: 'GET', url: 'http://a@b/', headers: [], body: null }), /user name/);
  });
});

describe('validateHeaders', () => {
  for (const [name, value] of [
    ['X-A', 'a\r\nX-Evil: 1'],
    ['X-A', 'a\nb'],
    ['X-A', 'a\rb'],
    ['X-A', 'a\0b'],
    ['X-A', 'a\u007f'],
    ['X-A', 'snow ☃'],
    ['X A', 'b'],
    ['X-A\r\nX-Evil', 'b'],
    ['X:A', 'b'],
    ['', 'b'],
    ['Content-Length', '5'],
    ['transfer-encoding', 'chunked'],
    ['Connection', 'close'],
  ] as const) {
    it(`refuses ${JSON.stringify(`${name}: ${value}`)}`, () => {
      assert.throws(
        () => validateHeaders([[name, value]]),
        (error) => errorCode(error) === 'header-invalid',
      );
    });
  }

  it('takes what may be sent', () => {
    validateHeaders([
      ['Host', 'shop.example'],
      ['X-Tab', 'a\tb'],
      ['X-Latin', 'é'],
      ['x', ''],
    ]);
  });

  it('reads a header as it is typed', () => {
    assert.deepEqual(parseHeader('Accept:  application/json '), ['Accept', 'application/json']);
    assert.deepEqual(parseHeader('X-Time: 12:30'), ['X-Time', '12:30']);
    assert.throws(() => parseHeader('Accept'), /is not a header/);
  });
});
