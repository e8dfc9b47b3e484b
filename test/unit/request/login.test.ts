import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SingleResponse } from '../../../src/core/model/request';
import { formatLoginTake, parseLoginTake, takeToken, withLogin } from '../../../src/core/request/login';

const LOGIN = { name: 'user', method: 'POST', path: '/in', headers: [], body: null } as const;

function answer(changes: Partial<SingleResponse>): SingleResponse {
  return {
    ...{ status: 200, statusText: 'OK', headers: [], bodyText: '', bodyBytes: 0, truncated: false, durationMs: 1 },
    ...changes,
  };
}

function token(take: string, changes: Partial<SingleResponse>): string {
  return takeToken({ ...LOGIN, take: parseLoginTake(take) }, answer(changes), answer(changes));
}

describe('the token of a login', () => {
  it('is found in the body, in a header and in a cookie', () => {
    assert.equal(token(' $.a[0].t ', { bodyText: '{"a":[{"t":"x y"}]}' }), 'x y');
    assert.equal(token('$.n', { bodyText: '{"n":42}' }), '42');
    assert.equal(token('header x-auth', { headers: [['X-Auth', 'abc']] }), 'abc');
    const headers = [
      ['Set-Cookie', 'sid=; Max-Age=0'],
      ['set-cookie', 'other=1'],
      ['Set-Cookie', 'sid=a=b; Path=/; HttpOnly'],
    ] as const;
    assert.equal(token('cookie sid', { status: 302, headers }), 'a=b');
  });

  it('that is not there is told of without a word of the answer that may be one', () => {
    const secret = 's3cr3t';
    for (const [take, changes, why] of [
      ['$.token', { bodyText: `{"access": "${secret}"}` }, /finds nothing in it \(there is access\)/],
      ['$.*', { bodyText: `{"a": "${secret}", "b": "${secret}"}` }, /finds 2 values/],
      ['$.a', { bodyText: `{"a": {"b": "${secret}"}}` }, /finds no text/],
      ['$.a', { bodyText: secret }, /the body is no JSON/],
      ['$.a', { bodyText: '' }, /the body is empty/],
      ['$.a', { bodyText: `{"a": "${secret}`, truncated: true }, /too long/],
      ['cookie sid', { headers: [['set-cookie', `id=${secret}`]] }, /cookies that it sets \(id\)/],
      ['header X-A', { headers: [['X-B', secret]] }, /not among its headers/],
      ['$.a', { status: 500, statusText: 'Oh' }, /refused with 500 Oh\./],
      ['$.a', { bodyText: `{"a": "x\\n${secret}"}` }, /line break/],
    ] as const) {
      assert.throws(
        () => token(take, changes),
        (error: unknown) => why.test(String(error)) && !String(error).includes(secret),
        take,
      );
    }
  });

  it('goes where it came from, unless the request says itself who asks', () => {
    const take = parseLoginTake('$.t');
    assert.deepEqual(withLogin([['A', 'b']], { name: 'u', take }), [
      ['A', 'b'],
      ['Authorization', 'Bearer ${login:u}'],
    ]);
    for (const own of [[['authorization', 'Basic x']], [['X-Auth', '${login:u}']]] as const)
      assert.deepEqual(withLogin(own, { name: 'u', take }), own);
    const cookie = { name: 'u', take: parseLoginTake('cookie sid') };
    assert.equal(formatLoginTake(cookie.take), 'cookie sid');
    assert.deepEqual(withLogin([['cookie', 'a=1']], cookie), [['cookie', 'a=1; sid=${login:u}']]);
    assert.deepEqual(withLogin([['Cookie', 'a=1; sid=2']], cookie), [['Cookie', 'a=1; sid=2']]);
  });
});
