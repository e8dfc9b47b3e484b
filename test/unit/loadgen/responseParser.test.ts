import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { HeadMemory } from '../../../src/loadgen/transport/responseParserMemory';
import { HEAD_LIMIT_BYTES } from '../../../src/loadgen/transport/responseParserHead';
import { CHUNK_LINE_LIMIT_BYTES } from '../../../src/loadgen/transport/responseParserChunks';
import { bytes, cut, parse } from '../../engine/parserDrive';

const OK = 'HTTP/1.1 200 OK\r\n';

describe('ResponseParser', () => {
  it('counts every byte of an answer once, as head or as body', () => {
    for (const stream of [
      `${OK}Content-Length: 5\r\n\r\nhello`,
      `${OK}Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n`,
      `HTTP/1.1 103 H\r\nLink: x\r\n\r\n${OK}\r\nhello`,
    ]) {
      const [answer] = parse([bytes(stream)]).answers;
      assert.equal(answer?.bodyBytes, 5);
      assert.equal(answer.headBytes + answer.bodyBytes, stream.length);
    }
  });

  it('reads a body of 100 MB without keeping it', () => {
    const piece = new Uint8Array(1 << 20);
    const pieces = [bytes(`${OK}Content-Length: ${100 << 20}\r\n\r\n`), ...Array.from({ length: 100 }, () => piece)];
    assert.deepEqual(
      parse(pieces, { ends: false }).answers.map((answer) => answer.bodyBytes),
      [100 << 20],
    );
  });

  it('takes a head of the longest size and refuses one byte more, however it is cut', () => {
    const start = `${OK}Content-Length: 0\r\nX: `;
    const fill = (size: number): Uint8Array => bytes(`${start}${'a'.repeat(size - start.length - 4)}\r\n\r\n`);
    for (const [size, isBroken] of [
      [HEAD_LIMIT_BYTES, false],
      [HEAD_LIMIT_BYTES + 1, true],
    ] as const) {
      const stream = fill(size);
      assert.equal(parse([stream]).isBroken, isBroken);
      assert.equal(parse(cut(stream, [10, HEAD_LIMIT_BYTES - 1, HEAD_LIMIT_BYTES])).isBroken, isBroken);
    }
  });

  it('refuses a million headers, endless interim answers, endless chunk extensions and endless trailers', () => {
    const chunked = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
    assert.ok(parse([bytes(OK + 'A: b\r\n'.repeat(1_000_000))], { ends: false }).isBroken);
    assert.ok(parse([bytes('HTTP/1.1 102 P\r\n\r\n'.repeat(10_000))], { ends: false }).isBroken);
    assert.ok(parse([bytes(`${chunked}1;${'a'.repeat(CHUNK_LINE_LIMIT_BYTES)}`)], { ends: false }).isBroken);
    assert.ok(parse([bytes(`${chunked}${'0'.repeat(CHUNK_LINE_LIMIT_BYTES + 1)}`)], { ends: false }).isBroken);
    assert.ok(parse([bytes(`${chunked}0\r\n${'A: b\r\n'.repeat(20_000)}`)], { ends: false }).isBroken);
  });

  it('reads over 100 and refuses 101, which nobody asked for', () => {
    assert.equal(parse([bytes(`HTTP/1.1 100 C\r\n\r\n${OK}Content-Length: 1\r\n\r\nx`)]).answers[0]?.status, 200);
    assert.ok(parse([bytes('HTTP/1.1 101 S\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n\x81\x05')]).isBroken);
  });

  it('never waits for the body of a 204, a 304 or an answer to HEAD', () => {
    for (const status of ['204', '304']) {
      const stream = `HTTP/1.1 ${status} X\r\nContent-Length: 9\r\n\r\n`;
      assert.deepEqual(
        parse([bytes(stream)], { ends: false }).answers.map((answer) => answer.bodyBytes),
        [0],
      );
    }
    const head = parse([bytes(`${OK}Transfer-Encoding: chunked\r\n\r\n`)], { ends: false, isHead: true });
    assert.deepEqual(
      head.answers.map((answer) => answer.keepAlive),
      [true],
    );
  });

  it('is not misled by a head that begins like the remembered one', () => {
    const memory = new HeadMemory();
    const first = bytes(`${OK}Content-Length: 5\r\n\r\nhello`);
    assert.equal(parse([first, first], { memory }).answers.length, 2);
    const longer = parse([bytes(`${OK}Content-Length: 50\r\n\r\n${'x'.repeat(50)}`)], { memory });
    assert.deepEqual(
      longer.answers.map((answer) => answer.bodyBytes),
      [50],
    );
    const closing = parse([bytes(`${OK}Content-Length: 5\r\nConnection: close\r\n\r\nhello`)], { memory });
    assert.deepEqual(
      closing.answers.map((answer) => answer.keepAlive),
      [false],
    );
  });
});
