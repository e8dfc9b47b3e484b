import type { ProcessReport } from '../core/model/run';
import type { LaneSample } from '../core/plan/usageSeries';

const MAX_PROCESSES = 128;

interface Watched {
  readonly pid: number;
  readonly name: string;
  readonly role: ProcessReport['role'];
  /** What it is drawn with. */
  readonly lane: string;
  /** Tells it from a later process with the same pid. */
  readonly identity: string;
  baseMs: number;
  /** At the sample before. */
  sampledMs: number;
  lastMs: number;
  rssMB: number;
  threads: number | null;
  readonly cores: Set<number>;
  isGone: boolean;
}

/** A process as it was seen at one moment. */
export interface Sighting {
  readonly identity: string;
  /** CPU of all its threads since it began, milliseconds. */
  readonly cpuMs: number;
  /** Null when it could not be read; what was known stays. */
  readonly rssMB: number | null;
  readonly threads?: number;
  /** The core that its main thread was on. */
  readonly core?: number;
}

/** The processes of a server and of what it uses, with what each has used until now. */
export class WatchedProcesses {
  readonly #all = new Map<number, Watched>();

  get pids(): readonly number[] {
    return [...this.#all.keys()];
  }

  /** Whether another one may be added under this pid. */
  isFree(pid: number): boolean {
    return !this.#all.has(pid) && this.#all.size < MAX_PROCESSES;
  }

  /** `isNew` for one that was born within the measured phase: it counts from its birth. */
  add(
    {
      pid,
      name,
      role,
      service,
      isNew,
    }: Pick<Watched, 'pid' | 'name' | 'role'> & { service: string | null; isNew: boolean },
    { identity, cpuMs, rssMB, threads }: Sighting,
  ): void {
    const baseMs = isNew ? 0 : cpuMs;
    this.#all.set(pid, {
      ...{ pid, name, role, identity, baseMs, sampledMs: baseMs, lastMs: cpuMs },
      lane: role === 'server' ? this.#serverLane(name) : (service ?? name),
      rssMB: rssMB ?? 0,
      threads: threads ?? null,
      cores: new Set(),
      isGone: false,
    });
  }

  /** What a process has used until now; null, or another identity, when it has gone: what it used is kept. */
  see(pid: number, seen: Sighting | null): void {
    const each = this.#all.get(pid);
    if (!each) return;
    each.isGone = seen?.identity !== each.identity;
    if (!seen || each.isGone) return;
    each.lastMs = seen.cpuMs;
    each.rssMB = seen.rssMB ?? each.rssMB;
    if (seen.threads !== undefined) each.threads = Math.max(each.threads ?? 0, seen.threads);
    if (seen.core !== undefined) each.cores.add(seen.core);
  }

  /** The measured phase begins: what was used before does not count. */
  rebase(): void {
    for (const each of this.#all.values()) {
      each.baseMs = each.lastMs;
      each.cores.clear();
    }
  }

  /** What was used since the last call, which was `spanMs` ago; the server first. */
  takeLanes(spanMs: number): LaneSample[] {
    const lanes = new Map<string, { role: LaneSample['role']; name: string; usedMs: number; rssMB: number }>();
    for (const each of this.#all.values()) {
      const key = `${each.role} ${each.lane}`;
      const lane = lanes.get(key) ?? { role: each.role, name: each.lane, usedMs: 0, rssMB: 0 };
      lane.usedMs += each.lastMs - each.sampledMs;
      lane.rssMB += each.isGone ? 0 : each.rssMB;
      each.sampledMs = each.lastMs;
      lanes.set(key, lane);
    }
    return [...lanes.values()]
      .sort((a, b) => Number(a.role === 'dependency') - Number(b.role === 'dependency'))
      .map(({ role, name, usedMs, rssMB }) => ({
        ...{ role, name, rssMB: round(rssMB) },
        cpuPercent: round((usedMs / spanMs) * 100),
      }));
  }

  /** What each used over the measured phase, busiest first within a role. */
  report(elapsedMs: number): ProcessReport[] {
    return [...this.#all.values()]
      .map(({ pid, name, role, lane, baseMs, lastMs, rssMB, threads, cores }) => ({
        ...{ pid, name, rssMB: round(rssMB), role },
        cpuPercent: round(((lastMs - baseMs) / elapsedMs) * 100),
        ...(role === 'dependency' ? { service: lane } : {}),
        ...(threads === null ? {} : { threads }),
        ...(cores.size === 0 ? {} : { cores: cores.size }),
      }))
      .sort((a, b) => (a.role === b.role ? b.cpuPercent - a.cpuPercent : a.role === 'server' ? -1 : 1));
  }

  /** A server is one lane, named by the first of its processes. */
  #serverLane(name: string): string {
    for (const each of this.#all.values()) if (each.role === 'server') return each.lane;
    return name;
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
