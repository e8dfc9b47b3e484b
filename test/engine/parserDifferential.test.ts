import { strict as assert } from 'node:assert';
import { describe, it } from 'node:test';
import { CORPUS } from './parserCorpus';
import { bytes, cut, parse } from './parserDrive';
import type { ParseResult } from './parserDrive';
import { loadLlhttp } from './parserLlhttp';

const llhttp = loadLlhttp();

function judged(pieces: readonly Uint8Array[], isHead: boolean): ParseResult {
  const { answers, isBroken } = llhttp(pieces, isHead, true);
  return { answers: answers.map((answer) => ({ ...answer, headBytes: 0 })), isBroken };
}

function withoutHeads(result: ParseResult): ParseResult {
  return { ...result, answers: result.answers.map((answer) => ({ ...answer, headBytes: 0 })) };
}

describe('the parser and llhttp agree', () => {
  for (const { what, stream, isHead = false, differs, becomes } of CORPUS) {
    it(`${what}${differs === undefined ? '' : ` (differs: ${differs})`}`, () => {
      const whole = bytes(stream);
      const ours = parse([whole], { isHead });
      if (differs === undefined) assert.deepEqual(withoutHeads(ours), judged([whole], isHead));
      else {
        const answers = becomes ? [{ ...becomes, headBytes: 0 }] : [];
        assert.deepEqual(withoutHeads(ours), { answers, isBroken: !becomes });
      }
      for (let at = 1; at < whole.length; at += 1) {
        assert.deepEqual(parse(cut(whole, [at]), { isHead }), ours, `cut at ${at}`);
      }
      const single = cut(
        whole,
        Array.from({ length: Math.max(0, whole.length - 1) }, (_, index) => index + 1),
      );
      assert.deepEqual(parse(single, { isHead }), ours, 'byte by byte');
    });
  }
});
