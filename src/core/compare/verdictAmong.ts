import type { Comparison } from '../model/comparison';
import type { ComparedEndpoint } from '../model/manyComparison';
import { decidedHeadline } from './sentences';
import { percentText } from './words';

/**
 * What may be shown of one endpoint alone after `count` were looked at together: its own comparison with the verdict that holds
 * among all of them, which may be less than it would have got alone.
 */
export function verdictAmong({ verdict, comparison }: ComparedEndpoint, count: number): Comparison {
  const main = comparison.metrics.find(({ name }) => name === comparison.primary);
  const together = `One of ${count} endpoints that were compared in the same launches, in short slices.`;
  const details = [together, ...comparison.details];
  if (comparison.blocker !== null || !main) return { ...comparison, details, secondsNeeded: null };
  const clearly = verdict === comparison.verdict && comparison.clearly;
  const said = { ...main, verdict, clearly };
  const wide =
    comparison.smallestDetectable === null
      ? ''
      : `: a change below ${percentText(comparison.smallestDetectable)} is not seen`;
  return {
    ...comparison,
    ...{ verdict, clearly, details },
    headline:
      verdict === 'inconclusive'
        ? `Cannot tell among ${count} endpoints${wide}; compare this one alone`
        : decidedHeadline(said, comparison.margin, comparison.labels.before),
    metrics: comparison.metrics.map((metric) => (metric === main ? said : metric)),
    regression: verdict === 'slower',
    secondsNeeded: null,
  };
}
