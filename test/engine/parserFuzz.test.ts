import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { HeadMemory } from '../../src/loadgen/transport/responseParserMemory';
import { CORPUS } from './parserCorpus';
import { bytes, cut, parse } from './parserDrive';
import { loadLlhttp } from './parserLlhttp';

/** A few thousand here; the nightly run asks for a million. */
const CASES = Number(process.env['EP_FUZZ_CASES'] ?? 4_000);
const FIRST_SEED = Number(process.env['EP_FUZZ_SEED'] ?? 1);

const PIECES = [
  ...['\r\n', '\r', '\n', ' ', ':', ';', ',', '=', '"', '\\', '\0', '\xff', '0', '1', '5', 'a', 'F', '+', '-'],
  ...['HTTP/1.1 200 OK\r\n', 'HTTP/1.0 200 OK\r\n', 'HTTP/1.1 103 Hints\r\n\r\n', 'HTTP/1.1 304 No\r\n', 'HTTP/'],
  ...[
    'Content-Length: 3\r\n',
    'Content-Length:',
    'Transfer-Encoding: chunked\r\n',
    'Transfer-Encoding: gzip, chunked\r\n',
  ],
  ...['Connection: close\r\n', 'Connection: keep-alive\r\n', 'close', 'chunked', 'X: y\r\n', '\r\n\r\n', '0\r\n\r\n'],
  ...['3\r\nabc\r\n', '2;x=y\r\nab\r\n', '1;q="a\\"b"\r\nz\r\n'],
];

/** Where the product follows the RFC and llhttp does not; `parserCorpus.ts` names each with its reason. */
const DIFFERENCES = [
  /HTTP\/(0\.9|2\.0)|RTSP|ICE\//,
  /HTTP\/1\.[01] (0\d\d|101)/,
  /HTTP\/1\.[01] 1\d\d(?![^]*\nHTTP\/)/,
  /HTTP\/1\.[01] [23]04[^]*(content-length|transfer-encoding)/i,
  /HTTP\/1\.0[^]*(transfer-encoding|close)/i,
  /\t|\x7f|\d{14}/,
  /\r\r/, // taken for the end of a status line by the llhttp that undici carries
  /transfer-encoding: *\r/i,
  /\n0+[^\n]*\r\n([^\r\n:]+:[^\n]*\r\n)*transfer-encoding:/i,
];

/** Mulberry32: the same seed gives the same case everywhere. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function mutate(random: (below: number) => number): { stream: string; isHead: boolean } {
  const pick = <T>(items: readonly T[]): T => items[random(items.length)]!;
  const base = pick(CORPUS);
  let stream = base.stream + (random(3) === 0 ? pick(CORPUS).stream : '');
  for (let round = random(4); round > 0; round -= 1) {
    const at = random(stream.length + 1);
    const kind = random(4);
    if (kind === 0) stream = stream.slice(0, at) + pick(PIECES) + stream.slice(at);
    else if (kind === 1) stream = stream.slice(0, at) + stream.slice(at + 1 + random(6));
    else if (kind === 2) stream = stream.slice(0, at) + String.fromCharCode(random(256)) + stream.slice(at + 1);
    else stream = stream.slice(0, at) + stream.slice(random(stream.length + 1));
  }
  return { stream: stream.slice(0, 4_000), isHead: base.isHead ?? random(12) === 0 };
}

describe('the parser under mutated streams', () => {
  it(`takes ${CASES} of them as llhttp does, however they are cut and whatever was read before`, () => {
    const llhttp = loadLlhttp();
    const memories = { true: new HeadMemory(), false: new HeadMemory() };
    let compared = 0;
    for (let seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed += 1) {
      const random = randomFrom(seed);
      const { stream, isHead } = mutate(random);
      const whole = bytes(stream);
      const result = parse([whole], { isHead });
      const offsets = Array.from({ length: 1 + random(5) }, () => random(whole.length + 1)).sort((a, b) => a - b);
      const about = `seed ${seed}: ${JSON.stringify(stream)} cut at ${offsets.join()}`;
      assert.deepEqual(parse(cut(whole, offsets), { isHead }), result, about);
      assert.deepEqual(parse([whole], { isHead, memory: memories[`${isHead}`] }), result, about);
      // An answer needs a status line: none is counted twice, none is made up.
      assert.ok(result.answers.length <= stream.split('HTTP/1.').length - 1, about);
      if (DIFFERENCES.some((pattern) => pattern.test(stream))) continue;
      const judge = llhttp([whole], isHead, true);
      const ours = result.answers.map(({ status, bodyBytes, keepAlive }) => ({ status, bodyBytes, keepAlive }));
      assert.deepEqual(
        { answers: ours, isBroken: result.isBroken },
        { answers: judge.answers, isBroken: judge.isBroken },
        about,
      );
      compared += 1;
    }
    assert.ok(compared > CASES / 3, `only ${compared} of ${CASES} were compared with llhttp`);
  });
});
