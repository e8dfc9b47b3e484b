import { COMPLETE, MALFORMED, ResponseParser } from '../../src/loadgen/transport/responseParser';
import { HeadMemory } from '../../src/loadgen/transport/responseParserMemory';

export interface ParsedAnswer {
  readonly status: number;
  readonly headBytes: number;
  readonly bodyBytes: number;
  readonly keepAlive: boolean;
}

export interface ParseResult {
  readonly answers: ParsedAnswer[];
  /** The stream was not HTTP, or ended in the middle of an answer. */
  readonly isBroken: boolean;
}

export function bytes(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** Cuts a stream before each of the offsets. */
export function cut(stream: Uint8Array, offsets: readonly number[]): Uint8Array[] {
  const ends = [...offsets, stream.length];
  return ends.map((end, index) => stream.subarray(index === 0 ? 0 : ends[index - 1], end));
}

/** Runs the product's parser over a stream as the transport does, up to the first answer that ends the connection. */
export function parse(
  pieces: readonly Uint8Array[],
  options: { isHead?: boolean; ends?: boolean; memory?: HeadMemory } = {},
): ParseResult {
  const { isHead = false, ends = true, memory = new HeadMemory() } = options;
  const parser = new ResponseParser({ isHead, memory });
  const answers: ParsedAnswer[] = [];
  let isHalfRead = false;
  const keep = (): boolean => {
    const { status, headBytes, bodyBytes, keepAlive } = parser;
    answers.push({ status, headBytes, bodyBytes, keepAlive });
    parser.next();
    isHalfRead = false;
    return keepAlive;
  };
  for (const piece of pieces) {
    let at = 0;
    while (at < piece.length) {
      const end = parser.push(piece, at, piece.length);
      if (parser.state === MALFORMED) return { answers, isBroken: true };
      if (parser.state === COMPLETE && !keep()) return { answers, isBroken: false };
      if (end <= at) throw new Error('The parser took nothing: it would hang.');
      // Empty lines alone are no part of an answer.
      if (parser.headBytes > 0) isHalfRead ||= piece.subarray(at, end).some((byte) => byte !== 13 && byte !== 10);
      at = end;
    }
  }
  if (!ends) return { answers, isBroken: false };
  parser.endOfStream();
  if (parser.state === COMPLETE) keep();
  return { answers, isBroken: isHalfRead };
}
