import { readFileSync } from 'node:fs';
import type { ProcessReport, ServerReport } from '../core/model/run';
import type { Disposable } from '../util/disposable';
import { findListeners } from './listeningProcesses';
import { nameProcess } from './processName';
import {
  listPids,
  readArguments,
  readRssMB,
  readSocketInodes,
  readStat,
  readTcpSockets,
  TICKS_PER_S,
  type ProcessStat,
} from './procFs';

const INTERVAL_MS = 500;
/** Every how many samples the process tree is looked up again, and what it is connected to. */
const TREE_EVERY = 4;
const DEPENDENCIES_EVERY = 16;
const MAX_PROCESSES = 64;
/** Below this, ticks of 10 ms say nothing about CPU. */
const SHORTEST_REPORT_S = 0.25;

interface Watched {
  readonly pid: number;
  readonly name: string;
  readonly role: ProcessReport['role'];
  readonly startTicks: number;
  baseTicks: number;
  lastTicks: number;
  rssMB: number;
}

/** Watches CPU and memory of a server while it is loaded. */
export interface ServerSampler extends Disposable {
  /** Command line of the process that listens; null when it was not found. */
  readonly commandLine: string | null;
  /** The measured phase begins; what was used before does not count. */
  begin(): void;
  /** The measured phase has ended; later calls do nothing. */
  end(): void;
  /** Null when nothing was found, or the measured phase was shorter than 0.25 s. Busiest first within a role. */
  report(): ServerReport | null;
}

/**
 * Watches the processes that listen on a port of this machine with all their descendants, and the local processes that
 * they hold connections to. Twice a second, from Linux's /proc; elsewhere it reports nothing. Processes of other users are
 * seen only by root.
 */
export function startSampler(port: number): ServerSampler {
  return new ProcSampler(port);
}

class ProcSampler implements ServerSampler {
  readonly commandLine: string | null;
  readonly #port: number;
  readonly #watched = new Map<number, Watched>();
  readonly #roots: readonly number[];
  readonly #timer: NodeJS.Timeout | undefined;
  #samples = 0;
  #beginMs: number | null = null;
  #beginTicks = 0;
  #endMs: number | null = null;

  constructor(port: number) {
    this.#port = port;
    this.#roots = process.platform === 'linux' ? findListeners(port) : [];
    const [eldest] = this.#roots;
    this.commandLine = eldest === undefined ? null : readArguments(eldest).join(' ');
    if (eldest === undefined) return;
    this.#sample();
    this.#timer = setInterval(() => this.#sample(), INTERVAL_MS);
    this.#timer.unref();
  }

  begin(): void {
    if (this.#beginMs !== null) return;
    this.#refresh(true);
    this.#measure();
    this.#beginMs = performance.now();
    this.#beginTicks = uptimeTicks();
    for (const each of this.#watched.values()) each.baseTicks = each.lastTicks;
  }

  end(): void {
    if (this.#beginMs === null || this.#endMs !== null) return;
    this.#measure();
    this.#endMs = performance.now();
    clearInterval(this.#timer);
  }

  report(): ServerReport | null {
    if (this.#beginMs === null || this.#watched.size === 0) return null;
    const elapsedS = ((this.#endMs ?? performance.now()) - this.#beginMs) / 1000;
    if (elapsedS < SHORTEST_REPORT_S) return null;
    const processes = [...this.#watched.values()].map(({ pid, name, role, baseTicks, lastTicks, rssMB }) => ({
      pid,
      name,
      cpuPercent: round(((lastTicks - baseTicks) / TICKS_PER_S / elapsedS) * 100),
      rssMB: round(rssMB),
      role,
    }));
    return {
      processes: processes.sort((a, b) =>
        a.role === b.role ? b.cpuPercent - a.cpuPercent : a.role === 'server' ? -1 : 1,
      ),
    };
  }

  dispose(): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    if (this.#samples % TREE_EVERY === 0) this.#refresh(this.#samples % DEPENDENCIES_EVERY === 0);
    this.#samples++;
    this.#measure();
  }

  #measure(): void {
    for (const each of this.#watched.values()) {
      const stat = readStat(each.pid);
      // A pid that was given to another process meanwhile; what its first owner used is kept.
      if (stat?.startTicks !== each.startTicks) continue;
      each.lastTicks = stat.cpuTicks;
      each.rssMB = readRssMB(each.pid) ?? each.rssMB;
    }
  }

  #refresh(withDependencies: boolean): void {
    const tree = descendants(this.#roots);
    for (const pid of tree) this.#watch(pid, 'server');
    if (!withDependencies) return;
    for (const pid of peersOf(tree, this.#port)) this.#watch(pid, 'dependency');
  }

  #watch(pid: number, role: ProcessReport['role']): void {
    if (this.#watched.has(pid) || this.#watched.size >= MAX_PROCESSES) return;
    const stat = readStat(pid);
    if (!stat) return;
    // One that was born within the measured phase counts from its birth.
    const isNew = this.#beginMs !== null && stat.startTicks >= this.#beginTicks;
    this.#watched.set(pid, {
      pid,
      role,
      name: nameProcess(readArguments(pid), stat.name),
      startTicks: stat.startTicks,
      baseTicks: isNew ? 0 : stat.cpuTicks,
      lastTicks: stat.cpuTicks,
      rssMB: readRssMB(pid) ?? 0,
    });
  }
}

function descendants(roots: readonly number[]): ReadonlySet<number> {
  const byParent = new Map<number, ProcessStat[]>();
  for (const pid of listPids()) {
    const stat = readStat(pid);
    if (stat) byParent.set(stat.parentPid, [...(byParent.get(stat.parentPid) ?? []), stat]);
  }
  const found = new Set<number>();
  const open = [...roots];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    if (found.has(pid)) continue;
    found.add(pid);
    open.push(...(byParent.get(pid) ?? []).map((child) => child.pid));
  }
  return found;
}

/** The processes at the other end of the connections that the tree opened itself; those that came to its port are clients. */
function peersOf(tree: ReadonlySet<number>, port: number): readonly number[] {
  const sockets = readTcpSockets();
  const own = new Set([...tree].flatMap(readSocketInodes));
  const wanted = new Set(
    sockets
      .filter((socket) => own.has(socket.inode) && !socket.isListening && socket.localPort !== port)
      .map((socket) => `${socket.remoteAddress}:${socket.remotePort} ${socket.localAddress}:${socket.localPort}`),
  );
  if (wanted.size === 0) return [];
  const inodes = new Set(
    sockets
      .filter((socket) =>
        wanted.has(`${socket.localAddress}:${socket.localPort} ${socket.remoteAddress}:${socket.remotePort}`),
      )
      .map(({ inode }) => inode),
  );
  if (inodes.size === 0) return [];
  return listPids().filter(
    (pid) => !tree.has(pid) && pid !== process.pid && readSocketInodes(pid).some((inode) => inodes.has(inode)),
  );
}

function uptimeTicks(): number {
  return Math.floor(Number(readFileSync('/proc/uptime', 'latin1').split(' ')[0]) * TICKS_PER_S);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
