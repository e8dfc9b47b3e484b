/** Rounds after which a session ends by itself. */
export const PLANNED_ROUNDS = 5;

/** Chance of a wrong "changed" that a whole session may have, all its looks together. */
export const SESSION_ALPHA = 0.05;

/** How a session may be looked at; fixed before it starts. */
export interface LookPlan {
  /** One launch, one look at the full 5 %. */
  readonly quick: boolean;
  /** A person may ask for more rounds after the fifth; paid for by a little width at the first five looks. */
  readonly extendable: boolean;
}

/**
 * What look number `look` (from 1, after that many rounds) may spend. Five looks at 1 % add up to at most 5 % whatever
 * their dependence (Bonferroni). An extendable session spends 0.9 % five times and keeps 0.5 % for later: half of what is
 * left at each further look. Watching every block at 95 % instead would call one unchanged endpoint in five "changed".
 */
export function lookAlpha(look: number, plan: LookPlan): number {
  if (plan.quick) return SESSION_ALPHA;
  if (!plan.extendable) return SESSION_ALPHA / PLANNED_ROUNDS;
  const reserve = SESSION_ALPHA / 10;
  if (look <= PLANNED_ROUNDS) return (SESSION_ALPHA - reserve) / PLANNED_ROUNDS;
  return reserve * 2 ** -(look - PLANNED_ROUNDS);
}
