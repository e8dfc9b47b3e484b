import type { MixReport } from '../model/mix';
import type { LatencySummary, Run } from '../model/run';

/** One endpoint of a mix, or all of them together, as every report tells it. */
export interface MixRow {
  readonly name: string;
  /** Null for all together. */
  readonly weight: number | null;
  /** Of everything that came back or failed within the measured phase, 0 to 1. */
  readonly share: number;
  /** What the weights ask for, 0 to 1. */
  readonly wantedShare: number;
  readonly requests: number;
  readonly throughputRps: number;
  /** From the due time in an open loop; null when nothing was answered. */
  readonly latencyMs: LatencySummary | null;
  /** Failures, and answers with status 400 and above. */
  readonly errors: number;
  /** Which, the most frequent first. Example: "500: 33, timeout: 2"; the empty string without any. */
  readonly errorWords: string;
  /** Mean size of an answer with its head, bytes; 0 without answers. */
  readonly meanBytes: number;
}

type Counted = Pick<
  Run['summary'],
  'requests' | 'throughputRps' | 'latencyMs' | 'correctedLatencyMs' | 'statuses' | 'errors' | 'bytesRead'
>;

/** A row for each endpoint of a mix in its order, and one for all together. */
export function mixRows(
  mix: MixReport,
  summary: Counted,
): { readonly rows: readonly MixRow[]; readonly total: MixRow } {
  const all = countEnded(summary);
  const weights = mix.endpoints.reduce((sum, { weight }) => sum + weight, 0);
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  return {
    rows: mix.endpoints.map((each) => ({
      ...rowOf(each),
      name: each.name,
      weight: each.weight,
      share: share(countEnded(each), all),
      wantedShare: share(each.weight, weights),
    })),
    total: { ...rowOf(summary), name: 'All', weight: null, share: all === 0 ? 0 : 1, wantedShare: 1 },
  };
}

function rowOf(
  counted: Counted,
): Pick<MixRow, 'requests' | 'throughputRps' | 'latencyMs' | 'errors' | 'errorWords' | 'meanBytes'> {
  const { requests, throughputRps, latencyMs, correctedLatencyMs, bytesRead } = counted;
  const troubles = troublesOf(counted);
  return {
    requests,
    throughputRps,
    latencyMs: requests === 0 ? null : (correctedLatencyMs ?? latencyMs),
    errors: troubles.reduce((sum, [, count]) => sum + count, 0),
    errorWords: troubles.map(([name, count]) => `${name}: ${count}`).join(', '),
    meanBytes: requests === 0 ? 0 : bytesRead / requests,
  };
}

function troublesOf({ statuses, errors }: Counted): readonly (readonly [name: string, count: number])[] {
  const bad = Object.entries(statuses).filter(([status]) => Number(status) >= 400);
  return [...bad, ...Object.entries(errors)].filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
}

function countEnded({ requests, errors }: Counted): number {
  return Object.values(errors).reduce((sum, count) => sum + count, requests);
}
