import type { ConfigurationScope } from 'vscode';
import { readSetting } from '../../config';
import { BLOCKS_PER_ROUND } from '../../core/compare/roundPlan';
import { WARMUP } from '../../core/compare/steadiness';
import type { LoadProfile } from '../../core/model/loadProfile';
import type { PairLoad } from '../../core/model/pairPlan';
import type { SideBySideOrder } from '../../session/sideBySide';

/** A quick look takes no more than this, restarts and warm-up included. */
const QUICK_BUDGET_MS = 25_000;

/** A quick look at eight blocks of half the length. */
export const QUICK_PACE: NonNullable<SideBySideOrder['pace']> = {
  warmup: WARMUP,
  blocks: BLOCKS_PER_ROUND,
  shortBlocks: true,
};

/** How a comparison side by side is made, from the settings. */
export interface CompareOptions {
  readonly quick: boolean;
  readonly budgetMs: number;
  /** A share: 0.03 is 3 %. */
  readonly margin: number;
}

/** Values that an editor only underlines are held within what package.json allows. */
export function readCompareOptions(scope: ConfigurationScope): CompareOptions {
  const quick = readSetting('compare.quick', scope);
  const budgetS = Math.min(1800, Math.max(30, readSetting('compare.budgetSeconds', scope)));
  return {
    quick,
    budgetMs: quick ? QUICK_BUDGET_MS : budgetS * 1000,
    margin: Math.min(10, Math.max(1, readSetting('compare.marginPercent', scope))) / 100,
  };
}

/** Restarts of both sides, in seconds, and what each endpoint takes in a launch. */
const LAUNCH_S = 6;
const ENDPOINT_S = 9;
const MOST_BUDGET_MS = 1_800_000;

/** How long many endpoints may be compared: three launches, or as long as is set when that is longer; one launch when quick. */
export function manyBudget(count: number, quick: boolean, budgetMs: number): number {
  const launchMs = (LAUNCH_S + ENDPOINT_S * count) * 1000;
  return quick ? launchMs : Math.min(MOST_BUDGET_MS, Math.max(budgetMs, 3 * launchMs));
}

/** The load of a profile as both sides get it: two servers can only be told apart under as much as each can take. */
export function pairLoadOf({ model, timeoutMs, transport, http2, insecureTls }: LoadProfile): PairLoad {
  const { connections, pipelining } = model.kind === 'closed' ? model : { connections: 16, pipelining: 1 };
  return { connections, pipelining, timeoutMs, transport, http2, insecureTls };
}
