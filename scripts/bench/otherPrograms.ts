import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { listDescendants } from '../processTree.mjs';

/** `USER_HZ`, 100 on every Linux that Node runs on. */
const CPU_TICKS_PER_S = 100;
const LOOK_MS = 500;
/** Share of one core that other programs may use beside a measurement. */
export const QUIET_SHARE = 0.15;

/**
 * Watches what programs use that are no part of a measurement: neither this process, nor what it started and has seen end, nor
 * the server with its workers. `stop` answers with cores, or null where there is no `/proc`.
 */
export function watchOthers(serverPid: number): { stop(): number | null } {
  const pids = [serverPid, ...listDescendants(serverPid).map(({ pid }) => pid)];
  const before = readUsed(pids);
  return {
    stop: () => {
      const after = readUsed(pids);
      if (!before || !after) return null;
      return (after.allS - before.allS - (after.partS - before.partS)) / (after.atS - before.atS);
    },
  };
}

/** Waits until the machine does next to nothing for half a second, so long at most; whether it came to that. */
export async function waitUntilQuiet(mostMs: number): Promise<boolean> {
  const giveUpMs = performance.now() + mostMs;
  do {
    const [busyMs, atMs] = [readBusyMs(), performance.now()];
    await sleep(LOOK_MS);
    if ((readBusyMs() - busyMs) / (performance.now() - atMs) < QUIET_SHARE) return true;
  } while (performance.now() < giveUpMs);
  return false;
}

function readBusyMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}

function readUsed(
  serverPids: readonly number[],
): { readonly allS: number; readonly partS: number; readonly atS: number } | null {
  try {
    const ticks = (pid: number | 'self', fields: readonly number[]): number => {
      const all = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
      return fields.reduce((sum, field) => sum + Number(all[field]), 0);
    };
    // User and system time; of this process also those of its children that have ended.
    const own = ticks('self', [11, 12, 13, 14]);
    const server = serverPids.reduce((sum, pid) => sum + ticks(pid, [11, 12]), 0);
    return { allS: readBusyMs() / 1000, partS: (own + server) / CPU_TICKS_PER_S, atS: performance.now() / 1000 };
  } catch {
    return null;
  }
}
