import type { PairLoad, PairSide } from '../../core/model/pairPlan';
import type { AnswerChecks } from '../../core/model/answers';
import { AnswerInspector } from '../transport/answerInspector';
import { chooseTransport } from '../transport/choose';
import { nowUs } from '../transport/clock';
import type { Transport } from '../transport/transport';
import { SliceCounts } from './sliceCounts';
import { treeCpuSeconds } from './treeCpu';

/**
 * One of the two servers: its connections stay open, and it is loaded in slices. Between slices nothing is in flight, so that
 * the other one has the machine to itself.
 */
export class PairArm {
  readonly #transport: Transport;
  readonly #pipelining: number;
  readonly #pid: number | null;
  readonly #outstanding: Int32Array;
  readonly #isWaiting: Uint8Array;
  #inFlight = 0;
  #counts = new SliceCounts(0, 0);
  #endUs = 0;
  #isSending = false;
  #onIdle: (() => void) | null = null;
  #timer: NodeJS.Timeout | undefined;

  /** Fails like the transport's constructor when the request cannot be sent at all. */
  constructor(side: PairSide, load: PairLoad, checks: AnswerChecks, address: string) {
    this.#pipelining = load.pipelining;
    this.#pid = side.pid;
    this.#outstanding = new Int32Array(load.connections);
    this.#isWaiting = new Uint8Array(load.connections);
    const options = {
      request: side.request,
      ...(side.feeds ? { feeds: side.feeds } : {}),
      lanes: load.connections,
      pipelining: load.pipelining,
      timeoutMs: load.timeoutMs,
      insecureTls: load.insecureTls,
      address,
      inspector: new AnswerInspector(checks, () => undefined),
    };
    this.#transport = chooseTransport(load, options, {
      sent: () => undefined,
      connected: () => undefined,
      answered: (lane, status, startUs, _firstByteUs, endUs, _headBytes, bodyBytes) => {
        this.#settle(lane);
        this.#counts.answered(status, startUs, endUs, bodyBytes);
        if (endUs >= this.#endUs) this.#isSending = false;
        this.#checkIdle();
      },
      failed: (lane, kind) => {
        this.#settle(lane);
        this.#counts.failed(kind);
        this.#checkIdle();
      },
      ready: (lane) => this.#ready(lane),
    }).transport;
  }

  open(): void {
    this.#transport.open();
  }

  /**
   * Loads the server for `durationMs` and then waits until every answer has come; what comes in the first `guardMs` or after
   * the end is left out. A request that is never answered ends by its time limit.
   */
  async slice(durationMs: number, guardMs: number): Promise<SliceCounts> {
    const cpuBeforeS = this.#readCpu();
    const startUs = nowUs();
    this.#endUs = startUs + durationMs * 1000;
    const counts = new SliceCounts(startUs + guardMs * 1000, this.#endUs);
    this.#counts = counts;
    this.#isSending = true;
    for (let lane = 0; lane < this.#isWaiting.length; lane++) if (this.#isWaiting[lane] === 1) this.#ready(lane);
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
      this.#timer = setTimeout(() => {
        this.#isSending = false;
        this.#checkIdle();
      }, durationMs);
    });
    const cpuAfterS = this.#readCpu();
    if (cpuBeforeS !== null && cpuAfterS !== null) counts.cpuS = Math.max(0, cpuAfterS - cpuBeforeS);
    return counts;
  }

  /** Sends nothing more and drops what is in flight; a slice under way ends at once. */
  close(): void {
    clearTimeout(this.#timer);
    this.#isSending = false;
    this.#transport.close();
    this.#inFlight = 0;
    this.#checkIdle();
  }

  #readCpu(): number | null {
    return this.#pid === null ? null : treeCpuSeconds(this.#pid);
  }

  #ready(lane: number): void {
    while (this.#isSending && (this.#outstanding[lane] ?? 0) < this.#pipelining) {
      this.#outstanding[lane] = (this.#outstanding[lane] ?? 0) + 1;
      this.#inFlight++;
      this.#transport.send(lane);
    }
    this.#isWaiting[lane] = (this.#outstanding[lane] ?? 0) < this.#pipelining ? 1 : 0;
  }

  /** A transport may lose a request that it had not been given, when a connection cannot be opened ahead of time. */
  #settle(lane: number): void {
    const before = this.#outstanding[lane] ?? 0;
    if (before === 0) return;
    this.#outstanding[lane] = before - 1;
    this.#inFlight--;
  }

  #checkIdle(): void {
    if (this.#inFlight > 0 || this.#isSending || !this.#onIdle) return;
    const resolve = this.#onIdle;
    this.#onIdle = null;
    clearTimeout(this.#timer);
    setImmediate(resolve);
  }
}
