import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseHar } from '../../../src/core/request/har';
import { parseHttpFile } from '../../../src/core/request/httpFile';
import { errorCode } from '../../../src/util/errors';

const FILE = `@host = http://127.0.0.1:8000
@base={{host}}/v1
# a comment

### All authors
GET {{base}}/author
    ?limit=20
    &offset=0 HTTP/1.1
Accept: application/json
// another comment
X-Token: {{$processEnv API_TOKEN}}

### 
# @name create
POST {{base}}/author HTTP/1.1
Content-Type: application/json

{"name": "{{ who }}"}

> {% client.test() %}

###
# @no-log
DELETE /author/1
Host: localhost:3000
@who = Ada

###
POST {{host}}/file

< ./secret.txt

###
GET {{missing}}/x

###
http://127.0.0.1:8000/plain
###
nothing here
`;

describe('parseHttpFile', () => {
  const requests = parseHttpFile(FILE);
  it('finds every request with its name and line', () => {
    assert.deepEqual(
      requests.map(({ name, line }) => [name, line]),
      [
        ['All authors', 6],
        ['create', 15],
        [null, 24],
        [null, 29],
        [null, 34],
        [null, 37],
      ],
    );
  });
  it('fills variables in, joins query lines, and leaves scripts out', () => {
    const [all, create, remove, , , plain] = requests.map(({ request }) => request);
    assert.deepEqual(all, {
      method: 'GET',
      url: 'http://127.0.0.1:8000/v1/author?limit=20&offset=0',
      headers: [
        ['Accept', 'application/json'],
        ['X-Token', '${secret:API_TOKEN}'],
      ],
      body: null,
    });
    assert.equal(create?.url, 'http://127.0.0.1:8000/v1/author');
    assert.deepEqual(create.body, { text: '{"name": "Ada"}' });
    assert.equal(remove?.url, 'http://localhost:3000/author/1');
    assert.equal(plain?.url, 'http://127.0.0.1:8000/plain');
  });
  it('says why a request cannot be sent, and reads no file', () => {
    assert.match(requests[3]?.problem ?? '', /secret\.txt.*does not read/);
    assert.match(requests[4]?.problem ?? '', /\{\{missing\}\} has no value/);
  });
  it('survives any text', () => {
    const pieces = fc.constantFrom(
      '###',
      '\n',
      'GET ',
      'http://a',
      '{{a}}',
      '@a = {{a}}',
      ' HTTP/1.1',
      ': ',
      '< x',
      '#',
      '//',
      '\r',
      'x',
    );
    fc.assert(fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => void parseHttpFile(parts.join(''))));
    assert.throws(() => parseHttpFile('x'.repeat(2_000_001)), { code: 'http-file' });
  });
});

describe('parseHar', () => {
  const entry = (request: object): string => JSON.stringify({ log: { entries: [{ request }] } });
  it('reads a request as a browser saves it', () => {
    const har = entry({
      method: 'POST',
      url: 'https://127.0.0.1:8443/a?x=1#f',
      headers: [
        { name: ':authority', value: 'x' },
        { name: 'Host', value: 'x' },
        { name: 'content-length', value: '3' },
        { name: 'accept', value: '*/*' },
      ],
      postData: { mimeType: 'application/json', text: '{}' },
    });
    assert.deepEqual(parseHar(har, 1).request, {
      method: 'POST',
      url: 'https://127.0.0.1:8443/a?x=1',
      headers: [
        ['accept', '*/*'],
        ['Content-Type', 'application/json'],
      ],
      body: { text: '{}' },
    });
    const form = entry({
      method: 'POST',
      url: 'http://h/',
      headers: [],
      postData: { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'a', value: 'b c' }] },
    });
    assert.deepEqual(parseHar(form, 1).request.body, { text: 'a=b+c' });
  });
  it('says what is wrong with an archive', () => {
    for (const [text, number, code] of [
      ['x', 1, 'har-invalid'],
      ['{}', 1, 'har-invalid'],
      ['null', 1, 'har-invalid'],
      [entry({}), 1, 'har-invalid'],
      [entry({ method: 'GET', url: 'http://h/' }), 2, 'har-invalid'],
      [entry({ method: 'GET', url: 'file:///etc/passwd' }), 1, 'target-url'],
      [entry({ method: 'GET', url: 'http://h/', headers: [{ name: 'a', value: 'b\r\nc: d' }] }), 1, 'header-invalid'],
      ['['.repeat(200_000), 1, 'har-invalid'],
    ] as const) {
      assert.throws(
        () => parseHar(text, number),
        (error) => errorCode(error) === code,
        text.slice(0, 80),
      );
    }
  });
});
