import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { SocketTransport } from '../../src/loadgen/transport/socket';
import type { LaneListener, Transport, TransportOptions } from '../../src/loadgen/transport/transport';
import { UndiciTransport } from '../../src/loadgen/transport/undici';
import { CORPUS } from './parserCorpus';
import type { CorpusCase } from './parserCorpus';
import { ClosedDriver, optionsFor, startRawServer } from './socketDrive';

interface Outcome {
  readonly status: number;
  readonly bodyBytes: number;
  readonly isLost: boolean;
}

/** Serves the stream to one request, in pieces of `pieceBytes` (0: whole), and hangs up. */
async function outcome(
  create: (options: TransportOptions, listener: LaneListener) => Transport,
  { stream, isHead = false }: CorpusCase,
  pieceBytes: number,
): Promise<Outcome> {
  const bytes = Buffer.from(stream, 'latin1');
  const server = await startRawServer((socket) => {
    void (async () => {
      for (let at = 0; at < bytes.length && !socket.destroyed; at += pieceBytes || bytes.length) {
        socket.write(bytes.subarray(at, pieceBytes === 0 ? bytes.length : at + pieceBytes));
        await new Promise(setImmediate);
      }
      socket.end();
    })();
  });
  const options = optionsFor(server.port, { send: { method: isHead ? 'HEAD' : 'GET' } });
  const driver = await new ClosedDriver((listener) => create(options, listener), 1, 1).run();
  await server.close();
  const answer = driver.answers[0];
  return { status: answer?.status ?? 0, bodyBytes: answer?.bodyBytes ?? 0, isLost: driver.failures.length > 0 };
}

/** Bytes after the answer: the product loses the request, because it cannot know which answer is meant; undici takes the first. */
const HAS_SURPLUS = /longer than promised|two answers|three equal|two HEAD|empty lines between/;

describe('the socket transport and undici, before one server', () => {
  const socket = (options: TransportOptions, listener: LaneListener): Transport =>
    new SocketTransport(options, listener);
  const undici = (options: TransportOptions, listener: LaneListener): Transport =>
    new UndiciTransport({ ...options, http2: false }, listener);

  for (const each of CORPUS.filter(({ differs, what }) => differs === undefined && !HAS_SURPLUS.test(what))) {
    it(`agree on: ${each.what}`, async () => {
      const expected = await outcome(undici, each, 0);
      assert.deepEqual(await outcome(socket, each, 0), expected);
      assert.deepEqual(await outcome(socket, each, 1), expected, 'byte by byte');
    });
  }
});
