import type { ComparedMetric } from '../model/comparison';
import { percentileRounds } from './blockBootstrap';
import { quantileOf, tabulate, weightedCounts } from './countedLatencies';
import type { LaunchPrior, RoundEstimate } from './launchInterval';
import { DEFAULT_LAUNCH_PRIOR, estimateRound } from './launchInterval';
import { createRng } from '../stats/rng';
import type { ArmBlock, SessionBlock, SessionRound } from './sessionData';
import { cpuLogRatios, throughputLogRatios } from './sessionData';

/** One metric over all rounds: the values of both sides, the estimate of every launch, and what is believed of launches. */
export interface MeasuredMetric {
  readonly name: ComparedMetric;
  readonly before: number;
  readonly after: number;
  readonly rounds: readonly RoundEstimate[];
  readonly prior: LaunchPrior;
  /** Why no verdict is given; null when enough was measured. */
  readonly tooLittle: string | null;
}

const PERCENTILES: readonly { readonly name: ComparedMetric; readonly q: number; readonly launchSigma: number }[] = [
  { name: 'p50', q: 0.5, launchSigma: 0.005 },
  { name: 'p90', q: 0.9, launchSigma: 0.01 },
  { name: 'p99', q: 0.99, launchSigma: 0.03 },
  { name: 'p999', q: 0.999, launchSigma: 0.08 },
];

/** Requests that must lie above a percentile on each side before it is judged. */
const LEAST_ABOVE = 100;

function sumOf(blocks: readonly ArmBlock[], pick: (block: ArmBlock) => number): number {
  return blocks.reduce((sum, block) => sum + pick(block), 0);
}

/** The blocks of one side over all rounds. */
export function armBlocks(rounds: readonly SessionRound[], arm: 'before' | 'after'): ArmBlock[] {
  return rounds.flatMap((round) => round.blocks.map((block) => block[arm]));
}

/**
 * Everything that can be compared in these rounds: throughput always, percentiles where histograms were kept (microseconds
 * in, milliseconds out), CPU per request where it was read on both sides all the time.
 */
export function measureMetrics(rounds: readonly SessionRound[], prior: LaunchPrior, seed: number): MeasuredMetric[] {
  const before = armBlocks(rounds, 'before');
  const after = armBlocks(rounds, 'after');
  const rate = (blocks: readonly ArmBlock[]) => sumOf(blocks, (b) => b.requests) / sumOf(blocks, (b) => b.timeS);
  const throughput: MeasuredMetric = {
    name: 'throughput',
    before: rate(before),
    after: rate(after),
    rounds: rounds.map((round) => estimateRound(throughputLogRatios(round.blocks))),
    prior,
    tooLittle: null,
  };
  const cpu = measureCpu(rounds, before, after, prior);
  return [throughput, ...measurePercentiles(rounds, before, after, prior, seed), ...(cpu === null ? [] : [cpu])];
}

function measureCpu(
  rounds: readonly SessionRound[],
  before: readonly ArmBlock[],
  after: readonly ArmBlock[],
  prior: LaunchPrior,
): MeasuredMetric | null {
  const ratios = rounds.flatMap((round) => {
    const logRatios = cpuLogRatios(round.blocks);
    return logRatios === null ? [] : [estimateRound(logRatios)];
  });
  if (ratios.length < rounds.length) return null;
  const perRequest = (blocks: readonly ArmBlock[]) =>
    (1000 * sumOf(blocks, (b) => b.cpuS ?? NaN)) / sumOf(blocks, (b) => b.requests);
  return {
    name: 'cpuPerRequest',
    before: perRequest(before),
    after: perRequest(after),
    rounds: ratios,
    prior,
    tooLittle: null,
  };
}

function measurePercentiles(
  rounds: readonly SessionRound[],
  before: readonly ArmBlock[],
  after: readonly ArmBlock[],
  prior: LaunchPrior,
  seed: number,
): MeasuredMetric[] {
  const rng = createRng(seed);
  const perRound = rounds.flatMap(({ blocks }) => {
    const estimates = percentileRounds(
      blocks,
      PERCENTILES.map(({ q }) => q),
      rng,
    );
    return estimates === null ? [] : [estimates];
  });
  if (perRound.length < rounds.length) return [];
  return PERCENTILES.map(({ name, q, launchSigma }, index) => ({
    name,
    before: pooledQuantileMs(before, q),
    after: pooledQuantileMs(after, q),
    rounds: perRound.flatMap((estimates) => estimates[index] ?? []),
    // What was learned of launches was learned from throughput: it may widen a percentile's prior, never narrow it.
    prior: {
      sigma: Math.max(launchSigma, (launchSigma / DEFAULT_LAUNCH_PRIOR.sigma) * prior.sigma),
      degreesOfFreedom: DEFAULT_LAUNCH_PRIOR.degreesOfFreedom,
    },
    tooLittle: missingRequests(q, before, after),
  }));
}

function pooledQuantileMs(blocks: readonly ArmBlock[], q: number): number {
  const table = tabulate(blocks.flatMap((block) => block.latencies ?? []));
  const all = weightedCounts(
    table,
    blocks.map(() => 1),
  );
  return quantileOf(table, all, q) / 1000;
}

/** The sentence that says how much longer it takes until a percentile can be judged; null when it can. */
function missingRequests(q: number, before: readonly ArmBlock[], after: readonly ArmBlock[]): string | null {
  const needed = Math.ceil(LEAST_ABOVE / (1 - q) - 1e-6);
  const seconds = [before, after].map((blocks) => {
    const requests = sumOf(blocks, (b) => b.requests);
    return requests >= needed ? 0 : ((needed - requests) * sumOf(blocks, (b) => b.timeS)) / Math.max(1, requests);
  });
  const missingS = Math.max(...seconds);
  if (missingS === 0) return null;
  return `Too few requests to judge: needs about ${Math.ceil(2 * missingS)} s more.`;
}

/** ln(after/before) of the deciding metric in each block, for drawing; a percentile needs the block's histograms, else throughput is drawn. */
export function blockLogRatios(blocks: readonly SessionBlock[], metric: ComparedMetric): number[] {
  const percentile = PERCENTILES.find(({ name }) => name === metric);
  if (percentile === undefined || blocks.some(({ before, after }) => !before.latencies || !after.latencies)) {
    return (metric === 'cpuPerRequest' ? cpuLogRatios(blocks) : null) ?? throughputLogRatios(blocks);
  }
  return blocks.map(({ before, after }) =>
    Math.log(pooledQuantileMs([after], percentile.q) / pooledQuantileMs([before], percentile.q)),
  );
}
