import { readFileSync } from 'node:fs';
import type { ProcessReport, ServerReport } from '../core/model/run';
import type { ServerSigns } from '../core/request/debugServer';
import { findListeners } from './listeningProcesses';
import { nameProcess } from './processName';
import { descendants, peersOf, readChildren, serviceRoot } from './processTree';
import {
  readArguments,
  readMachineTicks,
  readRssMB,
  readStat,
  TICKS_PER_S,
  type MachineTicks,
  type ProcessStat,
} from './procFs';
import type { SamplerMoment, ServerSampler } from './sampler';
import { readServerSigns } from './serverSigns';
import { serviceName } from './serviceName';
import { WatchedProcesses, type Sighting } from './watchedProcesses';

/** The kernel counts CPU in steps of 10 ms, 2.5 % of this. */
const INTERVAL_MS = 400;
const TICK_MS = 1000 / TICKS_PER_S;
/** Every how many samples the process tree is looked up again, and what it is connected to. */
const TREE_EVERY = 5;
const DEPENDENCIES_EVERY = 20;
const SHORTEST_SAMPLE_MS = 100;
/** Below this, ticks of 10 ms say nothing about CPU. */
const SHORTEST_REPORT_MS = 250;

/** Reads Linux's /proc. */
export class ProcSampler implements ServerSampler {
  readonly commandLine: string | null;
  readonly signs: ServerSigns;
  readonly #port: number;
  readonly #watched = new WatchedProcesses();
  readonly #roots: readonly number[];
  readonly #dependencyRoots = new Set<number>();
  readonly #timer: NodeJS.Timeout | undefined;
  #samples = 0;
  #beginMs: number | null = null;
  #beginTicks = 0;
  #endMs: number | null = null;
  #machineAtBegin: MachineTicks | null = null;
  #machineAtEnd: MachineTicks | null = null;
  #sampledMs = performance.now();
  #moments: SamplerMoment[] = [];

  constructor(port: number) {
    this.#port = port;
    this.#roots = findListeners(port);
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
    this.#watched.rebase();
  }

  end(): void {
    if (this.#beginMs === null || this.#endMs !== null) return;
    this.#sample(false);
    this.#endMs = performance.now();
    this.#machineAtEnd = readMachineTicks();
    clearInterval(this.#timer);
  }

  settled(): Promise<void> {
    return Promise.resolve();
  }

  takeMoments(): readonly SamplerMoment[] {
    return this.#moments.splice(0);
  }

  report(): ServerReport | null {
    if (this.#beginMs === null || this.#watched.pids.length === 0) return null;
    const elapsedMs = (this.#endMs ?? performance.now()) - this.#beginMs;
    if (elapsedMs < SHORTEST_REPORT_MS) return null;
    const machineBusy = busyShare(this.#machineAtBegin, this.#machineAtEnd ?? readMachineTicks());
    return { processes: this.#watched.report(elapsedMs), ...(machineBusy === null ? {} : { machineBusy }) };
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
    this.#moments.push({ atMs, lanes: this.#watched.takeLanes(spanMs) });
  }

  #measure(): void {
    for (const pid of this.#watched.pids) {
      const stat = readStat(pid);
      this.#watched.see(pid, stat && sighting(stat));
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
    const stat = this.#watched.isFree(pid) ? readStat(pid) : null;
    if (!stat) return;
    const isNew = this.#beginMs !== null && stat.startTicks >= this.#beginTicks;
    const name = nameProcess(readArguments(pid), stat.name);
    this.#watched.add({ pid, role, name, service: serviceName(stat.name), isNew }, sighting(stat));
  }
}

function sighting({ pid, startTicks, cpuTicks, threads, core }: ProcessStat): Sighting {
  return { identity: String(startTicks), cpuMs: cpuTicks * TICK_MS, rssMB: readRssMB(pid), threads, core };
}

function uptimeTicks(): number {
  return Math.floor(Number(readFileSync('/proc/uptime', 'latin1').split(' ')[0]) * TICKS_PER_S);
}

function busyShare(begin: MachineTicks | null, end: MachineTicks | null): number | null {
  if (!begin || !end || end.all <= begin.all) return null;
  return Math.round(((end.busy - begin.busy) / (end.all - begin.all)) * 1000) / 1000;
}
