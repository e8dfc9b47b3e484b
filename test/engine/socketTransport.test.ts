import { strict as assert } from 'node:assert';
import { after, describe, it } from 'node:test';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SocketTransport } from '../../src/loadgen/transport/socket';
import { loadHandleBinding } from '../../src/loadgen/transport/socketHandle';
import { freePort } from '../support/freePort';
import { ClosedDriver, optionsFor, startRawServer } from './socketDrive';
import type { RawServer } from './socketDrive';
import { until } from '../support/until';

const HELLO = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
const CLOSING = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello';

const binding = loadHandleBinding();

describe('the binding to libuv', () => {
  it('is there in the Node that runs this', () => assert.notEqual(binding, null));
});

for (const [way, chosen] of [
  ['bare handles', binding],
  ['node:net', null],
] as const) {
  describe(`the socket transport over ${way}`, () => {
    const servers: RawServer[] = [];
    after(async () => {
      for (const server of servers) await server.close();
    });

    async function serve(...args: Parameters<typeof startRawServer>): Promise<RawServer> {
      const server = await startRawServer(...args);
      servers.push(server);
      return server;
    }

    function drive(port: number, requests: number, more: Parameters<typeof optionsFor>[1] = {}): ClosedDriver {
      const options = optionsFor(port, more);
      return new ClosedDriver(
        (listener) => new SocketTransport(options, listener, chosen),
        requests,
        options.pipelining,
      );
    }

    it('agrees with the server on requests, connections and bytes', async () => {
      for (const pipelining of [1, 7]) {
        const server = await serve((socket) => socket.write(HELLO));
        const run = await drive(server.port, 3_000, { lanes: 4, pipelining }).run();
        assert.deepEqual([run.answers.length, run.failures.length, run.sentCount], [3_000, 0, 3_000]);
        assert.deepEqual(server.counts, {
          requests: 3_000,
          connections: 4,
          bytesRead: run.sentBytes,
          bytesWritten: server.counts.bytesWritten,
        });
        const bytesRead = run.answers.reduce((sum, answer) => sum + answer.headBytes + answer.bodyBytes, 0);
        assert.equal(bytesRead, 3_000 * HELLO.length);
        assert.equal(run.connectUs.length, 4);
        for (const { startUs, firstByteUs, endUs } of run.answers)
          assert.ok(startUs <= firstByteUs && firstByteUs <= endUs);
      }
    });

    it('reopens a connection that the server closes, with the time to connect in the latency', async () => {
      for (const answer of [CLOSING, CLOSING.replace('1.1', '1.0'), 'HTTP/1.0 200 OK\r\n\r\nhello']) {
        const server = await serve((socket) => socket.end(answer));
        const run = await drive(server.port, 200, { lanes: 3 }).run();
        assert.equal(run.failures.length, 0);
        assert.deepEqual([server.counts.connections, run.connectUs.length], [200, 200]);
        assert.ok(run.answers.every(({ bodyBytes }) => bodyBytes === 5));
        const latency = run.answers.reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0);
        assert.ok(latency > run.connectUs.reduce((sum, each) => sum + each, 0));
      }
    });

    it('does not wait for the server to hang up after an answer that says close', async () => {
      const server = await serve((socket) => socket.write(CLOSING));
      const run = await drive(server.port, 20).run(1_500);
      assert.deepEqual([run.answers.length, server.counts.connections], [20, 20]);
    });

    it('counts refused connections, backs off, and goes on when the server is back', async () => {
      const port = await freePort();
      const driver = drive(port, 100_000, { lanes: 2 });
      driver.transport.open();
      const startMs = performance.now();
      await until('twelve attempts', () => driver.failures.length >= 12);
      const elapsedMs = performance.now() - startMs;
      // One lane has made six of them: half of 10, 20, 40, 80 and 160 ms lie between at the least.
      assert.ok(elapsedMs >= 155, `twelve attempts in ${elapsedMs} ms`);
      assert.ok(driver.failures.every((kind) => kind === 'refused'));
      assert.equal(driver.sentCount, 0);
      const server = await serve((socket) => socket.write(HELLO), { port });
      await until('load goes on', () => driver.answers.length > 100 && server.counts.connections > 1);
      driver.transport.close();
      assert.equal(server.counts.connections, 2);
    });

    it('loses exactly what was in flight when the server resets or closes in the middle', async () => {
      for (const end of [
        (socket: Socket) => socket.resetAndDestroy(),
        (socket: Socket) => socket.end(HELLO.slice(0, -1)),
      ]) {
        let answered = 0;
        const server = await serve((socket, number) => {
          if (number < 3) answered += Number(socket.write(HELLO));
          else if (number === 3) setTimeout(() => end(socket), 5);
        });
        const run = await drive(server.port, 50, { lanes: 1, pipelining: 5 }).run();
        assert.equal(run.answers.length + run.failures.length, 50);
        assert.deepEqual([...new Set(run.failures)], ['reset']);
        assert.ok(run.failures.length > 10);
        assert.deepEqual([run.answers.length, run.connectUs.length], [answered, server.counts.connections]);
      }
    });

    it('gives up on a server that hangs, and closes that connection', async () => {
      const server = await serve((socket, number) => number === 1 && socket.write(HELLO));
      const startMs = Date.now();
      const run = await drive(server.port, 4, { timeoutMs: 200 }).run();
      assert.deepEqual(run.failures, ['timeout', 'timeout']);
      assert.equal(run.answers.length, 2);
      assert.ok(Date.now() - startMs < 600);
    });

    it('reads an answer that trickles in', async () => {
      const server = await serve((socket) => {
        HELLO.split('').forEach((byte, index) => setTimeout(() => socket.write(byte), index * 3));
      });
      const run = await drive(server.port, 2).run();
      assert.deepEqual(
        run.answers.map(({ bodyBytes }) => bodyBytes),
        [5, 5],
      );
      assert.ok(run.answers.every(({ firstByteUs, endUs }) => endUs - firstByteUs > 50_000));
    });

    it('calls garbage, and more answers than requests, malformed', async () => {
      for (const [answer, requests] of [
        ['SSH-2.0-OpenSSH_9.2\r\n', 3],
        [`${HELLO}${HELLO}`, 3],
        [`${HELLO}!`, 3],
      ] as const) {
        const server = await serve((socket) => socket.write(answer));
        const run = await drive(server.port, requests).run();
        assert.deepEqual(run.failures, ['malformed', 'malformed', 'malformed']);
        assert.equal(server.counts.requests, requests);
      }
    });

    it('drops a connection that speaks unasked, and loses no request by it', async () => {
      const server = await serve((socket, number) => {
        socket.write(HELLO);
        if (number === 1) setTimeout(() => socket.write('HTTP/1.1 408 Timeout\r\nContent-Length: 0\r\n\r\n'), 20);
      });
      const driver = drive(server.port, 2);
      driver.isPaused = false;
      const running = driver.run();
      while (driver.answers.length === 0) {
        driver.isPaused = true;
        await sleep(1);
      }
      while (server.open() > 0) await sleep(5);
      driver.isPaused = false;
      driver.ready(0);
      await running;
      assert.deepEqual(
        driver.answers.map(({ status }) => status),
        [200, 200],
      );
      assert.equal(server.counts.connections, 2);
    });

    it('reopens a connection that was closed while idle without calling it an error', async () => {
      const server = await serve((socket) => {
        socket.write(HELLO);
        setTimeout(() => socket.end(), 10);
      });
      const driver = drive(server.port, 2);
      const running = driver.run();
      while (driver.issued === 0) await sleep(1);
      driver.isPaused = true;
      while (server.counts.connections === 0 || server.open() > 0) await sleep(5);
      driver.isPaused = false;
      driver.ready(0);
      await running;
      assert.deepEqual([driver.answers.length, driver.failures.length, server.counts.connections], [2, 0, 2]);
    });

    it('says how many were in flight when it is closed, once, and nothing after', async () => {
      const server = await serve(() => undefined);
      const driver = drive(server.port, 12, { lanes: 4, pipelining: 3 });
      driver.transport.open();
      await until('every request is out', () => server.counts.requests === 12);
      assert.equal(driver.transport.close(), 12);
      assert.equal(driver.transport.close(), 0);
      await sleep(50);
      assert.deepEqual([driver.answers.length, driver.failures.length], [0, 0]);
    });

    it('can be closed from within an answer, and then asks for nothing more', async () => {
      for (const answer of [HELLO, CLOSING]) {
        const server = await serve((socket) => socket.write(answer));
        const driver = drive(server.port, 1_000, { lanes: 2, pipelining: 4 });
        let inFlight = -1;
        driver.answered = (lane, ...fields) => {
          ClosedDriver.prototype.answered.call(driver, lane, ...fields);
          if (driver.answers.length === 5) inFlight = driver.transport.close();
        };
        driver.transport.open();
        await until('it is closed', () => inFlight >= 0);
        const { issued } = driver;
        await sleep(50);
        assert.equal(driver.issued, issued);
        assert.equal(driver.issued, driver.answers.length + driver.failures.length + inFlight);
        assert.ok(driver.issued < 40, `${driver.issued} requests`);
      }
    });

    it('does not take a second request into a connection whose first was answered before it was sent', async () => {
      const server = await serve((socket) => {
        socket.pause();
        socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n');
      });
      const body = { text: 'x'.repeat(20_000_000) };
      const run = await drive(server.port, 3, { send: { method: 'POST', body } }).run();
      assert.deepEqual(
        run.answers.map(({ status }) => status),
        [413, 413, 413],
      );
      assert.equal(server.counts.connections, 3);
    });

    it('reads the head alone when it asked for the head', async () => {
      const server = await serve((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'));
      const run = await drive(server.port, 10, { send: { method: 'HEAD' } }).run();
      assert.deepEqual([run.answers.length, server.counts.connections], [10, 1]);
    });

    it('reaches IPv6 addresses', async () => {
      const server = await serve((socket) => socket.write(HELLO), { host: '::1' });
      const run = await drive(server.port, 10, { address: '::1', send: { url: `http://[::1]:${server.port}/` } }).run();
      assert.equal(run.answers.length, 10);
    });
  });
}
