import type { MixPlan } from '../model/mix';
import type { RunPlan } from '../model/runPlan';
import { shareOf } from './shareOf';

/**
 * What thread `index` of `count` does of a plan. Connections, rates and numbers of requests add up to those of the whole
 * plan exactly; times are the same for all.
 *
 * Examples: 10 requests in 4 shares are 3, 3, 2, 2; two seconds are two seconds for each.
 */
export function sharePlan(plan: RunPlan, index: number, count: number): RunPlan {
  if (count === 1) return plan;
  const { profile } = plan;
  const { durationMs, requests } = profile.stop;
  return {
    ...plan,
    ...(plan.feeds ? { feeds: { ...plan.feeds, share: { index, count } } } : {}),
    ...(plan.mix ? { mix: shareOfMix(plan.mix, index, count) } : {}),
    profile: {
      ...profile,
      model: shareOf(profile.model, index, count),
      stop: { ...profile.stop, durationMs, requests: requests === null ? null : shareOfCount(requests, index, count) },
    },
  };
}

/** Feeds go on with their own turns: each thread has every `count`th row of each. */
function shareOfMix(mix: MixPlan, index: number, count: number): MixPlan {
  const share = { index, count };
  return {
    ...mix,
    share,
    requests: mix.requests.map((each) => (each.feeds ? { ...each, feeds: { ...each.feeds, share } } : each)),
  };
}

function shareOfCount(total: number, index: number, count: number): number {
  return Math.floor(total / count) + (index < total % count ? 1 : 0);
}
