import type { ProcessReport, ServerReport } from '../core/model/run';
import { NO_SIGNS, type ServerSigns } from '../core/request/debugServer';
import { nameProcess } from './processName';
import { descendants } from './processTree';
import type { SamplerMoment, ServerSampler } from './sampler';
import { serviceName } from './serviceName';
import type { ProcessRow, SocketRow } from './tables/rows';
import { childrenIn, listenersIn, peersIn, serviceRootIn } from './tables/tableTree';
import { signsFromTables } from './tables/tableSigns';
import type { SystemTables } from './tables/systemTables';
import { WatchedProcesses, type Sighting } from './watchedProcesses';

/** Each sample starts a tool or asks one. */
const INTERVAL_MS = 1000;
const TREE_EVERY = 5;
const DEPENDENCIES_EVERY = 20;
/** The tools count CPU in steps of 10 ms or more. */
const SHORTEST_MS = 250;

/** Asks the tools of a system that has no /proc. They answer late, so that what counts is when each reading was made. */
export class TableSampler implements ServerSampler {
  commandLine: string | null = null;
  signs: ServerSigns = NO_SIGNS;
  readonly #port: number;
  readonly #tables: SystemTables;
  readonly #watched = new WatchedProcesses();
  readonly #dependencyRoots = new Set<number>();
  /** Those that were there when the measured phase began. */
  #known: ReadonlySet<number> | null = null;
  #roots: readonly number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #samples = 0;
  #isDisposed = false;
  #hasBegun = false;
  #hasEnded = false;
  #beginMs: number | null = null;
  #endMs: number | null = null;
  #sampledMs: number | null = null;
  #moments: SamplerMoment[] = [];
  /** One question at a time, in their order. */
  #work: Promise<void>;
  #isIdle = false;

  constructor(port: number, tables: SystemTables, intervalMs = INTERVAL_MS) {
    this.#port = port;
    this.#tables = tables;
    this.#work = this.#find();
    this.#timer = setInterval(() => this.#tick(), intervalMs);
    this.#timer.unref();
    this.#rest();
  }

  begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#then(async () => {
      const rows = await this.#refresh(true);
      this.#beginMs = await this.#measure();
      this.#known = new Set(rows.map(({ pid }) => pid));
      this.#watched.rebase();
    });
  }

  end(): void {
    if (!this.#hasBegun || this.#hasEnded) return;
    this.#hasEnded = true;
    clearInterval(this.#timer);
    this.#then(async () => {
      this.#endMs = await this.#sample();
    });
  }

  settled(): Promise<void> {
    return this.#work;
  }

  takeMoments(): readonly SamplerMoment[] {
    return this.#moments.splice(0);
  }

  report(): ServerReport | null {
    const [from, to] = [this.#beginMs, this.#endMs ?? this.#sampledMs];
    if (from === null || to === null || to - from < SHORTEST_MS || this.#watched.pids.length === 0) return null;
    return { processes: this.#watched.report(to - from) };
  }

  dispose(): void {
    this.#isDisposed = true;
    clearInterval(this.#timer);
    void this.#work.then(() => this.#tables.close?.());
  }

  async #find(): Promise<void> {
    const sockets = await this.#tables.sockets();
    const listeners = listenersIn(sockets, this.#port);
    if (listeners.length === 0) return;
    const rows = await this.#tables.processes(null);
    const [eldest] = (this.#roots = listenersIn(sockets, this.#port, rows));
    if (eldest === undefined) return;
    this.signs = await signsFromTables(this.#tables, eldest, rows);
    this.commandLine = this.signs.commandLine;
    this.#watchAll(rows, sockets);
    this.#sampledMs = performance.now();
  }

  #tick(): void {
    if (!this.#isIdle || this.#roots.length === 0) return;
    this.#then(async () => {
      this.#samples++;
      if (this.#samples % TREE_EVERY === 0) await this.#refresh(this.#samples % DEPENDENCIES_EVERY === 0);
      await this.#sample();
    });
  }

  #then(act: () => Promise<void>): void {
    this.#isIdle = false;
    this.#work = this.#work.then(() => (this.#isDisposed || this.#roots.length === 0 ? undefined : act()));
    this.#rest();
  }

  #rest(): void {
    const work = this.#work;
    void work.then(() => (this.#isIdle = work === this.#work));
  }

  async #sample(): Promise<number> {
    const atMs = await this.#measure();
    const spanMs = atMs - (this.#sampledMs ?? atMs);
    if (spanMs < SHORTEST_MS) return atMs;
    this.#sampledMs = atMs;
    this.#moments.push({ atMs, lanes: this.#watched.takeLanes(spanMs) });
    return atMs;
  }

  /** Reads what is watched and answers with the time of the reading. */
  async #measure(): Promise<number> {
    const askedMs = performance.now();
    const rows = new Map((await this.#tables.processes(this.#watched.pids)).map((row) => [row.pid, row]));
    const atMs = (askedMs + performance.now()) / 2;
    for (const pid of this.#watched.pids) {
      const row = rows.get(pid);
      this.#watched.see(pid, row ? sighting(row) : null);
    }
    return atMs;
  }

  async #refresh(withDependencies: boolean): Promise<readonly ProcessRow[]> {
    const sockets = withDependencies ? await this.#tables.sockets() : null;
    const rows = await this.#tables.processes(null);
    this.#watchAll(rows, sockets);
    return rows;
  }

  #watchAll(rows: readonly ProcessRow[], sockets: readonly SocketRow[] | null): void {
    const children = childrenIn(rows);
    const tree = descendants(this.#roots, children);
    if (sockets) {
      for (const pid of peersIn(sockets, tree, this.#port)) this.#dependencyRoots.add(serviceRootIn(rows, pid));
    }
    const dependencies = descendants(this.#dependencyRoots, children);
    for (const row of rows) {
      if (tree.has(row.pid)) this.#watch(row, 'server');
      else if (dependencies.has(row.pid)) this.#watch(row, 'dependency');
    }
  }

  #watch(row: ProcessRow, role: ProcessReport['role']): void {
    const { pid, name } = row;
    if (!this.#watched.isFree(pid)) return;
    const isNew = this.#known !== null && !this.#known.has(pid);
    const about = { pid, role, name: nameProcess(row.args, name), service: serviceName(name), isNew };
    this.#watched.add(about, sighting(row));
  }
}

function sighting({ name, parentPid, cpuMs, rssMB, threads }: ProcessRow): Sighting {
  return { identity: `${parentPid} ${name}`, cpuMs, rssMB, ...(threads === undefined ? {} : { threads }) };
}
