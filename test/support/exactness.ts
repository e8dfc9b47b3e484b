import assert from 'node:assert/strict';
import type { LoadResult } from '../../src/core/model/runPlan';
import { decodeHistogram } from '../../src/core/stats/histogram';
import type { CountingServer, ServerCounts } from './countingServer';

/** What must hold of every result, whatever happened. */
export function assertConsistent({ summary, accounting, series, histogram }: LoadResult): void {
  const { sent, warmup, measured, drained, failed, aborted } = accounting;
  assert.equal(sent, warmup + measured + drained + failed + aborted, 'every request is somewhere');
  assert.equal(summary.requests, measured);
  assert.equal(sum(Object.values(summary.statuses)), measured, 'statuses');
  assert.equal(sum(series.requests), measured, 'rows');
  assert.equal(sum(series.bytesRead), summary.bytesRead, 'bytes in rows');
  assert.equal(decodeHistogram(histogram).count, measured, 'histogram');
  for (const column of [series.requests, series.errors, series.p50Ms, series.p99Ms, series.bytesRead]) {
    assert.equal(column.length, series.tMs.length);
  }
  const { min, p50, p90, p99, p999, max } = summary.latencyMs;
  assert.deepEqual(
    [min, p50, p90, p99, p999, max],
    [min, p50, p90, p99, p999, max].toSorted((a, b) => a - b),
  );
}

/** What a server has counted since `start`. */
export async function countedSince(server: CountingServer, start: ServerCounts): Promise<ServerCounts> {
  const now = await server.counts();
  return {
    ...now,
    connections: now.connections - start.connections,
    requests: now.requests - start.requests,
    answers: now.answers - start.answers,
    bytesIn: now.bytesIn - start.bytesIn,
    bytesOut: now.bytesOut - start.bytesOut,
    statuses: Object.fromEntries(
      Object.entries(now.statuses)
        .map(([status, count]) => [status, count - (start.statuses[status] ?? 0)] as const)
        .filter(([, count]) => count > 0),
    ),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
