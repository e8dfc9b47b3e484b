import { availableParallelism, loadavg } from 'node:os';
import { planFor, runLoad } from '../../test/support/loadRuns';
import { middleOf } from './accuracyJudge';
import { runCli } from './engineGenerators';
import type { Goal } from './engineGoals';
import { pinTo } from './engineStart';

const RATE_PER_S = 10_000;

interface OpenRun {
  readonly pacing: string;
  readonly achieved: number;
  readonly latenessP99Us: number;
}

/**
 * Open loop at 10,000 requests a second: with a core of its own the generator waits in a loop, and pinned to one core it waits
 * by timers.
 */
export async function openLoopGoals(url: string, rounds: number, seconds: number): Promise<readonly Goal[]> {
  const goals: Goal[] = [];
  for (const [wanted, mostUs, pin] of [
    ['spin', 250, []],
    ['timer', 1200, pinTo(1)],
  ] as const) {
    const runs: OpenRun[] = [];
    for (let round = 0; round < rounds; round++) runs.push(await runOpen(url, seconds, pin));
    const right = runs.filter(({ pacing }) => pacing === wanted);
    const note =
      right.length > 0
        ? `${right.length} runs`
        : `it chose ${runs[0]?.pacing ?? 'nothing'}: the load of this machine is ${loadavg()[0]?.toFixed(1) ?? '?'}`;
    const bestOf = (read: (run: OpenRun) => number): number | null => middleOf(right.map(read));
    goals.push(
      {
        name: `achieved / target at ${RATE_PER_S}/s, ${wanted}`,
        value: bestOf(({ achieved }) => achieved),
        unit: '',
        digits: 4,
        bound: { least: 0.999 },
        note,
      },
      {
        name: `p99 of lateness at ${RATE_PER_S}/s, ${wanted}`,
        value: bestOf(({ latenessP99Us }) => latenessP99Us),
        unit: 'µs',
        digits: 0,
        bound: { most: mostUs },
        note,
      },
    );
  }
  return goals;
}

async function runOpen(url: string, seconds: number, pin: readonly string[]): Promise<OpenRun> {
  const load = ['-r', String(RATE_PER_S), '-c', '64', '-z', `${seconds}s`, '--warmup', '1s', '--threads', '1'];
  const { summary, generator } = await runCli(url, load, pin);
  return {
    pacing: generator.pacing ?? '',
    achieved: summary.requests / (RATE_PER_S * summary.durationS),
    latenessP99Us: generator.latenessUs?.p99 ?? Number.NaN,
  };
}

/** Memory of the generator's process over a run with 1,000 connections; and what it gained between the second and the last fifth. */
export async function memoryGoals(url: string, seconds: number): Promise<readonly Goal[]> {
  const memoryMB: number[] = [];
  const plan = planFor(url, {
    model: { kind: 'closed', connections: 1000, pipelining: 1 },
    warmup: { kind: 'fixed', durationMs: 1000 },
    stop: { durationMs: seconds * 1000, requests: null },
    threads: 1,
  });
  await runLoad(plan, ({ snapshot }) => {
    if (snapshot.phase === 'measure' && snapshot.generator) memoryMB.push(snapshot.generator.rssMB);
  });
  const fifth = Math.floor(memoryMB.length / 5);
  const early = middleOf(memoryMB.slice(fifth, 2 * fifth));
  const late = middleOf(memoryMB.slice(-fifth));
  const note = `${seconds} s, the whole process, Node included`;
  return [
    {
      name: 'memory at 1,000 connections',
      value: memoryMB.length === 0 ? null : Math.max(...memoryMB),
      unit: 'MB',
      digits: 0,
      bound: { most: 150 },
      note,
    },
    {
      name: 'memory gained during the run',
      value: early === null || late === null ? null : late - early,
      unit: 'MB',
      digits: 1,
      bound: { most: 5 },
      note,
    },
  ];
}

/** Two threads against one, in turn; both and the server need a core of their own. */
export async function threadGoals(url: string, rounds: number, seconds: number): Promise<readonly Goal[]> {
  const common = { name: '2 threads / 1 thread, requests/s', unit: '×', digits: 2, bound: { least: 1.7 } } as const;
  const cores = availableParallelism();
  if (cores < 3) return [{ ...common, value: null, note: `two threads and a server want 3 cores, here are ${cores}` }];
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const rps: number[] = [];
    for (const threads of [1, 2]) {
      const load = ['-c', '64', '-z', `${seconds}s`, '--warmup', '1s', '--threads', String(threads)];
      rps.push((await runCli(url, load, [])).summary.throughputRps);
    }
    ratios.push((rps[1] ?? 0) / (rps[0] ?? 0));
  }
  return [{ ...common, value: middleOf(ratios), note: 'not pinned; the server may be the limit' }];
}
