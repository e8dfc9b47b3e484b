import type { Verdict } from '../model/comparison';
import type { ManyComparison } from '../model/manyComparison';
import type { EndpointVerdict } from './decideMany';
import { percentText } from './words';

const ORDER: readonly Verdict[] = ['slower', 'faster', 'equivalent', 'inconclusive'];

/** New failures come before other differences of the answers, and both before any speed. */
function placeOf({
  verdict,
  comparison: { blocker, regression },
}: Pick<EndpointVerdict, 'verdict' | 'comparison'>): number {
  if (blocker !== null) return regression ? -2 : -1;
  return ORDER.indexOf(verdict);
}

/** What is known of the session besides the verdicts. */
export interface ManyFacts {
  readonly labels: ManyComparison['labels'];
  readonly margin: number;
  /** Of each endpoint, by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly skipped: ManyComparison['skipped'];
  readonly launches: number;
  readonly warnings: ManyComparison['warnings'];
}

/** Puts the endpoints in order and says in one sentence which of them changed. */
export function summariseMany(verdicts: readonly EndpointVerdict[], facts: ManyFacts): ManyComparison {
  const { labels, margin, names, skipped, launches, warnings } = facts;
  const endpoints = verdicts
    .map(({ id, verdict, comparison }) => ({ id, label: names.get(id) ?? id, verdict, comparison }))
    .sort((a, b) => placeOf(a) - placeOf(b));
  return {
    ...{ schemaVersion: 1, kind: 'many', labels, margin, endpoints, skipped, launches, warnings },
    headline: headline(endpoints, margin),
    regression: endpoints.some(
      ({ verdict, comparison }) => verdict === 'slower' || (comparison.blocker !== null && comparison.regression),
    ),
    measuredS: endpoints.reduce((sum, { comparison }) => sum + comparison.measuredS, 0),
  };
}

function headline(endpoints: ManyComparison['endpoints'], margin: number): string {
  const count = (verdict: Verdict): number => endpoints.filter((each) => each.verdict === verdict).length;
  const broken = endpoints.filter(({ comparison }) => comparison.blocker !== null).length;
  const unknown = count('inconclusive') - broken;
  const parts = [
    [broken, broken === 1 ? 'answers differently' : 'answer differently'],
    [count('slower'), 'slower'],
    [count('faster'), 'faster'],
    [count('equivalent'), `without a difference larger than ${percentText(margin)}`],
    [unknown, 'not sure yet'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return `Of ${endpoints.length} ${endpoints.length === 1 ? 'endpoint' : 'endpoints'}: ${told.join(', ')}`;
}
