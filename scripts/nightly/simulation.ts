/**
 * Runs the product's own comparing functions on simulated noisy machines and holds the share of right and wrong verdicts to
 * the bounds in `docs/statistics.md`. Usage: `npm run nightly:simulation -- [--sessions 600] [--seed 1]`.
 * Exits 1 when a row is outside its bounds, 2 on bad usage. No load, no network, one core, about a minute.
 */
import { DEFAULT_LAUNCH_PRIOR } from '../../src/core/compare/launchInterval';
import { estimateRound, launchInterval, pooledLaunches } from '../../src/core/compare/launchInterval';
import type { LaunchPrior } from '../../src/core/compare/launchInterval';
import { hodgesLehmann } from '../../src/core/compare/hodgesLehmann';
import { judge } from '../../src/core/compare/judge';
import { lookAlpha, PLANNED_ROUNDS } from '../../src/core/compare/looks';
import { createRng } from '../../src/core/stats/rng';
import type { Rng } from '../../src/core/stats/rng';
import { planRound, sliceShape } from '../../src/core/compare/roundPlan';
import type { Verdict } from '../../src/core/model/comparison';

const MARGIN = Math.log(1.03);
const TICK_S = 0.01;
const PLAN = { quick: false, extendable: false };

/** Standard deviations of ln(speed): of the session (15 min), slowly (20 s), quickly (0.5 s), of one launch, of one second's count. */
interface Machine {
  readonly session: number;
  readonly slow: number;
  readonly quick: number;
  readonly turbo: number;
  readonly burstGapS: number;
  readonly burstLoss: readonly [least: number, most: number];
  readonly launch: number;
  readonly count: number;
}

const MACHINES = {
  quiet: {
    session: 0.01,
    slow: 0.007,
    quick: 0.007,
    turbo: 0.01,
    burstGapS: 60,
    burstLoss: [0.05, 0.25],
    launch: 0.003,
    count: 0.007,
  },
  typical: {
    session: 0.03,
    slow: 0.02,
    quick: 0.02,
    turbo: 0.04,
    burstGapS: 10,
    burstLoss: [0.05, 0.4],
    launch: 0.005,
    count: 0.01,
  },
  hostile: {
    session: 0.06,
    slow: 0.04,
    quick: 0.04,
    turbo: 0.1,
    burstGapS: 3,
    burstLoss: [0.1, 0.6],
    launch: 0.01,
    count: 0.015,
  },
} as const satisfies Record<string, Machine>;
type MachineName = keyof typeof MACHINES;

/** Mean speed between two moments of a machine whose speed wanders, decays from turbo, and is cut by bursts of other programs. */
function wanderingSpeed(machine: Machine, rng: Rng, lengthS: number): (fromS: number, toS: number) => number {
  const wanderers = [
    [machine.session, 900],
    [machine.slow, 20],
    [machine.quick, 0.5],
  ].map(([sd = 0, timeS = 1]) => ({ sd, keep: Math.exp(-TICK_S / timeS), value: sd * rng.normal() }));
  const turbo = machine.turbo * rng.uniform();
  const sums = new Float64Array(Math.ceil(lengthS / TICK_S) + 2);
  let burstStart = rng.exponential(machine.burstGapS);
  let burstEnd = -1;
  let loss = 0;
  for (let tick = 0; tick + 1 < sums.length; tick++) {
    const t = tick * TICK_S;
    let log = turbo * (Math.exp(-t / 25) - 1);
    for (const w of wanderers) {
      w.value = w.keep * w.value + Math.sqrt(1 - w.keep ** 2) * w.sd * rng.normal();
      log += w.value;
    }
    if (t >= burstStart) {
      burstEnd = t + Math.min(8, 0.6 * Math.exp(0.9 * rng.normal()));
      loss = machine.burstLoss[0] + (machine.burstLoss[1] - machine.burstLoss[0]) * rng.uniform();
      burstStart = burstEnd + rng.exponential(machine.burstGapS);
    }
    sums[tick + 1] = (sums[tick] ?? 0) + Math.exp(log) * (t < burstEnd ? 1 - loss : 1);
  }
  return (fromS, toS) => {
    const [from, to] = [Math.round(fromS / TICK_S), Math.max(Math.round(fromS / TICK_S) + 1, Math.round(toS / TICK_S))];
    return ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
  };
}

/** ln-ratios of the blocks of `rounds` launches, slices planned by the product; `change` is −0.03 for 3 % slower. */
function simulateRounds(machine: Machine, rounds: number, blocks: number, change: number, rng: Rng): number[][] {
  const shape = sliceShape({ meanLatencyMs: 3, p99LatencyMs: 10, requestsPerS: 3000 });
  const speed = wanderingSpeed(machine, rng, rounds * blocks * 2.25);
  let t = 0;
  return Array.from({ length: rounds }, () => {
    const luck = { before: machine.launch * rng.normal(), after: machine.launch * rng.normal() + Math.log1p(change) };
    return planRound(shape, rng, blocks).map(({ slices }) => {
      const done = { before: 0, after: 0 };
      for (const { arm, durationMs, guardMs } of slices) {
        const measuredS = (durationMs - guardMs) / 1000;
        const count = (machine.count / Math.sqrt(measuredS)) * rng.normal();
        done[arm] += speed(t + guardMs / 1000, t + durationMs / 1000) * Math.exp(luck[arm] + count);
        t += durationMs / 1000;
      }
      return Math.log(done.after / done.before);
    });
  });
}

/** A full session: look after every round, stop at the first decision. */
function sequentialVerdict(blocks: readonly number[][], prior: LaunchPrior): Verdict {
  for (let rounds = 1; rounds <= PLANNED_ROUNDS; rounds++) {
    const pooled = pooledLaunches(blocks.slice(0, rounds).map(estimateRound), prior);
    const { verdict } = judge(launchInterval(pooled, lookAlpha(rounds, PLAN)), MARGIN);
    if (verdict !== 'inconclusive') return verdict;
  }
  return 'inconclusive';
}

/** Whether the interval ever leaves out zero at the planned looks. */
function everExcludesZero(blocks: readonly number[][], prior: LaunchPrior): boolean {
  return blocks.some((_, index) => {
    const pooled = pooledLaunches(blocks.slice(0, index + 1).map(estimateRound), prior);
    const { low, high } = launchInterval(pooled, lookAlpha(index + 1, PLAN));
    return low > 0 || high < 0;
  });
}

/** One row: the share of sessions of which something is true, and the figure it must stay near. */
interface Row {
  readonly what: string;
  readonly machine: Machine;
  readonly rounds: number;
  readonly blocks: number;
  readonly change: number;
  readonly counts: (blocks: readonly number[][]) => boolean;
  readonly expected: number;
  readonly bound: 'at most' | 'at least' | 'near';
}

function sessionRows(): Row[] {
  /** Machine, launch spread, then per change: shares of `slower`; for no change: any excluded zero, and `equivalent`. */
  const figures: [MachineName, launch: number, excluded: number, same: number, found: [number, number, number]][] = [
    ['quiet', 0.003, 0, 1, [1, 1, 1]],
    ['typical', 0.003, 0, 0.96, [0.991, 1, 1]],
    ['typical', 0.005, 0.001, 0.924, [0.976, 1, 1]],
    ['typical', 0.01, 0.014, 0.645, [0.869, 0.998, 1]],
    ['hostile', 0.01, 0.002, 0.014, [0.282, 0.795, 1]],
  ];
  return figures.flatMap(([name, launch, excluded, same, found]) => {
    const machine = { ...MACHINES[name], launch };
    const title = `session, ${name}, launches ±${(100 * launch).toFixed(1)} %`;
    const base = { machine, rounds: PLANNED_ROUNDS, blocks: 8 };
    const is = (verdict: Verdict) => (blocks: readonly number[][]) =>
      sequentialVerdict(blocks, DEFAULT_LAUNCH_PRIOR) === verdict;
    const ever = (blocks: readonly number[][]) => everExcludesZero(blocks, DEFAULT_LAUNCH_PRIOR);
    return [
      {
        ...base,
        what: `${title}: same code, zero ever excluded`,
        change: 0,
        counts: ever,
        expected: excluded,
        bound: 'at most' as const,
      },
      {
        ...base,
        what: `${title}: same code, "no difference"`,
        change: 0,
        counts: is('equivalent'),
        expected: same,
        bound: 'at least' as const,
      },
      ...[-0.03, -0.05, -0.1].map((change, index) => ({
        ...base,
        what: `${title}: ${100 * change} % found slower`,
        change,
        counts: is('slower'),
        expected: found[index] ?? 1,
        bound: 'at least' as const,
      })),
    ];
  });
}

/** Paired blocks of one launch with the 95 % signed-rank interval: exact without luck of launches, wrong with it. */
function pairedRows(): Row[] {
  const excludes = ([blocks = []]: readonly number[][]) => {
    const { low, high } = hodgesLehmann(blocks, 0.05);
    return low > 0 || high < 0;
  };
  const below = ([blocks = []]: readonly number[][]) => hodgesLehmann(blocks, 0.05).high < 0;
  const base = { rounds: 1, blocks: 20 };
  const still = { ...MACHINES.typical, launch: 0 };
  return [
    {
      ...base,
      what: 'paired blocks, 40 s, typical, launches alike: same code',
      machine: still,
      change: 0,
      counts: excludes,
      expected: 0.04,
      bound: 'at most',
    },
    {
      ...base,
      what: 'paired blocks, 40 s, typical, launches alike: -3 % found',
      machine: still,
      change: -0.03,
      counts: below,
      expected: 0.983,
      bound: 'at least',
    },
    {
      ...base,
      what: 'paired blocks, 40 s, typical, one launch each: same code (the fault that rounds mend)',
      machine: MACHINES.typical,
      change: 0,
      counts: excludes,
      expected: 0.221,
      bound: 'near',
    },
  ];
}

/** Three standard errors of a share over so many sessions, and one point for the Monte-Carlo error of the figure itself. */
function tolerance(expected: number, sessions: number): number {
  return 3 * Math.sqrt(Math.max(0.005, expected * (1 - expected)) / sessions) + 0.01;
}

function isWithin({ bound, expected }: Row, share: number, sessions: number): boolean {
  const slack = tolerance(expected, sessions);
  if (bound === 'at most') return share <= expected + slack;
  if (bound === 'at least') return share >= expected - slack;
  return Math.abs(share - expected) <= slack + 0.02;
}

function readOption(name: string, fallback: number): number {
  const place = process.argv.indexOf(`--${name}`);
  if (place < 0) return fallback;
  const value = Number(process.argv[place + 1]);
  if (!Number.isInteger(value) || value < 1) {
    console.error(`--${name} needs a whole number from 1.`);
    process.exit(2);
  }
  return value;
}

function main(): void {
  const sessions = readOption('sessions', 600);
  const seed = readOption('seed', 1);
  let broken = 0;
  for (const [index, row] of [...pairedRows(), ...sessionRows()].entries()) {
    let hits = 0;
    for (let session = 0; session < sessions; session++) {
      const rng = createRng(seed * 1_000_003 + index * 100_003 + session);
      if (row.counts(simulateRounds(row.machine, row.rounds, row.blocks, row.change, rng))) hits++;
    }
    const share = hits / sessions;
    const good = isWithin(row, share, sessions);
    if (!good) broken++;
    const percent = (value: number) => `${(100 * value).toFixed(1)} %`.padStart(7);
    console.log(
      `${good ? 'ok  ' : 'FAIL'} ${percent(share)} (${row.bound} ${percent(row.expected).trim()})  ${row.what}`,
    );
  }
  console.log(broken === 0 ? 'All rows within bounds.' : `${broken} rows outside their bounds.`);
  if (broken > 0) process.exitCode = 1;
}

main();
