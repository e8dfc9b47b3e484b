import type { Run } from '../model/run';

/** A stretch of the measured phase whose latencies were kept by themselves. */
interface Stretch {
  readonly startMs: number;
  readonly durationMs: number;
  readonly maxMs: number;
  readonly histogram: string;
}

/**
 * `.hlog`, HdrHistogram's log of compressed interval histograms, version 1.3: one interval for each stage, and one for the
 * whole measured phase of a run without stages, which keeps the latencies of the whole and not of its seconds. Values are
 * microseconds; HdrHistogram's own processor prints milliseconds with `-outputValueUnitRatio 1000`.
 *
 * Example of a line: `0.000,10.002,17.311,HISTFAAAA…` (start and length in seconds, the slowest in milliseconds).
 */
export function renderIntervalLog(run: Run): string {
  const startMs = Date.parse(run.startedAt) + run.warmup.durationMs;
  const lines = [
    '#[Logged with Endpoint Profiler; values are microseconds]',
    '#[Histogram log format version 1.3]',
    `#[StartTime: ${(startMs / 1000).toFixed(3)} (seconds since epoch), ${new Date(startMs).toUTCString()}]`,
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
    ...stretchesOf(run)
      .filter(({ histogram }) => histogram !== '')
      .map((each) => `${seconds(each.startMs)},${seconds(each.durationMs)},${each.maxMs.toFixed(3)},${each.histogram}`),
  ];
  return `${lines.join('\n')}\n`;
}

function stretchesOf({ summary, histogram, stages }: Run): readonly Stretch[] {
  const whole = { startMs: 0, durationMs: summary.durationS * 1000, maxMs: summary.latencyMs.max, histogram };
  return stages?.map((stage) => ({ ...stage, maxMs: stage.latencyMs.max })) ?? [whole];
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
