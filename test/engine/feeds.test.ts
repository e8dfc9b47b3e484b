import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { FeedPlan, PlannedFeed } from '../../src/core/model/feed';
import type { RequestTemplate } from '../../src/core/model/request';
import { FeedCursor } from '../../src/core/request/feedCursor';
import { encodeRequest } from '../../src/loadgen/transport/requestBytes';
import { prepareRequests } from '../../src/loadgen/transport/requestSource';
import { prepareTemplates } from '../../src/loadgen/transport/requestTemplates';
import { SocketTransport } from '../../src/loadgen/transport/socket';
import type { LaneListener, Transport, TransportOptions } from '../../src/loadgen/transport/transport';
import { UndiciTransport } from '../../src/loadgen/transport/undici';
import { ClosedDriver } from './socketDrive';

const ONE_KIND = new Uint8Array(1);

type Create = (options: TransportOptions, listener: LaneListener) => Transport;

interface Seen {
  readonly url: string;
  readonly header: string;
  readonly length: string;
  readonly body: string;
}

const TRANSPORTS: readonly (readonly [string, boolean, Create])[] = [
  ['socket', false, (options, listener) => new SocketTransport(options, listener)],
  ['undici', false, (options, listener) => new UndiciTransport({ ...options, http2: false }, listener)],
  ['undici with HTTP/2', true, (options, listener) => new UndiciTransport({ ...options, http2: true }, listener)],
];

const WORDS = ['a', 'b/c', 'dä', '€uro', '"q"', '𝄞', ' s p ', '%2F', '{x}', '\\', "it's", '0'];

function planOf(changes: Partial<FeedPlan> = {}): FeedPlan {
  const feeds: readonly PlannedFeed[] = [
    { name: 'id', source: 'words', values: { kind: 'list', values: WORDS } },
    { name: 'n', source: 'range', values: { kind: 'range', from: -3, to: 103 } },
    { name: 'u', source: 'random', values: { kind: 'random', form: 'uuid' } },
    { name: 'h', source: 'list', values: { kind: 'list', values: ['x', 'yé', ''] } },
  ];
  return { feeds, order: 'cycle', seed: 3, ...changes };
}

function requestTo(port: number): RequestTemplate {
  return {
    method: 'POST',
    url: `http://127.0.0.1:${port}/a/{id}/b/{n}?q={id}&u={u}`,
    headers: [
      ['X-Fed', '<{h}>{n}'],
      ['Content-Type', 'application/json'],
    ],
    body: { text: '{"id": "{id}", "n": {n}, "u": {u}, "all": ["{{id}}{n}"]}' },
  };
}

/** What a request with these values must arrive as. */
function expectedRows(plan: FeedPlan, count: number): Seen[] {
  const cursor = new FeedCursor(plan);
  return Array.from({ length: count }, () => {
    cursor.next();
    const [id, n, u, h] = [0, 1, 2, 3].map((feed) => cursor.value(feed));
    const [i, j] = [JSON.stringify(id).slice(1, -1), String(n)];
    const body = `{"id": "${i}", "n": ${j}, "u": "${String(u)}", "all": ["${i}${j}"]}`;
    return {
      url: `/a/${encodeURIComponent(String(id))}/b/${j}?q=${encodeURIComponent(String(id)).replace("'", '%27')}&u=${String(u)}`,
      header: `<${String(h)}>${j}`,
      length: String(Buffer.byteLength(body)),
      body,
    };
  });
}

function sorted(rows: readonly Seen[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}

for (const [name, http2, create] of TRANSPORTS) {
  describe(`a server that writes down what it receives (${name})`, () => {
    let server: Server;
    let port = 0;
    let seen: Seen[] = [];
    before(async () => {
      const take = (url: string, headers: NodeJS.Dict<string | string[]>, body: string): void => {
        const fed = Buffer.from(String(headers['x-fed']), 'latin1').toString('latin1');
        seen.push({ url, header: fed, length: String(headers['content-length']), body });
      };
      server = http2
        ? createHttp2Server((request, response) => {
            const parts: Buffer[] = [];
            request.on('data', (part: Buffer) => parts.push(part));
            request.on('end', () => {
              take(request.url, request.headers, Buffer.concat(parts).toString('utf8'));
              response.end('ok');
            });
          })
        : createServer((request, response) => {
            const parts: Buffer[] = [];
            request.on('data', (part: Buffer) => parts.push(part));
            request.on('end', () => {
              take(request.url ?? '', request.headers, Buffer.concat(parts).toString('utf8'));
              response.end('ok');
            });
          });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      port = (server.address() as AddressInfo).port;
    });
    after(() => {
      server.close();
      if ('closeAllConnections' in server) (server as { closeAllConnections(): void }).closeAllConnections();
    });

    const run = async (feeds: FeedPlan, requests: number, lanes: number, pipelining: number) => {
      seen = [];
      const options = {
        request: requestTo(port),
        feeds,
        lanes,
        pipelining,
        timeoutMs: 4_000,
        insecureTls: false,
        address: '127.0.0.1',
      };
      const driver = new ClosedDriver((listener) => create(options, listener), requests, pipelining);
      await driver.run();
      assert.deepEqual([driver.answers.length, driver.failures], [requests, []]);
      return driver;
    };

    it('agrees on every value of every row, in path, query, header and body', async () => {
      await run(planOf(), 250, 1, 1);
      assert.deepEqual(seen, expectedRows(planOf(), 250));
    });

    it('agrees with several connections and several requests in flight on each', async () => {
      await run(planOf(), 400, 3, 8);
      assert.deepEqual(sorted(seen), sorted(expectedRows(planOf(), 400)));
    });

    it('agrees on random rows, and on the rows of one thread of three', async () => {
      for (const plan of [planOf({ order: 'random' }), planOf({ share: { index: 1, count: 3 } })]) {
        await run(plan, 100, 2, 1);
        assert.deepEqual(sorted(seen), sorted(expectedRows(plan, 100)));
      }
    });

    if (!http2) {
      it('agrees on the bytes that were written', async () => {
        const driver = await run(planOf(), 50, 2, 1);
        assert.equal(driver.sentCount, 50);
        const body = seen.reduce((sum, { length }) => sum + Number(length), 0);
        assert.ok(driver.sentBytes > body + 50 * 100, `${driver.sentBytes} of ${body}`);
      });
    }
  });
}

describe('fed requests', () => {
  it('are byte for byte what encoding each by itself makes, whatever the values', () => {
    const value = fc.string({ unit: 'binary', maxLength: 30 });
    const feeds = fc.array(
      value.filter((text) => !['', '.', '..'].includes(text)),
      { minLength: 1, maxLength: 5 },
    );
    const types = fc.constantFrom('application/json', 'text/plain', 'application/x-www-form-urlencoded', 'text/xml');
    fc.assert(
      fc.property(feeds, types, fc.integer({ min: 1, max: 4 }), fc.integer(), (values, type, pipelining, from) => {
        const request: RequestTemplate = {
          method: 'PUT',
          url: 'http://127.0.0.1:8000/x/{v}/{n}?a={v}',
          headers: [['Content-Type', type]],
          body: { text: 'begin "{v}" {v} {n} ende ü' },
        };
        const plan: FeedPlan = {
          feeds: [
            { name: 'v', source: '', values: { kind: 'list', values } },
            { name: 'n', source: '', values: { kind: 'range', from, to: from + 1000 } },
          ],
          order: 'cycle',
          seed: 1,
        };
        const source = prepareRequests(request, plan, pipelining);
        const next = prepareTemplates(request, plan);
        for (let round = 0; round < 5; round += 1) {
          const each = Array.from({ length: pipelining }, () => Buffer.from(encodeRequest(next())));
          assert.equal(
            Buffer.from(source.take(pipelining, ONE_KIND, 0)).toString('latin1'),
            Buffer.concat(each).toString('latin1'),
          );
          assert.deepEqual(
            each.map((_, index) => source.sizeOf(index)),
            each.map(({ length }) => length),
          );
        }
      }),
    );
  });

  it('keep their bytes while later ones are made, over many slabs', () => {
    const values = Array.from({ length: 50 }, (_, index) => String(index).repeat(2_000));
    const plan: FeedPlan = {
      feeds: [{ name: 'v', source: '', values: { kind: 'list', values } }],
      order: 'cycle',
      seed: 1,
    };
    const request: RequestTemplate = { method: 'POST', url: 'http://h/', headers: [], body: { text: '{v}' } };
    const source = prepareRequests(request, plan, 3);
    const taken = Array.from({ length: 200 }, () => source.take(3, ONE_KIND, 0));
    const next = prepareTemplates(request, plan);
    for (const bytes of taken) {
      const expected = Buffer.concat([0, 1, 2].map(() => encodeRequest(next())));
      assert.ok(expected.equals(bytes));
    }
  });
});
