import type { Snapshot } from '../core/model/runPlan';
import { formatCount, formatLatency, formatRate } from '../core/report/format';
import { totalCount } from '../core/stats/totalCount';

const PHASES: Readonly<Record<Snapshot['phase'], string>> = {
  connect: 'Connecting',
  warmup: 'Warming up',
  measure: 'Measuring',
  drain: 'Finishing',
};

/** One line of a terminal that is written over itself; writes nothing where there is no terminal. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  #isShown = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  show(text: string): void {
    if (!this.#stream.isTTY) return;
    this.#isShown = true;
    this.#stream.write(`\r\u001b[2K${text.slice(0, Math.max(20, this.#stream.columns - 1))}`);
  }

  clear(): void {
    if (this.#isShown) this.#stream.write('\r\u001b[2K');
    this.#isShown = false;
  }
}

/** `Measuring 42 %  8.2k req/s  p50 1.9 ms  p99 4.0 ms  2 errors`, rates of the last interval. */
export function describeSnapshot(snapshot: Snapshot): string {
  const { rows, progress } = snapshot;
  const last = rows.tMs.length - 1;
  const parts = [
    progress === null
      ? `${PHASES[snapshot.phase]} ${(snapshot.elapsedMs / 1000).toFixed(1)} s`
      : `${PHASES[snapshot.phase]} ${Math.round(progress * 100)} %`,
  ];
  if (last >= 0) {
    parts.push(
      formatRate(((rows.requests[last] ?? 0) * 1000) / rows.intervalMs),
      `p50 ${formatLatency(rows.p50Ms[last] ?? 0)}`,
      `p99 ${formatLatency(rows.p99Ms[last] ?? 0)}`,
    );
  }
  const errors = totalCount(snapshot.errors);
  if (errors > 0) parts.push(`${formatCount(errors)} errors`);
  return parts.join('  ');
}
