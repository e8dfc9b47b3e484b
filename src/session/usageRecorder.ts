import type { UsageSeries } from '../core/model/run';
import type { Snapshot } from '../core/model/runPlan';
import { usageFrom, type LaneSample, type UsageSample } from '../core/plan/usageSeries';
import type { ServerSampler } from '../servers/sampler';

/** The generator alone is drawn this often, where no server can be watched. */
const INTERVAL_MS = 400;

type Reading = NonNullable<Snapshot['generator']> & { readonly atMs: number };

/**
 * Brings what is seen of the server's processes and what the load generator tells of itself onto the time axis of the run.
 * The clock of this process and the generator's meet in the snapshots, so a sample may be off by as long as one of those
 * takes to arrive.
 */
export class UsageRecorder {
  readonly #sampler: ServerSampler | null;
  readonly #warmupMaxMs: number;
  readonly #now: () => number;
  readonly #samples: { readonly atMs: number; readonly lanes: readonly LaneSample[] }[] = [];
  #readings: Reading[] = [];
  #zeroMs: number | null = null;
  #measureStartMs: number | null = null;
  #lastMs: number | null = null;

  /** `warmupMaxMs` is the longest that the warm-up may take: until it ends, its rows count down from there. */
  constructor(sampler: ServerSampler | null, warmupMaxMs: number, now: () => number = () => performance.now()) {
    this.#sampler = sampler;
    this.#warmupMaxMs = warmupMaxMs;
    this.#now = now;
  }

  /** The snapshot with the samples that came since the last one. */
  add(snapshot: Snapshot): Snapshot {
    const atMs = this.#now();
    const { phase, elapsedMs, generator } = snapshot;
    if (phase === 'connect') {
      this.#sampler?.takeMoments();
      return snapshot;
    }
    if (generator) this.#readings.push({ ...generator, atMs });
    this.#zeroMs ??= atMs - elapsedMs + (phase === 'warmup' ? this.#warmupMaxMs : 0);
    if (phase === 'measure' && this.#measureStartMs === null) {
      this.#zeroMs = this.#measureStartMs = atMs - elapsedMs;
    }
    const zeroMs = this.#zeroMs;
    const fresh = this.#takeUntil(atMs);
    if (fresh.length === 0) return snapshot;
    this.#samples.push(...fresh);
    return { ...snapshot, usage: usageFrom(fresh.map(({ atMs: at, lanes }) => sampleAt(at - zeroMs, lanes))) };
  }

  /** Everything, warm-up with negative times; undefined when nothing was measured or seen. */
  finish(): UsageSeries | undefined {
    const zeroMs = this.#measureStartMs;
    if (zeroMs === null) return undefined;
    const all = [...this.#samples, ...this.#takeUntil(Infinity)];
    return all.length === 0 ? undefined : usageFrom(all.map(({ atMs, lanes }) => sampleAt(atMs - zeroMs, lanes)));
  }

  #takeUntil(nowMs: number): { readonly atMs: number; readonly lanes: readonly LaneSample[] }[] {
    const moments = this.#sampler?.commandLine == null ? this.#ownMoments(nowMs) : this.#sampler.takeMoments();
    return moments.map(({ atMs, lanes }) => ({ atMs, lanes: [...lanes, ...this.#generatorUntil(atMs)] }));
  }

  #ownMoments(nowMs: number): { readonly atMs: number; readonly lanes: readonly LaneSample[] }[] {
    const last = this.#readings.at(-1);
    if (!last || nowMs < (this.#lastMs ?? -Infinity) + INTERVAL_MS) return [];
    this.#lastMs = last.atMs;
    return [{ atMs: last.atMs, lanes: [] }];
  }

  /** The mean of what the generator told until then; each reading covers about the same time. */
  #generatorUntil(atMs: number): LaneSample[] {
    const read = this.#readings.filter((reading) => reading.atMs <= atMs);
    this.#readings = this.#readings.filter((reading) => reading.atMs > atMs);
    if (read.length === 0) return [];
    const mean = (of: (reading: Reading) => number): number =>
      Math.round((read.reduce((sum, reading) => sum + of(reading), 0) / read.length) * 10) / 10;
    return [
      {
        name: 'load generator',
        role: 'generator',
        cpuPercent: mean(({ cpuPercent }) => cpuPercent),
        rssMB: mean(({ rssMB }) => rssMB),
        loopPercent: mean(({ eventLoopUtilization }) => eventLoopUtilization * 100),
      },
    ];
  }
}

function sampleAt(tMs: number, lanes: readonly LaneSample[]): UsageSample {
  return { tMs: Math.round(tMs), lanes };
}
