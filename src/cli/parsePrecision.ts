import type { PrecisionRule, StopRule } from '../core/model/loadProfile';
import { usageError } from './values';

/** Shorter ones end by luck. */
const LEAST_MS = 5000;
const LONGEST_MS = 60_000;

/**
 * The end of a run by precision, with `durationMs` as its longest duration (a minute without one). Fails with `usage`.
 *
 * Examples: `2%` is throughput to ± 2 %, `p99=5%` the 99th percentile to ± 5 %.
 */
export function parsePrecision(text: string, durationMs: number | null): StopRule {
  const match = /^(?:(throughput|p50|p99)=)?(\d+(?:\.\d+)?)%$/.exec(text.trim());
  const halfWidth = Number(match?.[2] ?? 0) / 100;
  if (!match || halfWidth <= 0 || halfWidth >= 1) {
    throw usageError(`--precision wants a share like 2%, or p50=2% or p99=5%, above 0 and below 100 %, not "${text}".`);
  }
  const metric = (match[1] ?? 'throughput') as PrecisionRule['metric'];
  const longestMs = durationMs ?? LONGEST_MS;
  return {
    durationMs: longestMs,
    requests: null,
    precision: { metric, halfWidth, minMs: Math.min(LEAST_MS, longestMs) },
  };
}
