import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { RequestTemplate } from '../../../src/core/model/request';
import { formatCurl, parseCurl } from '../../../src/core/request/curl';
import { endpointOfImport, valuesOfImport } from '../../../src/core/request/importedRequest';
import { quoteWord, shellWords } from '../../../src/core/request/shellWords';
import { errorCode } from '../../../src/util/errors';

const text = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .filter((each) => !each.includes('\0') && !/\p{Surrogate}/u.test(each));
const printable = fc.stringMatching(/^[\x21-\x7e]([\x20-\x7e]{0,20}[\x21-\x7e])?$/);

describe('shellWords', () => {
  it('reads what a real shell reads', () => {
    for (const line of [
      `'a b' "c\\"d\\$e\\x" f\\ g ''`,
      `x'y'"z"\\'`,
      `a \\\n b`,
      `"line\\\nbreak" 'line\\\nbreak'`,
      `it\\'s "it's" 'say "hi"'`,
    ]) {
      const shell = spawnSync('/bin/sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' });
      assert.deepEqual(shellWords(line), shell.stdout.split('\0').slice(0, -1), line);
    }
  });

  it("reads $'…' as browsers write it, and stops where the command ends", () => {
    assert.deepEqual(shellWords("curl $'a\\'b\\u00e9\\n' | jq ."), ['curl', "a'bé\n"]);
    assert.deepEqual(shellWords('a; rm -rf /'), ['a']);
    assert.deepEqual(shellWords('a $(id) `id`'), ['a', '$(id)', '`id`'].slice(0, 3));
  });

  it('quotes any text so that it is one word again', () => {
    fc.assert(fc.property(text, (each) => assert.deepEqual(shellWords(`x ${quoteWord(each)}`), ['x', each])));
  });

  it('says that a quotation mark is open', () => {
    for (const open of ["'a", '"a', "$'a", '"a\\"']) assert.throws(() => shellWords(open), { code: 'shell-quote' });
  });
});

describe('parseCurl', () => {
  const url = 'http://127.0.0.1:8000/a';
  for (const [command, expected] of [
    [`curl ${url}`, { method: 'GET', headers: [], body: null }],
    ['curl 127.0.0.1:8000/a', { method: 'GET', headers: [], body: null }],
    [`curl -sSLk -XPUT ${url} -H'Accept: a'`, { method: 'PUT', headers: [['Accept', 'a']], body: null }],
    [
      `curl ${url} -d a=1 --data b=2`,
      { method: 'POST', headers: [['Content-Type', 'application/x-www-form-urlencoded']], body: { text: 'a=1&b=2' } },
    ],
    [
      `curl '${url}' \\\n  -H 'content-type: application/json' \\\n  --data-raw '{"a":"it'\\''s"}' --compressed`,
      {
        method: 'POST',
        headers: [
          ['content-type', 'application/json'],
          ['Accept-Encoding', 'gzip, deflate, br'],
        ],
        body: { text: '{"a":"it\'s"}' },
      },
    ],
    [`curl -u me:p:w ${url}`, { method: 'GET', headers: [['Authorization', `Basic ${btoa('me:p:w')}`]], body: null }],
    [`curl -b 'a=1; b=2' ${url}`, { method: 'GET', headers: [['Cookie', 'a=1; b=2']], body: null }],
    [
      `curl --json '{}' ${url}`,
      {
        method: 'POST',
        headers: [
          ['Content-Type', 'application/json'],
          ['Accept', 'application/json'],
        ],
        body: { text: '{}' },
      },
    ],
    [`curl -I ${url} -o /dev/null -w '%{http_code}'`, { method: 'HEAD', headers: [], body: null }],
    [
      `curl ${url} -H 'Content-Length: 5' -H 'Connection: close' -H 'X-Empty;'`,
      { method: 'GET', headers: [['X-Empty', '']], body: null },
    ],
    [`curl ${url} --data-raw @x -H 'Content-Type:'`, { method: 'POST', headers: [], body: { text: '@x' } }],
  ] as const) {
    it(`reads ${command.replace(/\s+/g, ' ')}`, () => {
      assert.deepEqual(parseCurl(command).request, { url, ...expected });
    });
  }

  it('puts the data of -G into the query', () => {
    assert.equal(parseCurl(`curl -G ${url}?x=1 -d y=2 --data-urlencode 'z=a b'`).request.url, `${url}?x=1&y=2&z=a%20b`);
  });

  it('reads no file and follows no other scheme, and says so', () => {
    for (const [command, code] of [
      ['curl -d @/etc/passwd http://h/', 'curl-invalid'],
      ['curl -H @headers http://h/', 'curl-invalid'],
      ['curl -b jar.txt http://h/', 'curl-invalid'],
      ['curl -F a=@b http://h/', 'curl-invalid'],
      ['curl -T x http://h/', 'curl-invalid'],
      ['curl --data-urlencode a@b http://h/', 'curl-invalid'],
      ['curl file:///etc/passwd', 'target-url'],
      ['curl http://a@b/', 'target-url'],
      [`curl http://h/ -H $'a: b\\r\\nc: d'`, 'header-invalid'],
      ['curl', 'curl-invalid'],
      ['wget http://h/', 'curl-invalid'],
      ['curl http://a/ http://b/', 'curl-invalid'],
    ] as const) {
      assert.throws(
        () => parseCurl(command),
        (error) => errorCode(error) === code,
        command,
      );
    }
  });

  it('reads what formatCurl writes as the same request', () => {
    const requests = fc.record({
      method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
      url: fc.tuple(fc.array(text, { maxLength: 3 }), text).map(([path, query]) => {
        const segments = path.map(encodeURIComponent).filter((each) => each !== '.' && each !== '..');
        return new URL(`http://127.0.0.1:8000/${segments.join('/')}?q=${encodeURIComponent(query)}`).href;
      }),
      headers: fc.array(fc.tuple(fc.stringMatching(/^X-[A-Za-z0-9]{1,8}$/), fc.oneof(printable, fc.constant(''))), {
        maxLength: 4,
      }),
      body: fc.oneof(
        fc.constant(null),
        text.map((each) => ({ text: each })),
      ),
    }) as fc.Arbitrary<RequestTemplate>;
    fc.assert(
      fc.property(requests, (request) => {
        if (request.method === 'HEAD' && request.body !== null) return;
        assert.deepEqual(parseCurl(formatCurl(request)).request, { ...request }, formatCurl(request));
      }),
    );
  });
});

describe('valuesOfImport', () => {
  const request: RequestTemplate = { method: 'GET', url: 'http://h/v1/author/a%20b?x=1&x=2', headers: [], body: null };
  it('takes values out of path and query, also below a prefix', () => {
    assert.deepEqual(valuesOfImport({ method: 'GET', path: '/author/{id}' }, request), {
      method: 'GET',
      path: { id: 'a b' },
      query: [
        ['x', '1'],
        ['x', '2'],
      ],
      headers: [],
      body: null,
    });
    assert.equal(valuesOfImport({ method: 'POST', path: '/author/{id}' }, request), undefined);
    assert.equal(valuesOfImport({ method: 'GET', path: '/book/{id}' }, request), undefined);
  });

  it('chooses the endpoint with the most fixed text', () => {
    const endpoints = ['/{any}', '/author/{id}', '/{x}/{y}'].map(
      (path) => ({ endpoint: { method: 'GET', path } }) as unknown as { endpoint: never },
    );
    const found = endpointOfImport(endpoints, request);
    assert.equal((found?.candidate.endpoint as { path?: string } | undefined)?.path, '/author/{id}');
  });
});
