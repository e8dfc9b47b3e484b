import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createServer } from 'node:tls';
import type { Server } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { SocketTransport } from '../../src/loadgen/transport/socket';
import { ClosedDriver, listening, optionsFor, startRawServer } from './socketDrive';

const HELLO = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
const CLOSING = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello';

/** Answers while the thread of the test does not let its loop turn. */
const SERVER_IN_A_THREAD = `
const { readFileSync } = require('node:fs');
const { parentPort, workerData: { folder, answer } } = require('node:worker_threads');
const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(folder + '/' + name));
const server = require('node:tls').createServer({ key, cert }, (socket) => {
  socket.on('data', (chunk) => socket.write(answer.repeat(chunk.toString().split('\\r\\n\\r\\n').length - 1)));
  socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

function drive(port: number, requests: number, more: Parameters<typeof optionsFor>[1]): Promise<ClosedDriver> {
  const options = optionsFor(port, more);
  return new ClosedDriver((listener) => new SocketTransport(options, listener), requests, options.pipelining).run();
}

describe('the socket transport over TLS and Unix sockets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'socket-'));
  let server: Server;
  let port = 0;
  let connections = 0;

  before(async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, ...subject], { stdio: 'pipe' });
    server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => {
      connections += 1;
      socket.on('data', (chunk: Buffer) => {
        if (chunk.includes('/close')) socket.end(CLOSING);
        else for (let left = chunk.toString().split('\r\n\r\n').length - 1; left > 0; left -= 1) socket.write(HELLO);
      });
      socket.on('error', () => socket.destroy());
    });
    port = await listening(server);
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  it('accepts a certificate that cannot be verified only when asked', async () => {
    const refused = await drive(port, 2, { scheme: 'https' });
    assert.deepEqual(refused.failures, ['tls', 'tls']);
    connections = 0;
    const accepted = await drive(port, 300, { scheme: 'https', insecureTls: true, lanes: 3, pipelining: 4 });
    assert.deepEqual([accepted.answers.length, accepted.failures.length, connections], [300, 0, 3]);
    assert.ok(accepted.answers.every(({ bodyBytes }) => bodyBytes === 5));
  });

  it('opens a TLS connection anew after each answer that closes it', async () => {
    connections = 0;
    const url = `https://localhost:${port}/close`;
    const run = await drive(port, 20, { insecureTls: true, send: { url } });
    assert.deepEqual([run.answers.length, run.failures.length, connections], [20, 0, 20]);
  });

  it('keeps a connection whose answer is there before the loop has heard that the request left', async () => {
    const server = new Worker(SERVER_IN_A_THREAD, { eval: true, workerData: { folder, answer: HELLO } });
    const [other] = (await once(server, 'message')) as [number];
    const options = optionsFor(other, { scheme: 'https', insecureTls: true, pipelining: 4 });
    const driver = new ClosedDriver((listener) => new SocketTransport(options, listener), 40, 4);
    const run = driver.run();
    // From now on requests leave from a timer, and the loop does not look for answers before they have come.
    for (let turn = 0; turn < 8; turn += 1) {
      driver.isPaused = true;
      await new Promise((resolve) => setTimeout(resolve, 20));
      driver.isPaused = false;
      driver.ready(0);
      const untilMs = performance.now() + 20;
      while (performance.now() < untilMs);
    }
    const { answers, failures, connectUs } = await run;
    await server.terminate();
    assert.deepEqual([answers.length, failures, connectUs.length], [40, [], 1]);
  });

  it('says tls when the server does not speak it', async () => {
    for (const [speak, kind] of [
      [(socket: Socket) => socket.end('nonsense\r\n'), 'tls'],
      [(socket: Socket) => socket.end(), 'tls'],
      [() => undefined, 'timeout'],
    ] as const) {
      const plain = createPlainServer(speak).on('connection', (socket) => socket.on('error', () => undefined));
      const options = { scheme: 'https', insecureTls: true, timeoutMs: 300 };
      const run = await drive(await listening(plain), 1, options);
      assert.deepEqual(run.failures, [kind]);
      plain.close();
    }
  });

  it('reaches a Unix socket, and calls one that is not there refused', async () => {
    const path = join(folder, 'server.sock');
    const unix = await startRawServer((socket) => socket.write(HELLO), { path });
    const run = await drive(0, 100, { address: `unix:${path}`, send: { url: 'http://localhost/' } });
    assert.equal(run.answers.length, 100);
    await unix.close();
    const missing = await drive(0, 1, { address: `unix:${path}x`, send: { url: 'http://localhost/' } });
    assert.deepEqual(missing.failures, ['refused']);
  });
});
