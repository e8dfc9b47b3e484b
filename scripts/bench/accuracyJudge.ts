import type { Measured } from './engineGenerators';

/** How far the product may be from wrk where the server is the limit. */
export const ALLOWED = { rps: 0.03, p50Ms: 0.05, p99Ms: 0.1 } as const;

/** A server that uses so much of its core is what limits the numbers. */
const LIMITING_PERCENT = 85;

type Figure = keyof typeof ALLOWED;

/** One run of each generator, right after another, and how busy the server's core was in the lesser of them. */
export interface Round {
  readonly ours: Measured;
  readonly wrk: Measured;
  readonly serverPercent: number | null;
}

export interface Judged {
  /** Median over the rounds of ours / wrk, with the least and the largest; null where one of them has no figure. */
  readonly ratios: Readonly<
    Record<Figure, { readonly middle: number; readonly least: number; readonly most: number } | null>
  >;
  readonly serverPercent: number | null;
  /**
   * `within`; `outside`, with what is; `noise`: outside, but by no more than wrk differs from itself between the rounds; `not
   * the limit`: the server has time left, so that the generators may differ.
   */
  readonly verdict: string;
}

/** Compares round by round, so that a machine that changes changes for both. */
export function judge(rounds: readonly Round[]): Judged {
  const figures = Object.keys(ALLOWED) as Figure[];
  const ratios = Object.fromEntries(figures.map((figure) => [figure, ratioOf(rounds, figure)])) as Judged['ratios'];
  const serverPercent = middleOf(
    rounds.flatMap((round) => (round.serverPercent === null ? [] : [round.serverPercent])),
  );
  const isLimit = serverPercent === null || serverPercent >= LIMITING_PERCENT;
  const outside = figures.filter((figure) => Math.abs((ratios[figure]?.middle ?? 1) - 1) > ALLOWED[figure]);
  const beyondNoise = outside.filter(
    (figure) => Math.abs((ratios[figure]?.middle ?? 1) - 1) > ownSpread(rounds, figure),
  );
  const named = (list: readonly Figure[]): string => list.map((figure) => figure.replace('Ms', '')).join(', ');
  if (!isLimit) return { ratios, serverPercent, verdict: 'not the limit' };
  if (outside.length === 0) return { ratios, serverPercent, verdict: 'within' };
  if (beyondNoise.length === 0) return { ratios, serverPercent, verdict: `noise (${named(outside)})` };
  return { ratios, serverPercent, verdict: `outside (${named(beyondNoise)})` };
}

/** How far wrk's own runs are apart, as a share of the least. */
function ownSpread(rounds: readonly Round[], figure: Figure): number {
  const own = rounds.map(({ wrk }) => wrk[figure]).filter((value) => value > 0);
  return own.length < 2 ? 0 : Math.max(...own) / Math.min(...own) - 1;
}

function ratioOf(rounds: readonly Round[], figure: Figure): Judged['ratios'][Figure] {
  const list = rounds.flatMap(({ ours, wrk }) => (wrk[figure] > 0 ? [ours[figure] / wrk[figure]] : []));
  const middle = middleOf(list);
  return middle === null ? null : { middle, least: Math.min(...list), most: Math.max(...list) };
}

/** The median, or null of nothing. */
export function middleOf(list: readonly number[]): number | null {
  const sorted = [...list].sort((a, b) => a - b);
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return lower === undefined || upper === undefined ? null : (lower + upper) / 2;
}
