import { ERROR_LABELS } from '../report/errorLabels';
import { hasEnoughSamples } from '../report/percentileCurve';
import type { Run } from '../model/run';
import { totalCount } from '../stats/totalCount';

export type RowUnit = 'rate' | 'latency' | 'bytes' | 'count' | 'duration';

/**
 * Which way a number went, seen from the reader's interest. `none`: neither way is better. `same`: less than 0.05 % apart.
 * It says what the two numbers are, not whether the code caused it.
 */
export type Direction = 'better' | 'worse' | 'same' | 'none';

/** One number of a run, or of two runs beside each other. Latencies and durations in milliseconds, rates per second. */
export interface NumberRow {
  readonly key: string;
  readonly label: string;
  readonly unit: RowUnit;
  readonly before: number | null;
  readonly after: number;
  /** `after - before`; null without a run before. */
  readonly difference: number | null;
  /** `difference / before`; null without a run before or when that was zero. */
  readonly relative: number | null;
  readonly direction: Direction;
  /** False when too few answers lie beyond this percentile in one of the runs. */
  readonly isReliable: boolean;
}

interface RowSpec {
  readonly key: string;
  readonly label: string;
  readonly unit: RowUnit;
  readonly good: 'more' | 'less' | 'neither';
  readonly read: (run: Run) => number;
  readonly percentile?: number;
  readonly needsAnswers?: boolean;
}

const ROWS: readonly RowSpec[] = [
  { key: 'throughputRps', label: 'Requests / s', unit: 'rate', good: 'more', read: (run) => run.summary.throughputRps },
  latency('min', 'Fastest'),
  latency('mean', 'Mean'),
  { ...latency('stdev', 'Standard deviation'), good: 'less' },
  latency('p50', 'p50 (median)', 50),
  latency('p75', 'p75', 75),
  latency('p90', 'p90', 90),
  latency('p95', 'p95', 95),
  latency('p99', 'p99', 99),
  latency('p999', 'p99.9', 99.9),
  latency('p9999', 'p99.99', 99.99),
  latency('max', 'Slowest'),
  {
    ...latency('p50', 'Time to first byte, p50', 50),
    key: 'ttfbP50',
    read: (run) => run.summary.ttfbMs?.p50 ?? NaN,
  },
  { ...latency('p99', 'Time to first byte, p99', 99), key: 'ttfbP99', read: (run) => run.summary.ttfbMs?.p99 ?? NaN },
  { ...latency('p50', 'Time to connect, p50'), key: 'connectP50', read: (run) => run.summary.connectMs?.p50 ?? NaN },
  { ...latency('p99', 'Time to connect, p99'), key: 'connectP99', read: (run) => run.summary.connectMs?.p99 ?? NaN },
  { key: 'errors', label: 'Errors', unit: 'count', good: 'less', read: (run) => failureCount(run) },
  { key: 'requests', label: 'Answers', unit: 'count', good: 'neither', read: (run) => run.summary.requests },
  {
    key: 'durationMs',
    label: 'Measured for',
    unit: 'duration',
    good: 'neither',
    read: (run) => run.summary.durationS * 1000,
  },
  { key: 'bytesRead', label: 'Bytes read', unit: 'bytes', good: 'neither', read: (run) => run.summary.bytesRead },
  {
    key: 'bytesWritten',
    label: 'Bytes written',
    unit: 'bytes',
    good: 'neither',
    read: (run) => run.summary.bytesWritten,
  },
  {
    key: 'connectionsOpened',
    label: 'Connections opened',
    unit: 'count',
    good: 'neither',
    read: (run) => run.summary.connectionsOpened,
  },
];

const SAME_BELOW = 0.0005;

/** Every number of `after`, beside the same number of `before` when there is one. Latency rows are left out when nothing was answered. */
export function numberRows(before: Run | null, after: Run): NumberRow[] {
  const runs = before ? [before, after] : [after];
  return ROWS.filter((spec) => hasValue(spec, after)).map((spec) => {
    const now = spec.read(after);
    const then = before && hasValue(spec, before) ? spec.read(before) : null;
    const difference = then === null ? null : now - then;
    const relative = then === null || then === 0 ? null : (now - then) / then;
    return {
      key: spec.key,
      label: spec.label,
      unit: spec.unit,
      before: then,
      after: now,
      difference,
      relative,
      direction: directionOf(spec.good, difference, relative),
      isReliable: runs.every(
        (run) => spec.percentile === undefined || hasEnoughSamples(run.summary.requests, spec.percentile),
      ),
    };
  });
}

/** A run of an older version lacks some, and one without answers has no latencies. */
function hasValue(spec: RowSpec, run: Run): boolean {
  return !(spec.needsAnswers && run.summary.requests === 0) && !Number.isNaN(spec.read(run));
}

/** Requests of the measured run that got no whole answer, whatever the reason. */
export function failureCount(run: Run): number {
  return totalCount(run.summary.errors);
}

/** Statuses and errors of both runs, most frequent first. `before` is null without a run before. */
export interface OutcomeRow {
  readonly key: string;
  readonly label: string;
  readonly isFailure: boolean;
  readonly before: number | null;
  readonly after: number;
  /** Of all outcomes of `after`, 0 to 1. */
  readonly share: number;
}

/** How the requests ended, one row per status and per kind of error that occurred in either run. */
export function outcomeRows(before: Run | null, after: Run): OutcomeRow[] {
  const now = outcomes(after);
  const then = before ? outcomes(before) : null;
  const total = [...now.values()].reduce((sum, count) => sum + count, 0);
  return [...new Set([...now.keys(), ...(then?.keys() ?? [])])]
    .map((key) => ({
      key,
      label: /^\d/.test(key) ? `Status ${key}` : labelOfError(key),
      isFailure: !/^[123]/.test(key),
      before: then ? (then.get(key) ?? 0) : null,
      after: now.get(key) ?? 0,
      share: total === 0 ? 0 : (now.get(key) ?? 0) / total,
    }))
    .sort((a, b) => b.after - a.after || (b.before ?? 0) - (a.before ?? 0) || a.key.localeCompare(b.key));
}

function outcomes(run: Run): Map<string, number> {
  const pairs = [...Object.entries(run.summary.statuses), ...Object.entries(run.summary.errors)];
  return new Map(pairs.filter(([, count]) => count > 0));
}

function labelOfError(kind: string): string {
  return (ERROR_LABELS as Readonly<Record<string, string>>)[kind] ?? kind;
}

function latency(key: keyof Run['summary']['latencyMs'], label: string, percentile?: number): RowSpec {
  return {
    key,
    label,
    unit: 'latency',
    good: 'less',
    read: (run) => run.summary.latencyMs[key],
    needsAnswers: true,
    ...(percentile === undefined ? {} : { percentile }),
  };
}

function directionOf(good: RowSpec['good'], difference: number | null, relative: number | null): Direction {
  if (good === 'neither' || difference === null) return 'none';
  if (difference === 0 || (relative !== null && Math.abs(relative) < SAME_BELOW)) return 'same';
  return difference > 0 === (good === 'more') ? 'better' : 'worse';
}
