import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { AnswerChecks } from '../../src/core/model/answers';
import { AnswerInspector } from '../../src/loadgen/transport/answerInspector';
import { SocketTransport } from '../../src/loadgen/transport/socket';
import type { LaneListener, Transport, TransportOptions } from '../../src/loadgen/transport/transport';
import { UndiciTransport } from '../../src/loadgen/transport/undici';
import { ClosedDriver, optionsFor } from './socketDrive';

type Create = (options: TransportOptions, listener: LaneListener) => Transport;

const TRANSPORTS: readonly (readonly [string, Create])[] = [
  ['socket', (options, listener) => new SocketTransport(options, listener)],
  ['undici', (options, listener) => new UndiciTransport({ ...options, http2: false }, listener)],
];
const LONG = 'ä'.repeat(900_000);

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

for (const [name, create] of TRANSPORTS) {
  describe(`looking into answers (${name})`, () => {
    let server: Server;
    let port = 0;
    let count = 0;
    before(async () => {
      server = createServer((request, response) => {
        count += 1;
        if (request.url === '/chunked') {
          response.setHeader('Content-Type', 'text/plain; charset=utf-8');
          response.write('one ');
          setTimeout(() => response.end('two'), 1);
        } else if (request.url === '/long') response.end(LONG);
        else if (request.url === '/close') {
          response.writeHead(200, { Connection: 'close' });
          response.flushHeaders();
          response.end('until the end');
        } else if (request.url === '/alternating') {
          response.statusCode = count % 2 === 0 ? 200 : 500;
          response.end(`{"ok": ${String(count % 2 === 0)}, "items": [{"id": 7}]}`);
        } else response.end('{"ok": true, "items": [{"id": 7}]}');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      port = (server.address() as AddressInfo).port;
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    const run = async (path: string, checks: AnswerChecks, requests = 20) => {
      const samples: (readonly [string, string])[] = [];
      const reasons: (string | undefined)[] = [];
      const inspector = new AnswerInspector(checks, (type, hash) => samples.push([type, hash]));
      const options = optionsFor(port, { lanes: 2, inspector, send: { url: `http://127.0.0.1:${port}${path}` } });
      const driver = new ClosedDriver(
        (listener) => {
          const failed = listener.failed.bind(listener);
          listener.failed = (...fields) => {
            reasons.push(fields[4]);
            failed(...fields);
          };
          return create(options, listener);
        },
        requests,
        1,
      );
      await driver.run();
      return { samples, reasons, driver };
    };

    it('hashes whole bodies, chunked ones without their framing, the 1st, 2nd, 4th, 8th and 16th', async () => {
      const { samples, driver } = await run('/chunked', {});
      assert.equal(driver.answers.length, 20);
      assert.deepEqual(
        samples,
        Array.from({ length: 5 }, () => ['text/plain; charset=utf-8', sha256('one two')]),
      );
    });

    it('hashes the first MiB of a body that comes in many parts', async () => {
      const { samples } = await run('/long', {}, 2);
      const expected = createHash('sha256')
        .update(Buffer.from(LONG).subarray(0, 1024 * 1024))
        .digest('hex');
      assert.deepEqual(samples[0], ['', expected]);
    });

    it('hashes a body that the end of its connection ends', async () => {
      assert.deepEqual((await run('/close', {}, 1)).samples, [['', sha256('until the end')]]);
    });

    const fine: readonly AnswerChecks[] = [
      { statuses: [{ from: 200, to: 299 }] },
      { bodyContains: ['"id": 7', 'ok'] },
      { json: [{ path: '$.ok', equals: 'true' }] },
      { json: [{ path: '$.items[*].id', equals: null }] },
      { bodyBytes: 34 },
      { bodyHash: sha256('{"ok": true, "items": [{"id": 7}]}') },
    ];
    for (const checks of fine) {
      it(`lets the expected answer pass: ${JSON.stringify(checks)}`, async () => {
        const { driver } = await run('/', checks);
        assert.deepEqual([driver.answers.length, driver.failures], [20, []]);
      });
    }

    const wrong: readonly (readonly [AnswerChecks, string])[] = [
      [{ statuses: [{ from: 201, to: 201 }] }, 'status 200 instead of 201'],
      [{ bodyContains: ['nothing'] }, 'the body does not contain "nothing"'],
      [{ json: [{ path: '$.ok', equals: 'false' }] }, '$.ok is true instead of false'],
      [{ json: [{ path: '$.none', equals: null }] }, '$.none finds nothing'],
      [{ bodyBytes: 33 }, 'a body of 34 bytes instead of 33'],
    ];
    for (const [checks, reason] of wrong) {
      it(`does not count another answer: ${reason}`, async () => {
        const { driver, reasons } = await run('/', checks);
        assert.equal(driver.answers.length, 0);
        assert.deepEqual([...new Set(reasons)], [reason]);
        assert.equal(reasons.length, 20);
        assert.ok(driver.connectUs.length <= 2, 'a wrong answer costs no connection');
      });
    }

    it('tells the right answers from the wrong ones among them', async () => {
      const { driver, reasons } = await run('/alternating', { json: [{ path: '$.ok', equals: 'true' }] });
      assert.equal(driver.answers.length, 10);
      assert.deepEqual([...new Set(reasons)], ['$.ok is false instead of true']);
    });
  });
}
