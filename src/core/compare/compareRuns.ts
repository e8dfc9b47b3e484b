import type { ComparedMetric, Comparison, MetricComparison } from '../model/comparison';
import type { LatencySummary, Run } from '../model/run';
import { compareConditions } from './comparability';
import { mean, variance } from '../stats/descriptive';
import type { HistoricalInterval } from './historicalInterval';
import { HISTORY_MARGIN, historicalInterval, SESSION_SPREAD } from './historicalInterval';
import { judge } from './judge';
import { asGain, METRIC_KINDS, metricComparison } from './metrics';
import { UNDECIDED } from './secondaryMetrics';
import { decidedHeadline, intervalText, secondarySentences } from './sentences';
import { tQuantile } from '../stats/studentT';
import { percentText } from './words';

/** Spread between sessions of a percentile: that of speed, and the spread between launches of the percentile on top. */
const HISTORY_SIGMA: Readonly<Partial<Record<ComparedMetric, number>>> = {
  throughput: SESSION_SPREAD.raw,
  p50: SESSION_SPREAD.raw,
  p90: Math.hypot(SESSION_SPREAD.raw, 0.01),
  p99: Math.hypot(SESSION_SPREAD.raw, 0.03),
  p999: Math.hypot(SESSION_SPREAD.raw, 0.08),
};

const POWER_Z = 0.8416;
const LEAST_ABOVE = 100;

/** What a history comparison is called where it is shown. */
export interface RunLabels {
  readonly before: string;
  readonly after: string;
}

/** `compareWithHistory` with one stored run; needs nothing but the two run files. */
export function compareRuns(
  before: Run,
  after: Run,
  labels: RunLabels = { before: 'before', after: 'after' },
): Comparison {
  return compareWithHistory([before], after, labels);
}

/**
 * The verdict that stored runs allow: `baseline` are runs of the same code, newest last, `after` the run in question. Sessions
 * of the same code differ by several per cent, so with one stored run only changes of about 15 % are called, and "no
 * difference" never is. Refused on another machine, load or tool; replaced by a sentence when the answers differ.
 * The baseline must not be empty (the newest run stands for its conditions).
 */
export function compareWithHistory(baseline: readonly [Run, ...Run[]], after: Run, labels: RunLabels): Comparison {
  const before = baseline[baseline.length - 1] ?? baseline[0];
  const { refusals, warnings, failing } = compareConditions(before, after, labels);
  const primary: ComparedMetric = after.profile.model.kind === 'open' ? 'p50' : 'throughput';
  const blocker = refusals[0] ?? null;
  const compared = METRICS.flatMap((name) => compareMetric(name, baseline, after, blocker === null) ?? []);
  const metrics = [...compared.filter((m) => m.name === primary), ...compared.filter((m) => m.name !== primary)];
  const main = metrics.find(({ name }) => name === primary);
  const margin = Math.expm1(HISTORY_MARGIN);
  const detectable = smallestFromHistory(primary, baseline.length);
  return {
    schemaVersion: 1,
    kind: 'history',
    labels,
    verdict: main?.verdict ?? 'inconclusive',
    clearly: main?.clearly ?? false,
    headline:
      blocker?.message.replace(/\.$/, '') ??
      (main === undefined ? 'Nothing to compare' : headlineOf(main, margin, labels)),
    details:
      blocker === null
        ? [...limitSentences(baseline.length, detectable), ...secondarySentences({ metrics, primary, margin })]
        : refusals.filter((refusal) => refusal !== blocker).map(({ message }) => message),
    primary,
    margin,
    metrics,
    smallestDetectable: detectable,
    secondsNeeded: null,
    blocker,
    regression: main?.verdict === 'slower' || failing === 'after',
    stops: null,
    noise: null,
    rounds: [],
    looks: [],
    measuredS: before.summary.durationS + after.summary.durationS,
    warnings,
  };
}

const METRICS: readonly ComparedMetric[] = ['throughput', 'p50', 'p90', 'p99', 'p999'];

function compareMetric(
  name: ComparedMetric,
  baseline: readonly Run[],
  after: Run,
  mayJudge: boolean,
): MetricComparison | null {
  const kind = METRIC_KINDS[name];
  const old = baseline.map((run) => valueOf(run, name));
  const now = valueOf(after, name);
  if (![...old, now].every((value) => value > 0)) return null;
  const within = withinVariance(after, name) + mean(baseline.map((run) => withinVariance(run, name))) / baseline.length;
  const interval: HistoricalInterval = historicalInterval(
    Math.log(now),
    old.map(Math.log),
    HISTORY_SIGMA[name] ?? SESSION_SPREAD.raw,
    within,
  );
  const above = Math.min(...[...baseline, after].map((run) => run.summary.requests * (1 - (kind.quantile ?? 0))));
  const note = noteOf(name, above, after);
  const alone = judge(asGain(interval, kind), HISTORY_MARGIN);
  return metricComparison(
    kind,
    { before: Math.exp(mean(old.map(Math.log))), after: now },
    interval,
    mayJudge && note === null ? alone : UNDECIDED,
    note,
  );
}

function noteOf(name: ComparedMetric, requestsAbove: number, after: Run): string | null {
  if (name === 'throughput') {
    return after.profile.model.kind === 'open' ? 'The rate was set, so it says nothing about speed.' : null;
  }
  return requestsAbove < LEAST_ABOVE ? 'Too few requests to judge: needs a longer run.' : null;
}

function valueOf({ summary }: Run, name: ComparedMetric): number {
  const latency: LatencySummary = summary.correctedLatencyMs ?? summary.latencyMs;
  if (name === 'throughput') return summary.throughputRps;
  return name === 'cpuPerRequest' ? NaN : latency[name];
}

/** Sampling variance of ln(throughput) within a run, from its speed in ten equal parts; 0 for percentiles and too short series. */
function withinVariance({ series }: Run, name: ComparedMetric): number {
  const measured = series.requests.filter((_, index) => (series.tMs[index] ?? 0) >= 0);
  const part = Math.floor(measured.length / 10);
  if (part === 0 || (name !== 'throughput' && name !== 'p50')) return 0;
  const parts = Array.from({ length: 10 }, (_, i) => mean(measured.slice(i * part, (i + 1) * part)));
  if (parts.some((value) => value <= 0)) return 0;
  return variance(parts.map(Math.log)) / parts.length;
}

function smallestFromHistory(primary: ComparedMetric, runs: number): number {
  const sigma = HISTORY_SIGMA[primary] ?? SESSION_SPREAD.raw;
  return Math.expm1((tQuantile(0.975, runs + 3) + POWER_Z) * sigma * Math.sqrt(1 + 1 / runs));
}

function headlineOf(main: MetricComparison, margin: number, labels: RunLabels): string {
  if (main.verdict !== 'inconclusive') return `${decidedHeadline(main, margin, labels.before)}, from history`;
  if (main.note !== null) return main.note.replace(/\.$/, '');
  const change = percentText(Math.abs(main.ratio - 1));
  const direction = main.ratio >= 1 ? 'more' : 'less';
  return `Within the spread between sessions: ${METRIC_KINDS[main.name].label.toLowerCase()} ${change} ${direction} (95 %: ${intervalText(main)})`;
}

function limitSentences(runs: number, detectable: number): string[] {
  const stored = runs === 1 ? 'one stored run' : `${runs} stored runs`;
  return [
    `Runs of the same code in different sessions differ by several per cent; against ${stored}, changes below about ` +
      `${percentText(detectable)} cannot be told from that.`,
    'Measuring both versions side by side, in alternating slices with restarts, finds changes of about 3 %.',
  ];
}
