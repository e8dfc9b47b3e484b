import type { MixResult } from '../model/mix';
import type { ErrorKind } from '../model/run';
import { addCounts } from '../stats/addCounts';
import { AnswerTally, type AnswerColumns } from '../stats/answerTally';
import { LatencyHistogram, type HistogramColumns } from '../stats/histogram';
import { summarizeLatency } from '../stats/summarizeLatency';

/** Counts of one request of a mix; those of several threads add up. */
export interface MixCounts {
  readonly sent: number;
  readonly requests: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly errors: Readonly<Partial<Record<ErrorKind, number>>>;
  readonly warmupErrors: Readonly<Partial<Record<ErrorKind, number>>>;
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

/** What one thread counted for one request of a mix. */
export interface MixTally {
  readonly counts: MixCounts;
  readonly latencies: HistogramColumns;
  /** From the due time; empty in a closed loop. */
  readonly corrected: HistogramColumns;
  readonly answers: AnswerColumns;
}

const NOTHING: MixCounts = {
  sent: 0,
  requests: 0,
  statuses: {},
  errors: {},
  warmupErrors: {},
  bytesRead: 0,
  bytesWritten: 0,
};

export interface MixFacts {
  /** How many requests the mix has. */
  readonly count: number;
  readonly isOpen: boolean;
  /** Of the measured phase; 0 when it was not reached. */
  readonly durationMs: number;
  /** Encoding takes milliseconds for each request, in which nothing is sent. */
  readonly encodes: boolean;
}

/** The results of a mix's requests, in their order, from what each thread counted. */
export function summarizeMix(
  { count, isOpen, durationMs, encodes }: MixFacts,
  threads: readonly (readonly MixTally[])[],
): readonly MixResult[] {
  return Array.from({ length: count }, (_, index) => {
    const tallies = threads.flatMap((thread) => thread[index] ?? []);
    const counts = tallies.reduce((sum, tally) => addCounts(sum, tally.counts), NOTHING);
    const latencies = addUp(tallies.map((tally) => tally.latencies));
    const answers = new AnswerTally();
    for (const tally of tallies) answers.addColumns(tally.answers);
    const { sent, requests, statuses, errors, warmupErrors, bytesRead, bytesWritten } = counts;
    return {
      sent,
      requests,
      throughputRps: durationMs > 0 ? requests / (durationMs / 1000) : 0,
      latencyMs: summarizeLatency(latencies),
      ...(isOpen ? { correctedLatencyMs: summarizeLatency(addUp(tallies.map((tally) => tally.corrected))) } : {}),
      statuses,
      // A run that broke off in its warm-up would otherwise not say why.
      errors: durationMs > 0 ? errors : warmupErrors,
      bytesRead,
      bytesWritten,
      answers: answers.facts(),
      histogram: encodes ? latencies.encode() : '',
    };
  });
}

function addUp(parts: readonly HistogramColumns[]): LatencyHistogram {
  const total = new LatencyHistogram();
  for (const columns of parts) if (columns.indexes.length > 0) total.addColumns(columns);
  return total;
}
