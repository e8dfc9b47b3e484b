import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { sendOnce, type SendOptions } from '../../src/http/client';
import type { RequestTemplate, SingleResponse } from '../../src/core/model/request';
import { startCountingServer, type CountingServer } from '../support/countingServer';

const OPTIONS: SendOptions = { timeoutMs: 1000, insecureTls: false, maxBodyBytes: 1000 };

function get(
  url: string,
  options: Partial<SendOptions> = {},
  rest: Partial<RequestTemplate> = {},
): Promise<SingleResponse> {
  return sendOnce({ method: 'GET', url, headers: [], body: null, ...rest }, { ...OPTIONS, ...options });
}

describe('one single request', () => {
  let server: CountingServer;
  before(async () => {
    server = await startCountingServer();
  });
  after(() => server.kill());

  it('comes back with status, headers and body', async () => {
    const answer = await get(server.baseUrl + '/ok/5');
    assert.deepEqual([answer.status, answer.bodyText, answer.bodyBytes, answer.truncated], [200, 'xxxxx', 5, false]);
    assert.deepEqual(answer.headers, [['Content-Length', '5']]);
    assert.ok(answer.durationMs > 0);
  });

  it('joins chunks', async () => {
    assert.equal((await get(server.baseUrl + '/chunked')).bodyText, 'hello world');
  });

  it('stops reading a body of 50 MB at the limit', async () => {
    const answer = await get(server.baseUrl + '/ok/52428800', { timeoutMs: 5000 });
    assert.equal(answer.truncated, true);
    assert.equal(answer.bodyText.length, 1000);
    assert.ok(answer.bodyBytes < 10_000_000, `${answer.bodyBytes} bytes read`);
  });

  it('sends its body and headers, and never follows a redirect', async () => {
    const seen: string[] = [];
    const echo = createHttpServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        seen.push(`${request.method} ${request.url} ${String(request.headers['x-key'])} ${body}`);
        response.writeHead(302, { Location: '/elsewhere' }).end();
      });
    }).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const address = echo.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const rest = {
      method: 'POST',
      headers: [['X-Key', 'k']],
      body: { base64: Buffer.from('é!').toString('base64') },
    } as const;
    const answer = await get(`http://127.0.0.1:${port}/a?b=c`, {}, rest);
    echo.close();
    assert.equal(answer.status, 302);
    assert.deepEqual(seen, ['POST /a?b=c k é!']);
  });

  it('fails with a code and a sentence', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const address = closed.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    closed.close();
    const plain = createHttpServer().listen(0, '127.0.0.1');
    await once(plain, 'listening');
    const plainAddress = plain.address();
    const plainPort = typeof plainAddress === 'object' && plainAddress ? plainAddress.port : 0;
    const cases: readonly (readonly [string, string, RegExp])[] = [
      [`http://127.0.0.1:${port}/`, 'refused', /Nothing listens on 127\.0\.0\.1/],
      [`${server.baseUrl}/reset/1`, 'reset', /closed the connection/],
      [`${server.baseUrl}/hang`, 'timeout', /within 0\.3 s/],
      [`${server.baseUrl}/trickle/10`, 'timeout', /within 0\.3 s/],
      [`${server.baseUrl}/garbage`, 'malformed', /not HTTP/],
      ['http://no-such-host.invalid/', 'dns', /"no-such-host\.invalid" does not resolve/],
      [`https://127.0.0.1:${plainPort}/`, 'tls', /does not speak TLS: use http:\/\//],
    ];
    for (const [url, code, sentence] of cases) {
      await assert.rejects(get(url, { timeoutMs: 300 }), (error: Error & { code?: string }) => {
        assert.equal(error.code, code, url);
        assert.match(error.message, sentence);
        return true;
      });
    }
    plain.close();
  });

  it('calls what is wrong in an answer by the name that the load gives it', async () => {
    const answers: Readonly<Record<string, string>> = {
      '/two-lengths': 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!',
      '/upgrade': 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
      '/unchanged': 'HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n',
    };
    const odd = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => socket.write(answers[chunk.toString().split(' ')[1] ?? ''] ?? ''));
    }).listen(0, '127.0.0.1');
    await once(odd, 'listening');
    const address = odd.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    await assert.rejects(get(`${url}/two-lengths`, { timeoutMs: 5000 }), { code: 'malformed' });
    await assert.rejects(get(`${url}/upgrade`, { timeoutMs: 5000 }), { code: 'malformed' });
    const unchanged = await get(`${url}/unchanged`, { timeoutMs: 5000 });
    assert.deepEqual([unchanged.status, unchanged.bodyBytes], [304, 0]);
    odd.close();
  });

  it('names the proxy or the Unix socket on which nothing listens', async () => {
    const unix = { allowedAddresses: ['unix:/no/such.sock'] };
    await assert.rejects(get('http://localhost/', unix), /the Unix socket \/no\/such\.sock: start the server/);
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const address = closed.address();
    const proxy = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    closed.close();
    await once(closed, 'close');
    for (const url of ['http://192.0.2.1/', 'https://192.0.2.1/']) {
      await assert.rejects(get(url, { proxy, timeoutMs: 5000 }), new RegExp(`where the proxy should be, ${proxy}:`));
    }
  });

  it('goes only to addresses that were let pass', async () => {
    await assert.rejects(get(server.baseUrl + '/ok', { allowedAddresses: ['10.0.0.1'] }), {
      code: 'address-not-allowed',
    });
    assert.equal((await get(server.baseUrl + '/ok', { allowedAddresses: ['127.0.0.1'] })).status, 200);
  });

  it('finds the one address of localhost on which something listens', async () => {
    assert.equal((await get(`http://localhost:${server.port}/ok`)).status, 200);
  });

  it('is silent when it is cancelled', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    await assert.rejects(get(server.baseUrl + '/hang', { signal: controller.signal }), { name: 'CancelledError' });
  });

  it('says so when a header cannot be sent', async () => {
    const rest = { headers: [['X-Bad', 'line\nbreak']] } as const;
    await assert.rejects(get(server.baseUrl + '/ok', {}, rest), { code: 'bad-request' });
  });
});
