import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import {
  createSecureServer as createHttp2SecureServer,
  createServer as createHttp2Server,
  type Http2Server,
} from 'node:http2';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Run } from '../../src/core/model/run';

const CLI = resolve(import.meta.dirname, '../../dist/cli.js');
const LOAD = ['-n', '50', '-c', '2', '--warmup', '0', '--json'];
const TRANSPORTS = ['auto', 'undici'];

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('bench reaches', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ep-targets-'));
  const servers: Server[] = [];
  let hosts: (string | undefined)[] = [];
  const listener: RequestListener = (request, response) => {
    hosts.push(request.headers.host);
    response.end('hello');
  };
  after(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(folder, { recursive: true });
  });

  async function listen(server: Server, where: { path: string } | { host: string; port: 0 }): Promise<number> {
    servers.push(server);
    server.listen(where);
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  function certificate(): { readonly key: Buffer; readonly cert: Buffer } {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const files = ['-keyout', key, '-out', cert, '-subj', '/CN=localhost'];
    execFileSync('openssl', ['req', '-x509', ...kind, ...files], { stdio: 'pipe' });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  }

  async function bench(...args: string[]): Promise<Run> {
    hosts = [];
    const ended = await cli('bench', ...args, ...LOAD);
    assert.equal(ended.code, 0, ended.stderr);
    return JSON.parse(ended.stdout) as Run;
  }

  it(
    'a server behind a Unix socket',
    { skip: process.platform === 'win32' ? 'Windows has pipes.' : false },
    async () => {
      const path = join(folder, 'app.sock');
      await listen(createServer(listener), { path });
      for (const transport of TRANSPORTS) {
        const run = await bench('http://app.example/a?b=c', '--unix-socket', path, '--transport', transport);
        assert.equal(run.summary.requests, 50);
        assert.deepEqual(run.summary.errors, {});
        assert.deepEqual([...new Set(hosts)], ['app.example']);
        // The preview is one more.
        assert.equal(hosts.length, 51);
        assert.equal(run.server, null);
        assert.ok(run.warnings.some(({ code, message }) => code === 'unix-socket' && message.includes(path)));
      }
      const missing = await cli('bench', 'http://localhost/', '--unix-socket', `${path}.not`, ...LOAD);
      assert.notEqual(missing.code, 0);
      assert.equal(missing.stdout, '');
      for (const wrong of [
        ['--dir', '.', '--route', 'GET /'],
        ['http://localhost/', '--proxy', 'http://127.0.0.1:1'],
      ]) {
        const refused = await cli('bench', ...wrong, '--unix-socket', path);
        assert.match(refused.stderr, /--unix-socket/);
        assert.notEqual(refused.code, 0);
      }
    },
  );

  it('an IPv6 address', async () => {
    const port = await listen(createServer(listener), { host: '::1', port: 0 });
    for (const transport of TRANSPORTS) {
      const run = await bench(`http://[::1]:${port}/`, '--transport', transport);
      assert.equal(run.summary.requests, 50);
      assert.deepEqual([...new Set(hosts)], [`[::1]:${port}`]);
      assert.equal(run.generator.transport, transport === 'auto' ? 'socket' : 'undici');
      assert.equal(run.generator.transportReason, transport === 'auto' ? 'http1' : 'asked');
    }
  });

  it('a server that speaks HTTP/2 alone, and says when HTTP/1.1 was agreed on instead', async () => {
    const { key, cert } = certificate();
    const clear = createHttp2Server();
    const secure = createHttp2SecureServer({ key, cert });
    let streams = 0;
    for (const server of [clear, secure]) {
      server.on('stream', (stream) => {
        streams++;
        stream.respond({ ':status': 200 });
        stream.end('hello');
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    }
    const portOf = (server: Http2Server): number => (server.address() as AddressInfo).port;
    try {
      for (const url of [`http://127.0.0.1:${portOf(clear)}/`, `https://127.0.0.1:${portOf(secure)}/`]) {
        streams = 0;
        const run = await bench(url, '--http2', '--insecure');
        assert.deepEqual([run.summary.requests, streams], [50, 51]);
        assert.equal(run.generator.transportReason, 'http2');
        assert.ok(!run.warnings.some(({ code }) => code === 'http2-not-agreed'));
      }
      const without = await cli('bench', `https://127.0.0.1:${portOf(secure)}/`, '--insecure', ...LOAD);
      assert.match(without.stderr, /another version of HTTP over TLS .* ask for HTTP\/2/);
    } finally {
      clear.close();
      secure.close();
    }
    const older = createSecureServer({ key, cert }, listener);
    const url = `https://127.0.0.1:${await listen(older, { host: '127.0.0.1', port: 0 })}/`;
    const run = await bench(url, '--http2', '--insecure');
    assert.equal(run.summary.requests, 50);
    assert.ok(run.warnings.some(({ code }) => code === 'http2-not-agreed'));
    const plain = `http://127.0.0.1:${await listen(createServer(listener), { host: '127.0.0.1', port: 0 })}/`;
    const refused = await cli('bench', plain, '--http2', ...LOAD);
    assert.equal(refused.code, 3);
    assert.match(refused.stderr, /does not speak HTTP\/2 without TLS/);
  });

  it('a certificate that nobody vouches for only with --insecure', async () => {
    const server = createSecureServer(certificate(), listener);
    const url = `https://127.0.0.1:${await listen(server, { host: '127.0.0.1', port: 0 })}/`;
    hosts = [];
    const refused = await cli('bench', url, ...LOAD);
    assert.notEqual(refused.code, 0);
    assert.match(refused.stderr, /certificate/);
    assert.deepEqual(hosts, [], 'nothing was sent');
    for (const transport of TRANSPORTS) {
      const run = await bench(url, '--insecure', '--transport', transport);
      assert.deepEqual([run.summary.requests, hosts.length], [50, 51]);
    }
  });
});

function cli(...args: string[]): Promise<Ended> {
  return new Promise((done) => {
    execFile(process.execPath, [CLI, ...args], (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    );
  });
}
