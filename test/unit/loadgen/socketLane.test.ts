import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { prepareRequests } from '../../../src/loadgen/transport/requestSource';
import { HeadMemory } from '../../../src/loadgen/transport/responseParserMemory';
import type { ConnectionListener } from '../../../src/loadgen/transport/socketConnection';
import { SocketLane } from '../../../src/loadgen/transport/socketLane';
import { WriteBatch } from '../../../src/loadgen/transport/writeBatch';

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';
const REQUEST = { method: 'GET', url: 'http://127.0.0.1/', headers: [], body: null } as const;

/** A lane that sends as soon as it can, on connections whose events the test chooses; what happened is in `log`. */
function laneWith(lanes: number) {
  const log: string[] = [];
  const buffer = Buffer.alloc(4096);
  const listeners: ConnectionListener[] = [];
  const lane: SocketLane = new SocketLane(0, {
    connector: {
      buffer,
      connect: (listener) => {
        const name = listeners.push(listener);
        log.push(`connect ${name}`);
        return { hasUnsent: false, write: () => log.push(`write ${name}`), close: () => undefined };
      },
    },
    listener: {
      sent: () => undefined,
      connected: () => undefined,
      answered: () => log.push('answered'),
      failed: (_lane, kind) => log.push(kind),
      ready: () => lane.send(0),
    },
    parser: { isHead: false, memory: new HeadMemory() },
    requests: prepareRequests(REQUEST, null, 1),
    pipelining: 1,
    timeoutUs: 5e6,
    inspector: null,
    mix: null,
    batch: new WriteBatch(lanes),
  });
  const receive = (text: string): void => lane.received(buffer.write(text));
  lane.send(0);
  lane.opened();
  return { lane, log, receive };
}

describe('a lane among many', () => {
  it('writes its next request when the turn is over', async () => {
    const { log, receive } = laneWith(64);
    receive(ANSWER);
    assert.deepEqual(log, ['connect 1', 'write 1', 'answered']);
    await turn();
    assert.deepEqual(log, ['connect 1', 'write 1', 'answered', 'write 1']);
  });

  for (const [what, happen] of [
    ['closes', (lane: SocketLane) => lane.ended()],
    ['is lost', (lane: SocketLane) => lane.broke('reset')],
    ['says what nobody asked for', (_lane: SocketLane, receive: (text: string) => void) => receive(ANSWER)],
  ] as const) {
    it(`sends a request that was not written yet over another connection when its own ${what}`, async () => {
      const { lane, log, receive } = laneWith(64);
      receive(ANSWER);
      happen(lane, receive);
      assert.deepEqual(log, ['connect 1', 'write 1', 'answered', 'connect 2']);
      await turn();
      lane.opened();
      receive(ANSWER);
      assert.deepEqual(log.slice(4), ['write 2', 'answered']);
    });
  }

  it('writes nothing more once it is closed, and tells of what waited', async () => {
    const { lane, log, receive } = laneWith(64);
    receive(ANSWER);
    assert.equal(lane.close(), 1);
    await turn();
    assert.deepEqual(log, ['connect 1', 'write 1', 'answered']);
  });
});

describe('a lane among few', () => {
  it('writes its next request at once', () => {
    const { log, receive } = laneWith(4);
    receive(ANSWER);
    assert.deepEqual(log, ['connect 1', 'write 1', 'answered', 'write 1']);
  });
});
