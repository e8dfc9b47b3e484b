import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** Time of all cores since the machine started, in ticks of the kernel. */
export interface StolenTicks {
  /** Taken by the host of a virtual machine while something here wanted to run. */
  readonly stolen: number;
  readonly all: number;
}

/** How long this thread was ready to run and had no core, between two moments. */
export class CoreWait {
  #startMs = performance.now();
  #waitedMs = readWaitedMs();

  /** Begins anew: a phase starts. */
  restart(): void {
    this.#startMs = performance.now();
    this.#waitedMs = readWaitedMs();
  }

  /** Share of the time since the start, 0 to 1; null where the system does not tell. */
  read(): number | null {
    const waitedMs = readWaitedMs();
    if (waitedMs === null || this.#waitedMs === null) return null;
    return (waitedMs - this.#waitedMs) / Math.max(1, performance.now() - this.#startMs);
  }
}

/** Since the thread began; null where the system does not tell. */
function readWaitedMs(): number | null {
  try {
    // Nanoseconds on a core, nanoseconds ready without one, times it was given one.
    const waitedNs = Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[1]);
    return Number.isFinite(waitedNs) ? waitedNs / 1e6 : null;
  } catch {
    return null;
  }
}

/** Null where the kernel does not tell. */
export function readStolenTicks(): StolenTicks | null {
  try {
    const [first = ''] = readFileSync('/proc/stat', 'latin1').split('\n', 1);
    // user nice system idle iowait irq softirq steal
    const fields = first.split(/\s+/).slice(1, 9).map(Number);
    return { stolen: fields[7] ?? 0, all: fields.reduce((sum, ticks) => sum + ticks, 0) };
  } catch {
    return null;
  }
}

/** Share of the time of all cores that the host took between two readings, 0 to 1; null when that is not known. */
export function stolenShare(begin: StolenTicks | null, end: StolenTicks | null): number | null {
  if (!begin || !end || end.all <= begin.all) return null;
  return (end.stolen - begin.stolen) / (end.all - begin.all);
}
