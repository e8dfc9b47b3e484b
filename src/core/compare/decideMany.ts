import type { Comparison, Verdict } from '../model/comparison';
import { decideSession } from './decideSession';
import type { SessionOptions } from './decideSession';
import { holm } from './holm';
import { judge } from './judge';
import { estimateRound, launchInterval, launchP, pooledLaunches } from './launchInterval';
import { SESSION_ALPHA } from './looks';
import type { SessionRound } from './sessionData';
import { throughputLogRatios } from './sessionData';

/** One of several endpoints that were measured in the same launches, slices taking turns. */
export interface MeasuredEndpoint {
  readonly id: string;
  readonly rounds: readonly SessionRound[];
}

/** What can be said of one endpoint when many were looked at. */
export interface EndpointVerdict {
  readonly id: string;
  /** The verdict that holds among all endpoints; `comparison.verdict` is what the endpoint would get alone. */
  readonly verdict: Verdict;
  readonly comparison: Comparison;
}

/**
 * "Which endpoint did my change touch?": a closed-loop throughput verdict for each, with Holm's rule over all endpoints at
 * 5 %, so that fifty unchanged endpoints do not yield a changed one. Looked at once, at the end. "No difference" needs no
 * such correction for a wrong "changed" and is given when the endpoint's own 95 % interval lies inside the margin.
 * Order as given; throws `nothing-to-compare` when an endpoint was not measured at all.
 */
export function decideMany(endpoints: readonly MeasuredEndpoint[], options: SessionOptions): EndpointVerdict[] {
  const decided = endpoints.map(({ id, rounds }) => {
    const comparison = decideSession(rounds, { ...options, primary: 'throughput' });
    return { id, comparison, summary: comparison.blocker === null ? summarise(rounds, comparison, options) : null };
  });
  const judged = decided.flatMap(({ summary }) => summary ?? []);
  const changed = holm(judged.map(launchP), SESSION_ALPHA);
  return decided.map(({ id, comparison, summary }) => {
    if (summary === null) return { id, comparison, verdict: 'inconclusive' };
    const alone = judge(launchInterval(summary, SESSION_ALPHA), Math.log1p(options.margin)).verdict;
    const holds = alone === 'equivalent' || changed[judged.indexOf(summary)] === true;
    return { id, comparison, verdict: holds ? alone : 'inconclusive' };
  });
}

function summarise(rounds: readonly SessionRound[], comparison: Comparison, { prior }: SessionOptions) {
  const usable = rounds.filter(({ voided, blocks }) => voided === null && blocks.length > 0);
  const estimates = usable.map(({ blocks }, index) =>
    estimateRound(throughputLogRatios(blocks.slice(comparison.rounds[index]?.droppedBlocks ?? 0))),
  );
  return pooledLaunches(estimates, prior);
}
