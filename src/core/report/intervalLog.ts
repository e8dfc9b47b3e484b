import type { Run } from '../model/run';

/**
 * `.hlog`, HdrHistogram's log of compressed interval histograms, version 1.3. A run keeps the latencies of its whole measured
 * phase and not of its seconds, so there is one interval. Values are microseconds; HdrHistogram's own processor
 * prints milliseconds with `-outputValueUnitRatio 1000`.
 *
 * Example of a line: `0.000,10.002,17.311,HISTFAAAA…` (start and length in seconds, the slowest in milliseconds).
 */
export function renderIntervalLog(run: Run): string {
  const startMs = Date.parse(run.startedAt) + run.warmup.durationMs;
  const { durationS, latencyMs } = run.summary;
  const lines = [
    '#[Logged with Endpoint Profiler; values are microseconds]',
    '#[Histogram log format version 1.3]',
    `#[StartTime: ${(startMs / 1000).toFixed(3)} (seconds since epoch), ${new Date(startMs).toUTCString()}]`,
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
    ...(run.histogram === '' ? [] : [`0.000,${durationS.toFixed(3)},${latencyMs.max.toFixed(3)},${run.histogram}`]),
  ];
  return `${lines.join('\n')}\n`;
}
