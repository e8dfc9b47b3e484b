import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU seconds that a process and everything below it has used, from the nanoseconds of `/proc/PID/task/TID/schedstat`
 * (kernel documentation, scheduler/sched-stats: first field, time spent on the CPU). Null where there is no such file: other
 * systems, or a process that has ended.
 */
export function treeCpuSeconds(pid: number): number | null {
  const own = processCpuNs(pid);
  if (own === null) return null;
  return (own.ns + own.children.reduce((sum, child) => sum + belowNs(child, 0), 0)) / 1e9;
}

const DEPTH_LIMIT = 16;

function belowNs(pid: number, depth: number): number {
  const own = depth < DEPTH_LIMIT ? processCpuNs(pid) : null;
  return own === null ? 0 : own.children.reduce((sum, child) => sum + belowNs(child, depth + 1), own.ns);
}

function processCpuNs(pid: number): { readonly ns: number; readonly children: readonly number[] } | null {
  try {
    let ns = 0;
    const children: number[] = [];
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      ns += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
      const list = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim();
      if (list !== '') children.push(...list.split(' ').map(Number));
    }
    return Number.isFinite(ns) ? { ns, children } : null;
  } catch {
    return null;
  }
}
