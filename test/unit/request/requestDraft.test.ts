import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Parameter } from '../../../src/core/model/endpoint';
import type { LoginRequest } from '../../../src/core/model/login';
import type { RequestValues } from '../../../src/core/model/request';
import type { DraftAuth, RequestDraft } from '../../../src/core/model/requestDraft';
import { checkDraft } from '../../../src/core/request/checkDraft';
import { draftOf, valuesOfDraft } from '../../../src/core/request/requestDraft';

const login = (name: string, take: LoginRequest['take']): LoginRequest => ({
  name,
  method: 'POST',
  path: '/login',
  headers: [],
  body: null,
  take,
});
const LOGINS = new Map([
  ['user', login('user', { kind: 'json', path: '$.token' })],
  ['web', login('web', { kind: 'cookie', name: 'sid' })],
]);
const parameter = (each: Partial<Parameter> & Pick<Parameter, 'name' | 'in'>): Parameter => ({
  type: 'string',
  required: each.in === 'path',
  ...each,
});
const ENDPOINT = {
  path: '/author/{id}',
  parameters: [
    parameter({ name: 'id', in: 'path', type: 'integer' }),
    parameter({ name: 'limit', in: 'query', type: 'integer', required: true }),
  ],
};
const DRAFT: RequestDraft = {
  method: 'POST',
  path: { id: '7' },
  query: [['limit', '20']],
  headers: [['Accept', 'text/html']],
  auth: { kind: 'none' },
  body: '',
};

describe('a request as a form edits it', () => {
  const ways: readonly (readonly [DraftAuth, Pick<RequestValues, 'headers' | 'query'>])[] = [
    [{ kind: 'none' }, { headers: [], query: [] }],
    [
      { kind: 'bearer', reference: 'secret:token' },
      { headers: [['Authorization', 'Bearer ${secret:token}']], query: [] },
    ],
    [
      { kind: 'bearer', reference: 'env:TOKEN' },
      { headers: [['Authorization', 'Bearer ${env:TOKEN}']], query: [] },
    ],
    [
      { kind: 'basic', reference: 'secret:ada' },
      { headers: [['Authorization', 'Basic ${secret:ada}']], query: [] },
    ],
    [
      { kind: 'header', name: 'X-API-Key', reference: 'secret:key' },
      { headers: [['X-API-Key', '${secret:key}']], query: [] },
    ],
    [
      { kind: 'cookie', name: 'sid', reference: 'secret:sid' },
      { headers: [['Cookie', 'sid=${secret:sid}']], query: [] },
    ],
    [
      { kind: 'query', name: 'api_key', reference: 'secret:key' },
      { headers: [], query: [['api_key', '${secret:key}']] },
    ],
    [
      { kind: 'login', login: 'user' },
      { headers: [['Authorization', 'Bearer ${login:user}']], query: [] },
    ],
    [
      { kind: 'login', login: 'web' },
      { headers: [['Cookie', 'sid=${login:web}']], query: [] },
    ],
  ];
  for (const [auth, { headers, query }] of ways) {
    it(`has who asks apart from its headers, and puts it back: ${JSON.stringify(auth)}`, () => {
      const values: RequestValues = {
        method: 'GET',
        path: { id: '7' },
        query: [['limit', '2'], ...query],
        headers: [['Accept', 'text/html'], ...headers],
        body: null,
      };
      const draft = draftOf(values);
      assert.deepEqual(draft.auth, auth);
      assert.deepEqual(draft.headers, [['Accept', 'text/html']]);
      assert.deepEqual(draft.query, [['limit', '2']]);
      assert.deepEqual(valuesOfDraft(ENDPOINT, draft, LOGINS), values);
    });
  }

  it('leaves what says who asks in another way where it is', () => {
    const headers = [
      ['Authorization', 'Signature keyId=${secret:id},signature=${secret:sig}'],
      ['Cookie', 'lang=en; sid=${secret:sid}'],
    ] as const;
    const draft = draftOf({ method: 'GET', path: {}, query: [], headers, body: null });
    assert.deepEqual([draft.auth, draft.headers], [{ kind: 'none' }, headers]);
  });

  it('shows feeds as they are typed and takes them back', () => {
    const typed = { ...DRAFT, path: { id: 'GET /author $[*].id' }, body: '{"name": "{{random:hex:6}}"}' };
    const values = valuesOfDraft(ENDPOINT, typed, LOGINS);
    assert.deepEqual(values.path, { id: '{id}' });
    assert.deepEqual(draftOf(values), typed);
  });
});

describe('the check of a request', () => {
  const faultsOf = (change: Partial<RequestDraft>): (readonly [string, boolean])[] =>
    checkDraft(ENDPOINT, { ...DRAFT, ...change }, LOGINS).map(({ field, blocks }) => [field, blocks] as const);

  it('has nothing against what can be sent', () => {
    assert.deepEqual(faultsOf({}), []);
    assert.deepEqual(faultsOf({ path: { id: '1..100' }, query: [['limit', '@limits.csv']] }), []);
    assert.deepEqual(faultsOf({ path: { id: '{{id}}' }, body: '{"a": {{1..9}}, "b": "${secret:b}"}' }), []);
    assert.deepEqual(faultsOf({ body: 'not JSON at all' }), []);
    assert.deepEqual(faultsOf({ headers: [['X-Token', '${secret:token}']] }), []);
  });

  const wrong: readonly (readonly [string, Partial<RequestDraft>, string, boolean])[] = [
    ['no value in the path', { path: {} }, 'path.id', true],
    ['a word for a number in the path', { path: { id: 'seven' } }, 'path.id', true],
    ['a path that climbs', { path: { id: '..' } }, 'path.id', true],
    ['a feed that is none', { path: { id: 'random:dice' } }, 'path.id', true],
    ['a required query value that is missing', { query: [] }, 'query.limit', false],
    ['a query value of another type', { query: [['limit', 'many']] }, 'query[0]', false],
    [
      'a query value without a name',
      {
        query: [
          ['limit', '1'],
          ['', 'x'],
        ],
      },
      'query[1]',
      true,
    ],
    ['a header that would begin another', { headers: [['A', 'x\r\nB: y']] }, 'headers[0]', true],
    ['a header that the connection sets', { headers: [['Content-Length', '3']] }, 'headers[0]', true],
    ['a secret header in plain', { headers: [['X-Api-Key', 'abc']] }, 'headers[0]', true],
    [
      'a secret query value in plain',
      {
        query: [
          ['limit', '1'],
          ['api_key', 'abc'],
        ],
      },
      'query[1]',
      true,
    ],
    ['a secret without a name', { auth: { kind: 'bearer', reference: 'secret:' } }, 'auth.reference', true],
    [
      'a secret in the place of its name',
      { auth: { kind: 'bearer', reference: `secret:${'x'.repeat(60)}` } },
      'auth.reference',
      true,
    ],
    [
      'a cookie with a name that is none',
      { auth: { kind: 'cookie', name: 'a b', reference: 'secret:a' } },
      'auth.name',
      true,
    ],
    ['a login that nobody described', { auth: { kind: 'login', login: 'admin' } }, 'auth.login', true],
    ['JSON with a comma too many', { body: '{"a": 1,}' }, 'body', true],
    ['JSON with a comment', { body: '{"a": 1} // one' }, 'body', true],
    ['text where JSON is said', { headers: [['Content-Type', 'application/json']], body: 'a=1' }, 'body', true],
    ['two feeds of one name', { path: { id: '{{x=1..2}}' }, body: '{{x=3..4}}' }, 'body', true],
  ];
  for (const [what, change, field, blocks] of wrong) {
    it(`tells of ${what}`, () => assert.deepEqual(faultsOf(change), [[field, blocks]]));
  }

  it('says where JSON is wrong', () => {
    const [fault] = checkDraft(ENDPOINT, { ...DRAFT, body: '{\n  "a": 1,\n}' }, LOGINS);
    assert.equal(fault?.sentence, 'This is not valid JSON in line 3, column 1: property name expected.');
  });
});
