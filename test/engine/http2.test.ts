import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createSecureServer, createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { planFor, runLoad } from '../support/loadRuns';

describe('HTTP/2', () => {
  const folder = mkdtempSync(join(tmpdir(), 'http2-'));
  const counts = { streams: 0, sessions: 0, posted: '' };
  let clear: Http2Server;
  let secure: Http2Server;

  const portOf = (server: Http2Server): number => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  };

  before(async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const files = ['-keyout', key, '-out', cert, '-subj', '/CN=localhost'];
    execFileSync('openssl', ['req', '-x509', ...kind, ...files], { stdio: 'pipe' });
    clear = createServer();
    secure = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) });
    for (const server of [clear, secure]) {
      server.on('session', () => counts.sessions++);
      server.on('stream', (stream: ServerHttp2Stream, headers) => {
        counts.streams++;
        stream.on('error', () => undefined);
        if (headers[':path'] === '/hang') return;
        stream.respond({ ':status': counts.streams % 4 === 0 ? 404 : 200, 'content-type': 'text/plain' });
        stream.end('hello');
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    }
  });
  after(() => {
    clear.close();
    secure.close();
    rmSync(folder, { recursive: true });
  });

  for (const scheme of ['http', 'https'] as const) {
    it(`over ${scheme}: streams, sessions and statuses are those that the server counted`, async () => {
      Object.assign(counts, { streams: 0, sessions: 0 });
      const url = `${scheme}://127.0.0.1:${portOf(scheme === 'http' ? clear : secure)}/ok`;
      const model = { kind: 'closed', connections: 2, pipelining: 10 } as const;
      const stop = { durationMs: null, requests: 400 };
      const { result } = await runLoad(planFor(url, { http2: true, insecureTls: true, model, stop }));
      assert.equal(result.state, 'complete');
      assert.deepEqual([result.generator.transport, result.generator.transportReason], ['undici', 'http2']);
      assert.equal(counts.streams, 400);
      assert.deepEqual(result.summary.statuses, { 200: 300, 404: 100 });
      assert.deepEqual(result.summary.errors, {});
      assert.equal(result.summary.connectionsOpened, counts.sessions);
      assert.equal(counts.sessions, 2);
      assert.ok(result.summary.bytesRead > 400 * 5);
    });
  }

  it('loses a stream that is never answered, not its connection', async () => {
    const url = `http://127.0.0.1:${portOf(clear)}/hang`;
    const model = { kind: 'closed', connections: 1, pipelining: 4 } as const;
    const stop = { durationMs: null, requests: 8 };
    Object.assign(counts, { streams: 0, sessions: 0 });
    const { result } = await runLoad(planFor(url, { http2: true, model, stop, timeoutMs: 300 }));
    assert.deepEqual(result.summary.errors, { timeout: 8 });
    assert.equal(counts.sessions, 1);
  });
});
