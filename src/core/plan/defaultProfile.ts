import type { LoadProfile } from '../model/loadProfile';

/**
 * Ten seconds with 16 connections after a warm-up that ends when the numbers are steady: long enough for a p99 of any
 * server that answers more than 100 requests a second, short enough to wait for. A just-in-time compiler settles in five.
 */
export function defaultProfile(): LoadProfile {
  return {
    model: { kind: 'closed', connections: 16, pipelining: 1 },
    stop: { durationMs: 10_000, requests: null },
    warmup: { kind: 'auto', maxMs: 5_000 },
    timeoutMs: 5_000,
    transport: 'auto',
    threads: 'auto',
    http2: false,
    insecureTls: false,
  };
}
