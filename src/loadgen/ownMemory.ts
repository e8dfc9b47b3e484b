import { getHeapStatistics } from 'node:v8';

/**
 * Memory of this process in MiB. Linux reads it from a file, which a process with too many connections cannot open any
 * more: then it is that of the heap, because a figure beside the load must not end the run.
 */
export function ownMemoryMB(): number {
  try {
    return process.memoryUsage.rss() / 2 ** 20;
  } catch {
    return getHeapStatistics().total_physical_size / 2 ** 20;
  }
}
