import { performance } from 'node:perf_hooks';

/** `performance.now` counts from the start of its thread; the clock below it is common to all threads of a machine. */
const THREAD_START_US = Number(process.hrtime.bigint()) / 1000 - performance.now() * 1000;

/** Microseconds of the monotonic clock, with fraction, the same in every thread. Only differences mean something. */
export function nowUs(): number {
  return performance.now() * 1000 + THREAD_START_US;
}
