import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { RequestTemplate, RequestValues } from '../../../src/core/model/request';
import { buildRequest } from '../../../src/core/request/buildRequest';
import {
  environmentNameOf,
  fillSecrets,
  hideSecretsOfRequest,
  hideSecretValues,
  redactSecrets,
  referencesIn,
} from '../../../src/core/request/secrets';

const VALUES: RequestValues = { method: 'GET', path: {}, query: [], headers: [], body: null };
const secrets = (values: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(values).map(([name, value]) => [`secret:${name}`, value]));

describe('fillSecrets', () => {
  it('writes a value as what it is where it stands', () => {
    const value = `a/b "c"&d=é'{x}`;
    const json: RequestTemplate = {
      method: 'POST',
      url: buildRequest({ path: '/u/{id}' }, 'http://127.0.0.1', {
        ...VALUES,
        path: { id: '${secret:s}' },
        query: [['k', '${secret:s}']],
      }).url,
      headers: [
        ['Authorization', 'Bearer ${secret:s}'],
        ['Content-Type', 'application/json'],
      ],
      body: { text: '{"in": "x${secret:s}", "bare": ${secret:s}}' },
    };
    assert.equal(json.url, 'http://127.0.0.1/u/${secret:s}?k=${secret:s}');
    const filled = fillSecrets(json, secrets({ s: value }));
    const url = new URL(filled.url);
    assert.equal(decodeURIComponent(url.pathname), `/u/${value}`);
    assert.equal(url.searchParams.get('k'), value);
    assert.equal(filled.headers[0]?.[1], `Bearer ${value}`);
    assert.deepEqual(JSON.parse((filled.body as { text: string }).text), { in: `x${value}`, bare: value });
  });

  it('lets no value start another header, and says so without the value', () => {
    const request: RequestTemplate = {
      method: 'GET',
      url: 'http://127.0.0.1/',
      headers: [['X-Key', '${secret:k}']],
      body: null,
    };
    assert.throws(
      () => fillSecrets(request, secrets({ k: 'geheim\r\nX-Evil: 1' })),
      (error: Error) => {
        assert.match(error.message, /line break/);
        return !error.message.includes('geheim');
      },
    );
  });

  it('does not replace what a secret happens to contain', () => {
    const request: RequestTemplate = {
      method: 'GET',
      url: 'http://127.0.0.1/',
      headers: [['X-Key', '${secret:a}']],
      body: null,
    };
    const filled = fillSecrets(request, secrets({ a: '${secret:b} $& $1', b: 'other' }));
    assert.equal(filled.headers[0]?.[1], '${secret:b} $& $1');
  });

  it('says which reference has no value', () => {
    const request: RequestTemplate = {
      method: 'GET',
      url: 'http://127.0.0.1/?k=${secret:none}',
      headers: [],
      body: null,
    };
    assert.throws(() => fillSecrets(request, new Map()), /\$\{secret:none\}/);
  });
});

describe('hideSecretValues', () => {
  for (const [header, kept, name, value] of [
    [['Authorization', 'Bearer abc.def'], 'Bearer ${secret:authorization}', 'authorization', 'abc.def'],
    [['authorization', 'Basic dTpw'], 'Basic ${secret:authorization}', 'authorization', 'dTpw'],
    [['Authorization', 'odd'], '${secret:authorization}', 'authorization', 'odd'],
    [['Cookie', 'a=1; session=2'], '${secret:cookie}', 'cookie', 'a=1; session=2'],
    [['X-API-Key', 'k'], '${secret:x-api-key}', 'x-api-key', 'k'],
    [['X-Auth-Token', 'k'], '${secret:x-auth-token}', 'x-auth-token', 'k'],
    [['Proxy-Authorization', 'Basic k'], 'Basic ${secret:proxy-authorization}', 'proxy-authorization', 'k'],
  ] as const) {
    it(`moves ${header[0]}: ${header[1]}`, () => {
      const { request, hidden } = hideSecretValues({ ...VALUES, headers: [header] }, new Map());
      assert.deepEqual(request.headers, [[header[0], kept]]);
      assert.deepEqual([...hidden], [[name, value]]);
    });
  }

  it('leaves what is no secret, what refers to one, and what is fed', () => {
    const values: RequestValues = {
      ...VALUES,
      headers: [
        ['Accept', 'application/json'],
        ['Authorization', 'Bearer ${secret:mine}'],
        ['X-Token', '{token}'],
        ['X-Request-Id', '5'],
      ],
      query: [['page', '1']],
      feeds: [{ name: 'token', spec: 'a,b' }],
    };
    const { request, hidden } = hideSecretValues(values, new Map());
    assert.deepEqual(request, values);
    assert.equal(hidden.size, 0);
  });

  it('gives another value another name, and the same value the same name', () => {
    const known = new Map([['authorization', 'old']]);
    const of = (value: string) =>
      hideSecretValues({ ...VALUES, headers: [['Authorization', `Bearer ${value}`]] }, known);
    assert.equal(of('old').request.headers[0]?.[1], 'Bearer ${secret:authorization}');
    assert.equal(of('new').request.headers[0]?.[1], 'Bearer ${secret:authorization-2}');
  });

  it('can be undone for any value', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\x20-\x7e]{1,40}$/),
        fc.constantFrom('Authorization', 'Cookie', 'X-Api-Key'),
        (value, name) => {
          const { request, hidden } = hideSecretValues({ ...VALUES, headers: [[name, value]] }, new Map());
          const built = buildRequest({ path: '/' }, 'http://127.0.0.1', request);
          const filled = fillSecrets(built, new Map([...hidden].map(([each, text]) => [`secret:${each}`, text])));
          assert.equal(filled.headers[0]?.[1], value);
        },
      ),
    );
  });
});

describe('hideSecretsOfRequest', () => {
  it('moves a key out of the query and leaves the rest of the URL as it is', () => {
    const request: RequestTemplate = {
      method: 'GET',
      url: 'http://h/a%20b?x=1%2B1&api_key=s%20e&y=#f',
      headers: [],
      body: null,
    };
    const { request: kept, hidden } = hideSecretsOfRequest(request, []);
    assert.equal(kept.url, 'http://h/a%20b?x=1%2B1&api_key=${secret:api_key}&y=#f');
    assert.deepEqual([...hidden], [['api_key', 's e']]);
    assert.deepEqual(referencesIn(kept), ['secret:api_key']);
  });
});

describe('redactSecrets', () => {
  it('takes a value out of an answer in every spelling', () => {
    const known = secrets({ k: 'a "b"/c', short: 'x' });
    assert.equal(
      redactSecrets(`raw a "b"/c url ${encodeURIComponent('a "b"/c')} json ${JSON.stringify('a "b"/c')} x`, known),
      'raw ${secret:k} url ${secret:k} json "${secret:k}" x',
    );
  });
});

describe('environmentNameOf', () => {
  it('is a name that every shell can export', () => {
    assert.equal(environmentNameOf('x-api.key_2'), 'ENDPOINT_PROFILER_SECRET_X_API_KEY_2');
  });
});
