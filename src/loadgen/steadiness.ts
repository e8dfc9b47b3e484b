/** Rows of 100 ms that each side of a comparison needs at least. */
const MIN_ROWS = 5;
const MIN_REQUESTS = 20;
const THROUGHPUT_TOLERANCE = 0.05;
const LATENCY_TOLERANCE = 0.1;

export interface SteadyRow {
  readonly requests: number;
  readonly p50Ms: number;
}

/**
 * Whether a warm-up has reached a level: the newest rows have the throughput (within 5 %, or what chance explains at so
 * few requests) and the median latency (within 10 %) of as many rows before them. Null while there is too little to
 * tell.
 *
 * Examples: ten rows of 100 requests at 2 ms are steady; rows that grow from 50 to 150 requests are not; three rows, or
 * ten rows with one request each, say nothing yet.
 */
export function isSteady(rows: readonly SteadyRow[]): boolean | null {
  for (let size = MIN_ROWS; size * 2 <= rows.length; size++) {
    const before = rows.slice(-2 * size, -size);
    const after = rows.slice(-size);
    const requestsBefore = countRequests(before);
    const requestsAfter = countRequests(after);
    if (requestsBefore < MIN_REQUESTS || requestsAfter < MIN_REQUESTS) continue;
    const chance = 2 * Math.sqrt(1 / requestsBefore + 1 / requestsAfter);
    const throughputChange = Math.abs(Math.log(requestsAfter / requestsBefore));
    const latencyChange = Math.abs(Math.log(meanMedian(after) / meanMedian(before)));
    return throughputChange <= Math.max(THROUGHPUT_TOLERANCE, chance) && latencyChange <= LATENCY_TOLERANCE;
  }
  return null;
}

function countRequests(rows: readonly SteadyRow[]): number {
  return rows.reduce((sum, row) => sum + row.requests, 0);
}

/** The level of the medians, weighted by requests: good enough to compare neighbours, and never shown. */
function meanMedian(rows: readonly SteadyRow[]): number {
  return rows.reduce((sum, row) => sum + row.p50Ms * row.requests, 0) / countRequests(rows);
}
