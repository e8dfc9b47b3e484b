import type { LoadStage } from '../model/loadProfile';

export interface ArrivalOptions {
  /** Rates per second over time; the last may last for ever. */
  readonly stages: readonly LoadStage[];
  readonly arrivals: 'constant' | 'poisson';
  /** Where in its gap a constant arrival falls, 0 to 1. */
  readonly offset: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/**
 * When requests are due under a rate that goes in straight lines: arrivals are even (or Poisson of rate one) in the area
 * below the rate, and each is brought back to the moment at which the area reaches it. So the number of constant arrivals is
 * the whole area, to the nearest one, and Poisson arrivals follow any ramp exactly.
 */
export class Arrivals {
  readonly #options: ArrivalOptions;
  #stage = 0;
  #stageStartS = 0;
  /** Area below the stages before this one. */
  #areaBefore = 0;
  #area = 0;
  #isFirst = true;

  constructor(options: ArrivalOptions) {
    this.#options = options;
  }

  /**
   * How many arrivals lie from the one last given, itself included, to a moment since the beginning; as many as are expected
   * with Poisson arrivals.
   */
  countUntil(us: number): number {
    const area = this.#areaUntil(us / 1_000_000);
    return area < this.#area ? 0 : 1 + Math.floor(area - this.#area);
  }

  /** The next due time in microseconds since the beginning; Infinity when there is no more. */
  nextUs(): number {
    const { arrivals, offset, random } = this.#options;
    if (arrivals === 'poisson') this.#area -= Math.log(1 - random());
    else this.#area += this.#isFirst ? offset : 1;
    this.#isFirst = false;
    for (;;) {
      const stage = this.#options.stages[this.#stage];
      if (!stage) return Infinity;
      const durationS = stage.durationMs / 1000;
      const wanted = this.#area - this.#areaBefore;
      const whole = durationS === Infinity ? Infinity : ((stage.from + stage.to) / 2) * durationS;
      if (wanted < whole) return (this.#stageStartS + timeOfArea(stage, durationS, wanted)) * 1_000_000;
      this.#areaBefore += whole;
      this.#stageStartS += durationS;
      this.#stage++;
    }
  }

  #areaUntil(endS: number): number {
    let area = 0;
    let startS = 0;
    for (const { durationMs, from, to } of this.#options.stages) {
      const spentS = Math.min(durationMs / 1000, endS - startS);
      if (spentS <= 0) break;
      const level = durationMs === Infinity ? from : from + ((to - from) * spentS) / (durationMs / 1000);
      area += ((from + level) / 2) * spentS;
      startS += durationMs / 1000;
    }
    return area;
  }
}

/** When the area below a straight line reaches a value; the form of the root that has no difference of large numbers. */
function timeOfArea({ from, to }: LoadStage, durationS: number, area: number): number {
  if (from === to) return area / from;
  const slope = (to - from) / durationS;
  return (2 * area) / (from + Math.sqrt(Math.max(0, from * from + 2 * slope * area)));
}
