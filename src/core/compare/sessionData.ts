import type { CountedLatencies } from './countedLatencies';

/** What one server did within one block: its four (or two) slices together, guards and drains left out. */
export interface ArmBlock {
  /** Whole answers, whatever their status. */
  readonly requests: number;
  /** Measured time of this arm. */
  readonly timeS: number;
  /** Requests without a whole answer. */
  readonly failures: number;
  /** Status code to answers. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Median size of the bodies; null when it was not recorded. */
  readonly bodyBytes: number | null;
  /** CPU seconds of the server's process tree; null when it cannot be read. */
  readonly cpuS: number | null;
  /** Full stops, counted by `countStops`; null when answers came too rarely to see one. */
  readonly stops: number | null;
  /** Latencies that this comparison is about (from the due time under an open load); null when not kept. */
  readonly latencies: CountedLatencies | null;
}

export interface SessionBlock {
  readonly before: ArmBlock;
  readonly after: ArmBlock;
}

/** One launch of both servers. */
export interface SessionRound {
  readonly blocks: readonly SessionBlock[];
  /** False when the warm-up reached its limit before the speed stood still. */
  readonly steady: boolean;
  /** A sentence when something made the round worthless (sleep, power change, code changed); it is then left out. */
  readonly voided: string | null;
}

/** ln of how many times more requests a second the after side answered in each block; −Infinity or NaN where a side answered none. */
export function throughputLogRatios(blocks: readonly SessionBlock[]): number[] {
  return blocks.map(
    ({ before, after }) => Math.log(after.requests / after.timeS) - Math.log(before.requests / before.timeS),
  );
}

/** ln of the ratio of CPU seconds per request in each block; null when any block lacks CPU on either side. */
export function cpuLogRatios(blocks: readonly SessionBlock[]): number[] | null {
  const ratios = blocks.map(({ before, after }) => {
    if (before.cpuS === null || after.cpuS === null) return NaN;
    return Math.log(after.cpuS / after.requests) - Math.log(before.cpuS / before.requests);
  });
  return ratios.every(Number.isFinite) ? ratios : null;
}
