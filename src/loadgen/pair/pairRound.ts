import type { ComparedArm } from '../../core/model/comparison';
import type { PairArmBlock, PairBlock, PairPlan, PairProgress, PairResult } from '../../core/model/pairPlan';
import { createRng, type Rng } from '../../core/stats/rng';
import { median } from '../../core/stats/descriptive';
import { planRound, sliceShape, type PlannedBlock, type SliceShape } from '../../core/compare/roundPlan';
import { areBothSteady } from '../../core/compare/steadiness';
import { countStops } from '../../core/compare/stops';
import { LatencyHistogram } from '../../core/stats/histogram';
import { GeneratorLoad } from '../generatorLoad';
import { PairArm } from './pairArm';
import type { SliceCounts } from './sliceCounts';

/** While nothing is known of the servers. */
const FIRST_SHAPE: SliceShape = { lengthMs: 250, guardMs: 50, slicesPerBlock: 8 };
/** A side whose slices bring nothing but failures so many times on end will not recover. */
const LOST_SLICES = 3;

type Arms = Readonly<Record<ComparedArm, PairArm>>;
type Slices = Record<ComparedArm, SliceCounts[]>;

/**
 * One launch of two servers, loaded in alternating slices: warm-up until both stand still, then the planned blocks. It decides
 * nothing about the difference.
 */
export class PairRound {
  readonly #plan: PairPlan;
  readonly #arms: Arms;
  readonly #rng: Rng;
  readonly #onProgress: (progress: PairProgress) => void;
  readonly #load = new GeneratorLoad();
  readonly #lost: Record<ComparedArm, number> = { before: 0, after: 0 };
  readonly #rps: Record<ComparedArm, number> = { before: 0, after: 0 };
  readonly #logRatios: number[] = [];
  #failing: ComparedArm | null = null;
  #failures = '';
  #isStopped = false;

  /** `addresses` are the IP addresses to connect to. Fails like a transport when a request cannot be sent at all. */
  constructor(
    plan: PairPlan,
    addresses: Readonly<Record<ComparedArm, string>>,
    onProgress: (progress: PairProgress) => void,
  ) {
    this.#plan = plan;
    this.#rng = createRng(plan.seed);
    this.#onProgress = onProgress;
    const arm = (name: ComparedArm): PairArm =>
      new PairArm(plan.sides[name], plan.load, plan.checks ?? {}, addresses[name]);
    this.#arms = { before: arm('before'), after: arm('after') };
  }

  /** To be called once. Answers when the round is over, however it ended. */
  async run(): Promise<PairResult> {
    this.#arms.before.open();
    this.#arms.after.open();
    try {
      const { shape, warmup } = await this.#warmUp();
      this.#load.restart();
      const blocks: Slices[] = [];
      const startMs = performance.now();
      for (const planned of planRound(shape, this.#rng, this.#plan.blocks)) {
        const slices = await this.#block(planned, 'measure', startMs);
        if (!slices) break;
        blocks.push(slices);
      }
      return {
        state: this.#failing ? 'broken-off' : this.#isStopped ? 'cancelled' : 'complete',
        failing: this.#failing,
        failures: this.#failures,
        blocks: toBlocks(blocks),
        warmup,
        sliceMs: shape.lengthMs,
        guardMs: shape.guardMs,
        generator: this.#load.read(),
      };
    } finally {
      this.stop();
    }
  }

  /** Ends the round; `run` answers with the whole blocks that it has. */
  stop(): void {
    this.#isStopped = true;
    this.#arms.before.close();
    this.#arms.after.close();
  }

  #isOver(): boolean {
    return this.#isStopped || this.#failing !== null;
  }

  async #warmUp(): Promise<{ shape: SliceShape; warmup: PairResult['warmup'] }> {
    const { leastMs, leastRequestsPerArm, mostMs } = this.#plan.warmup;
    const rps: Record<ComparedArm, number[]> = { before: [], after: [] };
    const answers: Record<ComparedArm, number> = { before: 0, after: 0 };
    const startMs = performance.now();
    const fitted = (own: SliceShape): SliceShape => (this.#plan.shortBlocks ? { ...own, slicesPerBlock: 4 } : own);
    let shape = fitted(FIRST_SHAPE);
    let steady = false;
    while (!this.#isOver()) {
      for (const planned of planRound(shape, this.#rng, 1)) {
        const slices = await this.#block(planned, 'warmup', startMs);
        if (!slices) break;
        for (const arm of ['before', 'after'] as const) {
          rps[arm].push(...slices[arm].map(({ requests, timeS }) => requests / timeS));
          answers[arm] += slices[arm].reduce((sum, slice) => sum + slice.answers, 0);
        }
        shape = fitted(shapeFor(slices));
      }
      const elapsedMs = performance.now() - startMs;
      const hasEnough = elapsedMs >= leastMs && Math.min(answers.before, answers.after) >= leastRequestsPerArm;
      steady = areBothSteady(rps.before, rps.after);
      if ((hasEnough && steady) || elapsedMs >= mostMs) break;
    }
    return { shape, warmup: { durationMs: performance.now() - startMs, steady, rps } };
  }

  /** Null when it was cut short. */
  async #block(planned: PlannedBlock, phase: PairProgress['phase'], startMs: number): Promise<Slices | null> {
    const slices: Slices = { before: [], after: [] };
    for (const [at, { arm, durationMs, guardMs }] of planned.slices.entries()) {
      const counts = await this.#arms[arm].slice(durationMs, guardMs);
      slices[arm].push(counts);
      this.#watch(arm, counts);
      if (this.#isOver()) return null;
      this.#rps[arm] = counts.requests / counts.timeS;
      const isWhole = at === planned.slices.length - 1;
      if (phase === 'measure' && isWhole) this.#logRatios.push(Math.log(rate(slices.after) / rate(slices.before)));
      const elapsedMs = performance.now() - startMs;
      this.#onProgress({ phase, elapsedMs, logRatios: [...this.#logRatios], rps: { ...this.#rps } });
    }
    return slices;
  }

  #watch(arm: ComparedArm, { answers, failures, errors }: SliceCounts): void {
    this.#lost[arm] = answers === 0 && failures > 0 ? this.#lost[arm] + 1 : 0;
    if (this.#lost[arm] < LOST_SLICES) return;
    this.#failing = arm;
    this.#failures = [...errors].map(([kind, count]) => `${count} × ${kind}`).join(', ');
  }
}

function rate(slices: readonly SliceCounts[]): number {
  return sum(slices, ({ requests }) => requests) / sum(slices, ({ timeS }) => timeS);
}

function sum(slices: readonly SliceCounts[], of: (slice: SliceCounts) => number): number {
  return slices.reduce((total, slice) => total + of(slice), 0);
}

/** From the slower of the two sides. A side without an answer says nothing about lengths. */
function shapeFor(slices: Slices): SliceShape {
  const paces = [slices.before, slices.after].flatMap((own) => {
    const latencies = merged(own);
    if (latencies.count === 0) return [];
    const pace = {
      meanLatencyMs: latencies.meanUs / 1000,
      p99LatencyMs: latencies.percentileUs(99) / 1000,
      requestsPerS: rate(own),
    };
    return [sliceShape(pace)];
  });
  const longest = paces.sort((a, b) => b.lengthMs - a.lengthMs || b.guardMs - a.guardMs)[0];
  return longest ?? FIRST_SHAPE;
}

function merged(slices: readonly SliceCounts[]): LatencyHistogram {
  const all = new LatencyHistogram();
  for (const { latencies } of slices) all.add(latencies);
  return all;
}

/** What is usual for a side in 50 ms is known once the whole round is. */
function toBlocks(blocks: readonly Slices[]): PairBlock[] {
  const usual = (arm: ComparedArm): number => {
    const windows = blocks.flatMap((slices) => slices[arm].flatMap((slice) => slice.windows));
    return windows.length === 0 ? 0 : median(windows);
  };
  const [before, after] = [usual('before'), usual('after')];
  return blocks.map((slices) => ({
    before: toArmBlock(slices.before, before),
    after: toArmBlock(slices.after, after),
  }));
}

function toArmBlock(slices: readonly SliceCounts[], usualPerWindow: number): PairArmBlock {
  const statuses: Record<string, number> = {};
  const sizes = new Map<number, number>();
  for (const slice of slices) {
    for (const [status, count] of slice.statuses) statuses[status] = (statuses[status] ?? 0) + count;
    for (const [size, count] of slice.sizes) sizes.set(size, (sizes.get(size) ?? 0) + count);
  }
  const requests = sum(slices, (slice) => slice.requests);
  const answers = sum(slices, (slice) => slice.answers);
  const isCpuKnown = answers > 0 && slices.every(({ cpuS }) => cpuS !== null);
  const stops = slices.map(({ windows }) => countStops(windows, usualPerWindow));
  return {
    requests,
    timeS: sum(slices, ({ timeS }) => timeS),
    failures: sum(slices, ({ failures }) => failures),
    statuses,
    bodyBytes: medianOf(sizes),
    // The CPU of guard and drain went to their own answers.
    cpuS: isCpuKnown ? (sum(slices, ({ cpuS }) => cpuS ?? 0) * requests) / answers : null,
    stops: stops.includes(null) ? null : stops.reduce<number>((total, count) => total + (count ?? 0), 0),
    latencies: merged(slices).toColumns(),
  };
}

/** The lower median of counted values; null without one. */
function medianOf(counts: ReadonlyMap<number, number>): number | null {
  const total = [...counts.values()].reduce((all, count) => all + count, 0);
  let seen = 0;
  for (const [value, count] of [...counts].sort(([a], [b]) => a - b)) {
    seen += count;
    if (2 * seen >= total) return value;
  }
  return null;
}
