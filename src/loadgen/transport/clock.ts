import { performance } from 'node:perf_hooks';

/** Microseconds of the monotonic clock, with fraction. Only differences mean something. */
export function nowUs(): number {
  return performance.now() * 1000;
}
