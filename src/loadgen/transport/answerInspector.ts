import type { AnswerChecks } from '../../core/model/answers';
import { CHECKED_BODY_LIMIT, checkJson, checkSize, checkStatus, clip, needsBody } from '../../core/request/checks';
import { AnswerReader } from './answerReader';

const SAMPLE_EVERY = 1_024;

/** Hears of the answers that were looked into. */
export type SampleListener = (contentType: string, bodyHash: string) => void;

/**
 * Looks into answers for a transport: into every one where a check needs its body, otherwise into the 1st, 2nd, 4th, 8th
 * and so on, and then into one of 1,024, so that looking costs nothing that could be measured.
 */
export class AnswerInspector {
  readonly #checks: AnswerChecks;
  readonly #onSample: SampleListener;
  readonly #hasChecks: boolean;
  readonly #readsBodies: boolean;
  readonly #needles: readonly { readonly text: string; readonly bytes: Buffer }[];
  #untilSample = 1;
  #gap = 1;

  constructor(checks: AnswerChecks, onSample: SampleListener) {
    this.#checks = checks;
    this.#onSample = onSample;
    this.#hasChecks = Object.keys(checks).length > 0;
    this.#readsBodies = needsBody(checks);
    this.#needles = (checks.bodyContains ?? []).map((text) => ({ text, bytes: Buffer.from(text, 'utf8') }));
  }

  /** The next answer is sampled again: the measured phase begins. */
  restart(): void {
    this.#untilSample = 1;
    this.#gap = 1;
  }

  /** An answer begins; most are read by nobody. */
  begin(): AnswerReader | null {
    this.#untilSample -= 1;
    const isSample = this.#untilSample === 0;
    if (!isSample && !this.#hasChecks) return null;
    if (isSample) {
      this.#untilSample = this.#gap;
      this.#gap = Math.min(SAMPLE_EVERY, this.#gap * 2);
    }
    const wantsHash = this.#checks.bodyHash !== undefined;
    if (!isSample && !this.#readsBodies && !wantsHash) return null;
    return new AnswerReader(isSample, isSample || wantsHash, this.#readsBodies ? CHECKED_BODY_LIMIT : 0);
  }

  /** A whole answer came: why it is not the expected one, or null when it is. A right one is then sampled. */
  end(status: number, bodyBytes: number, reader: AnswerReader | null): string | null {
    if (reader === null && !this.#hasChecks) return null;
    const reason = checkStatus(this.#checks, status) ?? checkSize(this.#checks, bodyBytes) ?? this.#checkBody(reader);
    if (reason === null && reader?.isSample === true) this.#onSample(reader.contentType, reader.hash());
    return reason;
  }

  #checkBody(reader: AnswerReader | null): string | null {
    const { bodyHash } = this.#checks;
    if (reader === null) return null;
    if (bodyHash !== undefined && !reader.hash().startsWith(bodyHash)) {
      return `a body with hash ${reader.hash().slice(0, 12)}…`;
    }
    if (!this.#readsBodies) return null;
    const body = reader.body();
    if (body === null) return `a body of more than ${CHECKED_BODY_LIMIT / 1024 / 1024} MiB, which is not looked into`;
    const missing = this.#needles.find(({ bytes }) => !body.includes(bytes));
    if (missing) return `the body does not contain ${clip(JSON.stringify(missing.text))}`;
    return checkJson(this.#checks, body.toString('utf8'));
  }
}
