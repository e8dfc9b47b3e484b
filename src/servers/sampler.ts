import { readFileSync } from 'node:fs';
import type { ProcessReport, ServerReport } from '../core/model/run';
import type { LaneSample } from '../core/plan/usageSeries';
import type { ServerSigns } from '../core/request/debugServer';
import type { Disposable } from '../util/disposable';
import { findListeners } from './listeningProcesses';
import { nameProcess } from './processName';
import { descendants, peersOf, readChildren, serviceRoot } from './processTree';
import { readArguments, readMachineTicks, readRssMB, readStat, TICKS_PER_S, type MachineTicks } from './procFs';
import { readServerSigns } from './serverSigns';
import { serviceName } from './serviceName';

/** The kernel counts CPU in steps of 10 ms, 2.5 % of this. */
const INTERVAL_MS = 400;
/** Every how many samples the process tree is looked up again, and what it is connected to. */
const TREE_EVERY = 5;
const DEPENDENCIES_EVERY = 20;
const SHORTEST_SAMPLE_MS = 100;
const MAX_PROCESSES = 128;
/** Below this, ticks of 10 ms say nothing about CPU. */
const SHORTEST_REPORT_S = 0.25;

interface Watched {
  readonly pid: number;
  readonly name: string;
  readonly role: ProcessReport['role'];
  /** What it is drawn with. */
  readonly lane: string;
  readonly startTicks: number;
  baseTicks: number;
  /** At the sample before. */
  sampledTicks: number;
  lastTicks: number;
  rssMB: number;
  isGone: boolean;
}

/** What the watched processes used since the moment before. */
export interface SamplerMoment {
  /** On the clock of `performance.now()`. */
  readonly atMs: number;
  /** The server first. */
  readonly lanes: readonly LaneSample[];
}

/** Watches CPU and memory of a server while it is loaded. */
export interface ServerSampler extends Disposable {
  /** Command line of the process that listens; null when it was not found. */
  readonly commandLine: string | null;
  /** How that process was started. */
  readonly signs: ServerSigns;
  /** The measured phase begins; what was used before does not count. */
  begin(): void;
  /** The measured phase has ended; later calls do nothing. */
  end(): void;
  /** What was sampled since the last call, from before the measured phase to its end. */
  takeMoments(): readonly SamplerMoment[];
  /** Null when nothing was found, or the measured phase was shorter than 0.25 s. Busiest first within a role. */
  report(): ServerReport | null;
}

/**
 * Watches the processes that listen on a port of this machine with all their descendants, and the local processes that
 * they hold connections to, with the other processes of such a service. Every 0.4 s, from Linux's /proc; elsewhere it reports nothing. Processes of other users are
 * seen only by root.
 */
export function startSampler(port: number): ServerSampler {
  return new ProcSampler(port);
}

class ProcSampler implements ServerSampler {
  readonly commandLine: string | null;
  readonly signs: ServerSigns;
  readonly #port: number;
  readonly #watched = new Map<number, Watched>();
  readonly #roots: readonly number[];
  readonly #timer: NodeJS.Timeout | undefined;
  #samples = 0;
  #beginMs: number | null = null;
  #beginTicks = 0;
  #endMs: number | null = null;
  #machineAtBegin: MachineTicks | null = null;
  #machineAtEnd: MachineTicks | null = null;
  readonly #dependencyRoots = new Set<number>();
  #sampledMs = performance.now();
  #moments: SamplerMoment[] = [];

  constructor(port: number) {
    this.#port = port;
    this.#roots = process.platform === 'linux' ? findListeners(port) : [];
    const [eldest] = this.#roots;
    this.signs = readServerSigns(eldest ?? null);
    this.commandLine = this.signs.commandLine;
    if (eldest === undefined) return;
    this.#refresh(true);
    this.#sampledMs = performance.now();
    this.#timer = setInterval(() => this.#sample(true), INTERVAL_MS);
    this.#timer.unref();
  }

  begin(): void {
    if (this.#beginMs !== null) return;
    this.#refresh(true);
    this.#measure();
    this.#beginMs = performance.now();
    this.#beginTicks = uptimeTicks();
    this.#machineAtBegin = readMachineTicks();
    for (const each of this.#watched.values()) each.baseTicks = each.lastTicks;
  }

  end(): void {
    if (this.#beginMs === null || this.#endMs !== null) return;
    this.#sample(false);
    this.#endMs = performance.now();
    this.#machineAtEnd = readMachineTicks();
    clearInterval(this.#timer);
  }

  takeMoments(): readonly SamplerMoment[] {
    return this.#moments.splice(0);
  }

  report(): ServerReport | null {
    if (this.#beginMs === null || this.#watched.size === 0) return null;
    const elapsedS = ((this.#endMs ?? performance.now()) - this.#beginMs) / 1000;
    if (elapsedS < SHORTEST_REPORT_S) return null;
    const processes = [...this.#watched.values()].map(({ pid, name, role, lane, baseTicks, lastTicks, rssMB }) => ({
      pid,
      name,
      cpuPercent: round(((lastTicks - baseTicks) / TICKS_PER_S / elapsedS) * 100),
      rssMB: round(rssMB),
      role,
      ...(role === 'dependency' ? { service: lane } : {}),
    }));
    const machineBusy = busyShare(this.#machineAtBegin, this.#machineAtEnd ?? readMachineTicks());
    return {
      processes: processes.sort((a, b) =>
        a.role === b.role ? b.cpuPercent - a.cpuPercent : a.role === 'server' ? -1 : 1,
      ),
      ...(machineBusy === null ? {} : { machineBusy }),
    };
  }

  dispose(): void {
    clearInterval(this.#timer);
  }

  #sample(mayRefresh: boolean): void {
    this.#samples++;
    if (mayRefresh && this.#samples % TREE_EVERY === 0) this.#refresh(this.#samples % DEPENDENCIES_EVERY === 0);
    this.#measure();
    const atMs = performance.now();
    const spanMs = atMs - this.#sampledMs;
    // Two steps of the kernel's clock say nothing of a share.
    if (spanMs < SHORTEST_SAMPLE_MS) return;
    this.#sampledMs = atMs;
    this.#moments.push({ atMs, lanes: this.#lanes(spanMs) });
  }

  #lanes(spanMs: number): LaneSample[] {
    const lanes = new Map<string, { role: LaneSample['role']; name: string; ticks: number; rssMB: number }>();
    for (const each of this.#watched.values()) {
      const key = `${each.role} ${each.lane}`;
      const lane = lanes.get(key) ?? { role: each.role, name: each.lane, ticks: 0, rssMB: 0 };
      lane.ticks += each.lastTicks - each.sampledTicks;
      lane.rssMB += each.isGone ? 0 : each.rssMB;
      each.sampledTicks = each.lastTicks;
      lanes.set(key, lane);
    }
    return [...lanes.values()]
      .sort((a, b) => Number(a.role === 'dependency') - Number(b.role === 'dependency'))
      .map(({ role, name, ticks, rssMB }) => ({
        role,
        name,
        cpuPercent: round((ticks / TICKS_PER_S / (spanMs / 1000)) * 100),
        rssMB: round(rssMB),
      }));
  }

  #measure(): void {
    for (const each of this.#watched.values()) {
      const stat = readStat(each.pid);
      // Gone, and the pid perhaps another's by now; what its first owner used is kept.
      each.isGone = stat?.startTicks !== each.startTicks;
      if (!stat || each.isGone) continue;
      each.lastTicks = stat.cpuTicks;
      each.rssMB = readRssMB(each.pid) ?? each.rssMB;
    }
  }

  #refresh(withDependencies: boolean): void {
    const children = readChildren();
    const tree = descendants(this.#roots, children);
    for (const pid of tree) this.#watch(pid, 'server');
    if (withDependencies) for (const pid of peersOf(tree, this.#port)) this.#dependencyRoots.add(serviceRoot(pid));
    for (const pid of descendants(this.#dependencyRoots, children)) this.#watch(pid, 'dependency');
  }

  #watch(pid: number, role: ProcessReport['role']): void {
    if (this.#watched.has(pid) || this.#watched.size >= MAX_PROCESSES) return;
    const stat = readStat(pid);
    if (!stat) return;
    // One that was born within the measured phase counts from its birth.
    const isNew = this.#beginMs !== null && stat.startTicks >= this.#beginTicks;
    const baseTicks = isNew ? 0 : stat.cpuTicks;
    const name = nameProcess(readArguments(pid), stat.name);
    this.#watched.set(pid, {
      pid,
      role,
      name,
      lane: role === 'server' ? this.#serverLane(name) : (serviceName(stat.name) ?? name),
      startTicks: stat.startTicks,
      baseTicks,
      sampledTicks: baseTicks,
      lastTicks: stat.cpuTicks,
      rssMB: readRssMB(pid) ?? 0,
      isGone: false,
    });
  }

  /** A server is one lane, named by the first of its processes. */
  #serverLane(name: string): string {
    for (const each of this.#watched.values()) if (each.role === 'server') return each.lane;
    return name;
  }
}

function uptimeTicks(): number {
  return Math.floor(Number(readFileSync('/proc/uptime', 'latin1').split(' ')[0]) * TICKS_PER_S);
}

function busyShare(begin: MachineTicks | null, end: MachineTicks | null): number | null {
  if (!begin || !end || end.all <= begin.all) return null;
  return Math.round(((end.busy - begin.busy) / (end.all - begin.all)) * 1000) / 1000;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
