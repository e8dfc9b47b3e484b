import type { Sweep, SweepKind, SweepKnee, SweepPoint } from '../model/sweep';
import type { RunWarning } from '../model/run';
import { formatCount, formatLatency, formatRate } from '../report/format';
import { findKnee, FIT_ERROR, RATE_MET } from '../stats/findKnee';
import { fitScalability, type LevelThroughput } from '../stats/scalabilityFit';

export type SweepConclusion = Pick<Sweep, 'knee' | 'fit' | 'headline' | 'details' | 'warnings'>;

/** Throughput that differs less between two levels is the same for short runs. */
const SAME = 0.1;

/** What the levels of a sweep say together, knee and sentences. Levels that measured nothing are left out. */
export function concludeSweep(kind: SweepKind, points: readonly SweepPoint[]): SweepConclusion {
  const measured = points.filter(({ state, summary }) => state === 'complete' && summary.requests > 0);
  const curve = measured.map(({ level, summary }) => ({ level, throughputRps: summary.throughputRps }));
  const fit = kind === 'connections' ? fitScalability(curve) : null;
  const knee = findKnee(kind, curve, fit);
  return {
    knee,
    fit: fit && fit.error <= FIT_ERROR ? fit : null,
    headline: kind === 'rate' ? rateHeadline(knee, curve) : connectionsHeadline(knee, curve),
    details: [...latencyDetails(kind, knee, measured), ...fitDetails(fit)],
    warnings: [...failureWarnings(kind, measured), ...generatorWarnings(kind, knee, measured)],
  };
}

function connectionsHeadline(knee: SweepKnee | null, curve: readonly LevelThroughput[]): string {
  const last = curve.at(-1);
  if (!last) return 'Nothing was measured.';
  if (!knee) {
    if (curve.length < 4) return 'Too few levels were measured to look for a knee: it takes at least four.';
    const best = Math.max(...curve.map(({ throughputRps }) => throughputRps));
    return last.throughputRps >= (1 - SAME) * best
      ? `No knee within the range: throughput still grows at ${connections(last.level)}.`
      : 'No knee within the range: throughput goes up and down too much to name one; measure each level longer.';
  }
  if (knee.rule === 'flat') {
    return `Throughput does not grow beyond ${connections(knee.level)}, the lowest level: more of them only wait longer.`;
  }
  const beyond = curve.filter(({ level }) => level > knee.level);
  const best = Math.max(...beyond.map(({ throughputRps }) => throughputRps));
  if (best <= (1 + SAME) * knee.throughputRps) {
    return last.throughputRps < (1 - SAME) * knee.throughputRps
      ? `Throughput stops growing at ${connections(knee.level)}; beyond it, it falls.`
      : `Throughput stops growing at ${connections(knee.level)}; beyond it only the wait grows.`;
  }
  const more = Math.round((best / knee.throughputRps - 1) * 100);
  return `Throughput grows more slowly beyond ${connections(knee.level)}: the levels above bring up to ${more} % more.`;
}

function rateHeadline(knee: SweepKnee | null, curve: readonly LevelThroughput[]): string {
  const [first] = curve;
  const last = curve.at(-1);
  if (!first || !last) return 'Nothing was measured.';
  if (knee)
    return `The server keeps up with ${formatCount(knee.level)} requests per second, and not with the next rate tried.`;
  return first.throughputRps < RATE_MET * first.level
    ? `The server does not keep up with ${formatCount(first.level)} requests per second, the lowest rate: try lower ones.`
    : `No limit within the range: the server keeps up with ${formatCount(last.level)} requests per second, the highest rate.`;
}

function* latencyDetails(kind: SweepKind, knee: SweepKnee | null, points: readonly SweepPoint[]): Generator<string> {
  const last = points.at(-1);
  if (!knee || !last) return;
  const at = points.findLast(({ level }) => level <= knee.level);
  const rule = RULES[knee.rule];
  yield kind === 'rate' ? `Rule: ${rule}.` : `Knee by ${rule}; ${formatRate(knee.throughputRps)} there.`;
  if (!at || at === last) return;
  const [there, then] = [latencyOf(at), latencyOf(last)];
  const unit = kind === 'rate' ? `${formatCount(at.level)} per second` : connections(at.level);
  yield `p50 is ${formatLatency(there.p50)} at ${unit} and ${formatLatency(then.p50)} at ${formatCount(last.level)}; p99 ${formatLatency(there.p99)} and ${formatLatency(then.p99)}.`;
}

const RULES: Readonly<Record<SweepKnee['rule'], string>> = {
  flat: 'the rule that the lowest level has at least 90 % of the best throughput',
  kneedle: 'Kneedle (where the curve bends away most from a straight line)',
  usl: 'the peak of the fitted universal scalability law',
  'rate-met': 'the highest rate of which at least 98 % was answered, with every lower one',
};

function* fitDetails(fit: Sweep['fit']): Generator<string> {
  if (!fit || fit.error > FIT_ERROR) return;
  const law = `The universal scalability law fits within ${(fit.error * 100).toFixed(0)} % (σ ${fit.sigma.toPrecision(2)}, κ ${fit.kappa.toPrecision(2)})`;
  yield fit.peakLevel === null
    ? `${law} and has no peak.`
    : `${law} and has its peak at ${formatCount(Math.round(fit.peakLevel))} connections.`;
}

function* failureWarnings(kind: SweepKind, points: readonly SweepPoint[]): Generator<RunWarning> {
  const failing = points.filter(({ summary }) => Object.values(summary.errors).some((count) => count > 0));
  const levels = failing.map(({ level }) => formatCount(level)).join(', ');
  if (failing.length > 0)
    yield {
      code: 'failures',
      message: `Requests failed at ${unitOf(kind)} ${levels}; failures are not in the latencies.`,
    };
  const bad = points.filter(({ summary }) =>
    Object.entries(summary.statuses).some(([status, count]) => Number(status) >= 400 && count > 0),
  );
  const badLevels = bad.map(({ level }) => formatCount(level)).join(', ');
  if (bad.length > 0)
    yield {
      code: 'bad-status',
      message: `Some answers were errors (status 400 or above) at ${unitOf(kind)} ${badLevels}; their latencies are mixed in.`,
    };
}

function* generatorWarnings(
  kind: SweepKind,
  knee: SweepKnee | null,
  points: readonly SweepPoint[],
): Generator<RunWarning> {
  for (const who of ['generator', 'machine'] as const) {
    const limited = points.filter(
      ({ generator, warnings }) =>
        generator.saturated && (who === 'machine') === warnings.some(({ code }) => code === 'machine-starved'),
    );
    if (limited.length === 0) continue;
    const levels = limited.map(({ level }) => formatCount(level)).join(', ');
    const isAtKnee = knee !== null && limited.some(({ level }) => level >= knee.level);
    const so = isAtKnee ? 'the knee may be its own' : 'the server may be faster there';
    yield who === 'generator'
      ? {
          code: 'generator-saturated',
          message: `At ${unitOf(kind)} ${levels} your load generator, not your server, was probably the limit: ${so}.`,
        }
      : {
          code: 'machine-starved',
          message: `At ${unitOf(kind)} ${levels} this machine held up the load generator and was probably the limit, not your server: ${so}.`,
        };
  }
}

function latencyOf({ summary }: SweepPoint): { readonly p50: number; readonly p99: number } {
  return summary.correctedLatencyMs ?? summary.latencyMs;
}

function connections(level: number): string {
  return level === 1 ? '1 connection' : `${formatCount(level)} connections`;
}

function unitOf(kind: SweepKind): string {
  return kind === 'rate' ? 'rate' : 'connections';
}
