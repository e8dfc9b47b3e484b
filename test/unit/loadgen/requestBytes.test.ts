import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import type { RequestTemplate } from '../../../src/core/model/request';
import { encodeRequest } from '../../../src/loadgen/transport/requestBytes';

function encode(request: Partial<RequestTemplate>): string {
  const whole = { method: 'GET' as const, url: 'http://127.0.0.1:8000/', headers: [], body: null, ...request };
  return Buffer.from(encodeRequest(whole)).toString('latin1');
}

describe('encodeRequest', () => {
  it('writes target, host and headers in their order', () => {
    const headers = [
      ['Accept', 'a/b'],
      ['X-Empty', ''],
    ] as const;
    const text = encode({ url: 'http://example.test:81/a%20b?c=d&e', headers });
    assert.equal(text, 'GET /a%20b?c=d&e HTTP/1.1\r\nHost: example.test:81\r\nAccept: a/b\r\nX-Empty: \r\n\r\n');
  });

  it('brackets an IPv6 host, leaves out the default port and lets the user name the host', () => {
    assert.match(encode({ url: 'http://[::1]:8000/' }), /\r\nHost: \[::1\]:8000\r\n/);
    assert.match(encode({ url: 'https://example.test:443/' }), /\r\nHost: example\.test\r\n/);
    assert.equal(encode({ headers: [['HOST', 'other']] }).match(/host:/gi)?.length, 1);
  });

  it('counts the body in bytes, and says zero where a body is usual', () => {
    assert.match(encode({ method: 'POST', body: { text: '€' } }), /\r\nContent-Length: 3\r\n\r\n\xe2\x82\xac$/);
    assert.match(encode({ method: 'PUT', body: { base64: 'AP8=' } }), /\r\nContent-Length: 2\r\n\r\n\0\xff$/);
    assert.match(encode({ method: 'POST' }), /\r\nContent-Length: 0\r\n\r\n$/);
    assert.doesNotMatch(encode({ method: 'DELETE' }), /Content-Length/);
  });

  it('lets no header smuggle in another one', () => {
    for (const header of [
      ['X', 'a\r\nY: b'],
      ['X', 'a\nb'],
      ['X\r\nY', 'a'],
      ['X: Y', 'a'],
      ['Content-Length', '5'],
      ['Transfer-Encoding', 'chunked'],
    ] as const) {
      assert.throws(() => encode({ headers: [header] }), { code: 'header-invalid' });
    }
    assert.throws(() => encode({ method: 'CONNECT' }), { code: 'method-connect' });
    assert.match(
      encode({ url: 'http://127.0.0.1/a\r\nX: y' }),
      /^GET \/aX:%20y HTTP\/1\.1\r\nHost: 127\.0\.0\.1\r\n\r\n$/,
    );
  });
});
