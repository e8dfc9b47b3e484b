/**
 * Compares the product's load generator with wrk, autocannon and plain undici on the same servers, in turn, and prints the
 * ratios to wrk with their spread. Build first (`npm run build`): the product runs as users run it, command line and child
 * process. Before and after come the goals that no other generator is needed for: open loop, memory, threads, and how long a
 * start and a cancel take. Each goal is printed beside its figure. Usage: `npm run bench:engine -- [--rounds 3] [--seconds 3] [--only NAME]
 * [--full]`; NAME is part of a server's name, or `open loop`, `memory`, `threads`, `waiting times`. It takes about 6 minutes, with
 * --full 10 more, for the memory of a long run. EP_PYTHON names a Python with Flask and Gunicorn. On Linux the server is pinned
 * to core 0 and the generator to core 1. Load goes to 127.0.0.1 only.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { GENERATORS } from './engineGenerators';
import type { Generator, Measured } from './engineGenerators';
import { BENCH_SERVERS } from './engineServers';
import type { BenchServer } from './engineServers';
import { goalLine, type Goal } from './engineGoals';
import { memoryGoals, openLoopGoals, threadGoals } from './engineScenes';
import { describePinning, pinTo, startNginx, type StartServer } from './engineStart';
import { measureWaitingTimes, type WaitingTime } from './engineTimes';

const YARDSTICK = 'wrk';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    generators: { type: 'string', default: '' },
    full: { type: 'boolean', default: false },
  },
});

void main();

async function main(): Promise<void> {
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`);
  console.log(describePinning());
  const chosen = values.generators.split(',').filter((name) => name !== '');
  const generators = GENERATORS.filter((generator) => {
    if (chosen.length > 0 && !chosen.includes(generator.name)) return false;
    const reason = generator.missing();
    if (reason !== null) console.log(`Skipped ${generator.name}: ${reason}`);
    return reason === null;
  });
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  // First, because a machine whose load average still tells of other runs is too busy for a loop that waits.
  await benchAlone('open loop', (url) => openLoopGoals(url, rounds, seconds));
  for (const server of BENCH_SERVERS) if (server.name.includes(values.only)) await benchServer(server, generators);
  await benchAlone('memory', (url) => memoryGoals(url, values.full ? 600 : 15));
  await benchAlone('threads', (url) => threadGoals(url, rounds, seconds));
  if ('waiting times'.includes(values.only)) reportWaitingTimes(await measureWaitingTimes(5 * rounds));
}

/** Goals that are about the product by itself, on nginx. */
async function benchAlone(title: string, measureGoals: (url: string) => Promise<readonly Goal[]>): Promise<void> {
  if (!title.includes(values.only)) return;
  await onServer(title, startNginx, async (baseUrl) => {
    console.log(`\n${title}, nginx`);
    for (const goal of await measureGoals(`${baseUrl}/`)) console.log(goalLine(goal));
  });
}

function reportWaitingTimes(times: readonly WaitingTime[]): void {
  console.log('\nWaiting times, not pinned');
  for (const { name, goalMs, medianMs, mostMs } of times) {
    const note = `median; at most ${mostMs.toFixed(0)} ms`;
    console.log(goalLine({ name, value: medianMs, unit: 'ms', digits: 0, bound: { most: goalMs }, note }));
  }
}

function benchServer(server: BenchServer, generators: readonly Generator[]): Promise<void> {
  return onServer(server.name, server.start, async (baseUrl) => {
    report(server, await measure(server, generators, baseUrl + server.path));
  });
}

async function onServer(title: string, start: StartServer, use: (baseUrl: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-engine-'));
  try {
    const running = await start(folder, pinTo(0));
    if (typeof running === 'string') {
      console.log(`\n${title}: skipped. ${running}`);
      return;
    }
    try {
      await use(running.baseUrl);
    } finally {
      await running.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One list of runs per generator; round by round, so that a machine that changes changes for all of them. */
async function measure(
  server: BenchServer,
  generators: readonly Generator[],
  url: string,
): Promise<Map<string, Measured[]>> {
  const runs = new Map(generators.map(({ name }) => [name, [] as Measured[]]));
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const order: readonly Generator[] = round % 2 === 0 ? generators : [...generators].reverse();
    for (const generator of order) {
      runs.get(generator.name)?.push(await generator.run(url, server.connections, Number(values.seconds), pinTo(1)));
    }
  }
  return runs;
}

function report(server: BenchServer, runs: Map<string, Measured[]>): void {
  const kind = server.closes ? 'closes every connection' : 'keep-alive';
  console.log(`\n${server.name}, ${server.connections} connections, ${kind}`);
  const yardstick = runs.get(YARDSTICK);
  const heads = ['', 'requests/s', `× ${YARDSTICK}`, 'p50 ms', '×', 'p99 ms', '×', 'CPU µs', '×', 'errors'];
  const rows = [...runs].map(([name, list]) => {
    const column = (read: (run: Measured) => number | null, digits: number): string[] => [
      middle(list.map(read))?.toFixed(digits) ?? '–',
      ratio(list.map(read), yardstick?.map(read)),
    ];
    return [
      name,
      ...column(({ rps }) => rps, 0),
      ...column(({ p50Ms }) => p50Ms, 2),
      ...column(({ p99Ms }) => p99Ms, 2),
      ...column(({ cpuUs }) => cpuUs, 1),
      String(list.reduce((sum, { errors }) => sum + errors, 0)),
    ];
  });
  const widths = heads.map((head, index) => Math.max(head.length, ...rows.map((row) => row[index]?.length ?? 0)));
  for (const row of [heads, ...rows]) {
    console.log(
      row
        .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
        .join('  '),
    );
  }
  reportGoals(server, runs.get('ours'), yardstick);
}

function reportGoals(server: BenchServer, ours: readonly Measured[] = [], wrk: readonly Measured[] = []): void {
  const times = (read: (run: Measured) => number | null) => {
    const list = ratiosOf(ours.map(read), wrk.map(read));
    const note = list.length === 0 ? '' : `${Math.min(...list).toFixed(2)}–${Math.max(...list).toFixed(2)}`;
    return { value: middle(list), unit: `× ${YARDSTICK}`, digits: 2, note };
  };
  const least = server.closes ? 0.95 : 1;
  console.log(goalLine({ name: 'requests/s', bound: { least }, ...times(({ rps }) => rps) }));
  console.log(goalLine({ name: 'CPU per request', bound: { most: 1.2 }, ...times(({ cpuUs }) => cpuUs) }));
}

/** Median of the ratios of runs of the same round, with the least and the largest: `1.02 (0.98–1.05)`. */
function ratio(ours: readonly (number | null)[], theirs: readonly (number | null)[] | undefined): string {
  const known = ratiosOf(ours, theirs ?? []);
  const center = middle(known);
  if (center === null) return '–';
  return `${center.toFixed(2)} (${Math.min(...known).toFixed(2)}–${Math.max(...known).toFixed(2)})`;
}

function ratiosOf(ours: readonly (number | null)[], theirs: readonly (number | null)[]): readonly number[] {
  return ours.flatMap((value, round) => {
    const other = theirs[round];
    return value === null || !other ? [] : [value / other];
  });
}

function middle(list: readonly (number | null)[]): number | null {
  const sorted = list.filter((value) => value !== null).sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}
