import { UserError } from '../../util/errors';
import type { ComparedMetric, ComparedRound, Comparison, MetricComparison, StopCount } from '../model/comparison';
import type { RunWarning } from '../model/run';
import type { AnswerDifference } from './answers';
import { hodgesLehmann } from './hodgesLehmann';
import type { LaunchPrior } from './launchInterval';
import type { LookPlan } from './looks';
import { METRIC_KINDS, metricComparison } from './metrics';
import { gradeNoise } from './noise';
import { secondaryMetrics, UNDECIDED } from './secondaryMetrics';
import { secondarySentences } from './sentences';
import { sessionBlocker } from './sessionBlocker';
import type { SessionBlock, SessionRound } from './sessionData';
import { throughputLogRatios } from './sessionData';
import { needOf, storedLook, takeLook } from './sessionLooks';
import { armBlocks, blockLogRatios, measureMetrics } from './sessionMetrics';
import { sessionNotes } from './sessionNotes';
import { sessionText } from './sessionText';
import { shouldDropFirstBlocks, WARMUP_BLOCKS } from './steadiness';
import { compareStops } from './stops';

/** What is fixed before a session starts. */
export interface SessionOptions {
  readonly labels: Comparison['labels'];
  /** Closed load: `throughput`. Open load: `p50`, or `p99` if chosen beforehand. */
  readonly primary: ComparedMetric;
  /** Changes smaller than this do not matter: 0.03 is 3 %. */
  readonly margin: number;
  readonly prior: LaunchPrior;
  readonly plan: LookPlan;
  /** What one more round costs, restarts and warm-up included. */
  readonly secondsPerRound: number;
  /** Of the resampling; the same rounds and seed give the same comparison. */
  readonly seed: number;
  /** Known from elsewhere: generator, machine, debug server. */
  readonly warnings: readonly RunWarning[];
}

/** Raised when there is not one whole round to decide on. */
export function nothingToCompare(): UserError {
  return new UserError(
    'nothing-to-compare',
    'Nothing was measured on both sides, so there is nothing to compare. Check that both servers answer, then run it again.',
  );
}

/**
 * The side-by-side decision from the blocks of every round so far. Call it after each whole round with all rounds; stop when
 * the verdict is not `inconclusive`, a blocker is set, or the plan's rounds are used up.
 * Throws `nothing-to-compare` without one block that both sides answered, unless a blocker tells why.
 */
export function decideSession(allRounds: readonly SessionRound[], options: SessionOptions): Comparison {
  const whole = allRounds.filter(({ voided }) => voided === null);
  const blocker = sessionBlocker(whole, options.labels);
  const answered = withBlocks(whole, (blocks) =>
    blocks.filter(({ before, after }) => before.requests > 0 && after.requests > 0),
  );
  const dropped = shouldDropFirstBlocks(answered.map(({ blocks }) => throughputLogRatios(blocks))) ? WARMUP_BLOCKS : 0;
  const rounds = withBlocks(answered, (blocks) => blocks.slice(dropped));
  const measuredS = [...armBlocks(whole, 'before'), ...armBlocks(whole, 'after')].reduce((sum, b) => sum + b.timeS, 0);
  const measured = rounds.length === 0 ? [] : measureMetrics(rounds, options.prior, options.seed);
  const primary = measured.find(({ name }) => name === options.primary);
  if (primary === undefined) {
    if (blocker === null) throw nothingToCompare();
    return blockedComparison(blocker, options, measuredS);
  }

  const logMargin = Math.log1p(options.margin);
  const look = takeLook(primary, rounds.length, logMargin, options.plan);
  const judgement = primary.tooLittle === null ? look.judgement : UNDECIDED;
  const main = metricComparison(METRIC_KINDS[primary.name], primary, look.interval, judgement, primary.tooLittle);
  const metrics = [main, ...secondaryMetrics(measured, options.primary, logMargin)];
  const need = needOf(primary, options.plan, logMargin, options.secondsPerRound);
  const stops = countedStops(rounds);
  const totalsLogRatio = options.primary === 'throughput' ? Math.log(primary.after / primary.before) : null;
  const text = sessionText({ ...options, main, look, need, stops, totalsLogRatio, measuredS });
  const logRatios = rounds.map(({ blocks }) => throughputLogRatios(blocks));
  return {
    ...frame(options, measuredS),
    verdict: main.verdict,
    clearly: main.clearly,
    headline: text.headline,
    details: [...text.details, ...secondarySentences({ metrics, primary: options.primary, margin: options.margin })],
    metrics,
    regression: main.verdict === 'slower',
    secondsNeeded: main.verdict === 'inconclusive' && primary.tooLittle === null ? need.seconds : null,
    smallestDetectable: need.smallestDetectable,
    stops,
    noise: gradeNoise(logRatios),
    rounds: answered.map(({ blocks }) => drawnRound(blocks, options.primary, dropped)),
    looks: rounds.map((_, index) => storedLook(takeLook(primary, index + 1, logMargin, options.plan))),
    warnings: [...sessionNotes(allRounds, rounds, logRatios, dropped), ...options.warnings],
    ...(blocker === null ? {} : { ...blockedBy(blocker), metrics: metrics.map(withoutVerdict) }),
  };
}

/** What is said where nothing could be measured, and why that was so is known. */
export function blockedComparison(blocker: AnswerDifference, options: SessionOptions, measuredS: number): Comparison {
  return { ...frame(options, measuredS), ...blockedBy(blocker), warnings: options.warnings };
}

/** What is known before anything is decided. */
function frame({ plan, labels, primary, margin }: SessionOptions, measuredS: number): Omit<Comparison, 'warnings'> {
  return {
    schemaVersion: 1,
    kind: plan.quick ? 'quick' : 'side-by-side',
    labels,
    primary,
    margin,
    measuredS,
    verdict: 'inconclusive',
    clearly: false,
    headline: '',
    details: [],
    metrics: [],
    blocker: null,
    regression: false,
    secondsNeeded: null,
    smallestDetectable: null,
    stops: null,
    noise: null,
    rounds: [],
    looks: [],
  };
}

/** A blocker takes the verdict's place; failing more than before is a regression whatever the speed. */
function blockedBy({ warning, failing }: AnswerDifference) {
  return {
    verdict: 'inconclusive',
    clearly: false,
    headline: warning.message.replace(/\.$/, ''),
    details: [],
    blocker: warning,
    regression: failing === 'after',
    secondsNeeded: null,
  } as const;
}

function withoutVerdict(metric: MetricComparison): MetricComparison {
  return { ...metric, verdict: 'inconclusive', clearly: false };
}

/** Rounds with their blocks changed, without those that have none left. */
function withBlocks(
  rounds: readonly SessionRound[],
  change: (blocks: readonly SessionBlock[]) => readonly SessionBlock[],
): SessionRound[] {
  return rounds.map((round) => ({ ...round, blocks: change(round.blocks) })).filter(({ blocks }) => blocks.length > 0);
}

function countedStops(rounds: readonly SessionRound[]): StopCount | null {
  let [before, after] = [0, 0];
  for (const block of rounds.flatMap(({ blocks }) => blocks)) {
    if (block.before.stops === null || block.after.stops === null) return null;
    before += block.before.stops;
    after += block.after.stops;
  }
  return compareStops(before, after);
}

function drawnRound(blocks: readonly SessionBlock[], metric: ComparedMetric, droppedBlocks: number): ComparedRound {
  const logRatios = blockLogRatios(blocks, metric);
  const { estimate, low, high } = hodgesLehmann(logRatios.slice(droppedBlocks), 0.05);
  return {
    ratio: Math.exp(estimate),
    low: Number.isFinite(low) ? Math.exp(low) : null,
    high: Number.isFinite(high) ? Math.exp(high) : null,
    blocks: logRatios.map(Math.exp),
    droppedBlocks,
  };
}
