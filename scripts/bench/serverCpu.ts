import { readFileSync } from 'node:fs';
import { listDescendants } from '../processTree.mjs';
import { middleOf } from './accuracyJudge';

/** Long enough that clock ticks of 10 ms are 2 % of it. */
const SAMPLE_MS = 500;
/** `USER_HZ`, 100 on every Linux that Node runs on. */
const CPU_TICKS_PER_S = 100;

/**
 * Watches how busy a server and its workers are, as percent of one core, until `stop` is called; null where there is no
 * `/proc`. Workers are those of the start.
 */
export function watchCpu(pid: number): { stop(): number | null } {
  const pids = [pid, ...listDescendants(pid).map((entry) => entry.pid)];
  const shares: number[] = [];
  let last = read(pids);
  const timer = setInterval(() => {
    const now = read(pids);
    if (now && last) shares.push((now.cpuS - last.cpuS) / (now.atS - last.atS));
    last = now;
  }, SAMPLE_MS);
  return {
    // The upper half alone: a run begins and ends with moments without load.
    stop: () => {
      clearInterval(timer);
      const middle = middleOf([...shares].sort((a, b) => a - b).slice(shares.length >> 1));
      return middle === null ? null : 100 * middle;
    },
  };
}

/** The clock ticks of `/proc/PID/stat` count threads that have ended, too: a server may make one for each connection. */
function read(pids: readonly number[]): { readonly cpuS: number; readonly atS: number } | null {
  try {
    const ticks = pids.reduce((sum, pid) => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
      return sum + Number(fields[11]) + Number(fields[12]);
    }, 0);
    return { cpuS: ticks / CPU_TICKS_PER_S, atS: performance.now() / 1000 };
  } catch {
    return null;
  }
}
