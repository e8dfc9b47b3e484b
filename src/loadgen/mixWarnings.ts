import type { MixResult } from '../core/model/mix';
import type { RunState, RunWarning } from '../core/model/run';

/** What a reader should know of single requests of a mix; the totals do not show it. */
export function mixWarnings(
  planned: readonly { readonly name: string }[],
  results: readonly MixResult[],
  state: RunState,
): readonly RunWarning[] {
  // Where nothing but errors came back at all, the run says so once.
  if (results.every(({ requests, statuses }) => countErrors(statuses) === requests)) return [];
  return planned.flatMap(({ name }, index) => {
    const result = results[index];
    return result ? warningsOf(name, result, state) : [];
  });
}

function warningsOf(name: string, { sent, statuses, requests }: MixResult, state: RunState): readonly RunWarning[] {
  const counts = Object.entries(statuses).sort(([, a], [, b]) => b - a);
  const listed = counts.map(([status, count]) => `${status}: ${count}`).join(', ');
  if (requests > 0 && countErrors(statuses) === requests) {
    const message = `Every answer to ${name} was an error (${listed}): its part of the load measures how fast the server says no.`;
    return [{ code: 'mix-errors', message }];
  }
  if (counts.length > 1) {
    const message = `Not every answer to ${name} had the same status (${listed}); its latencies mix them.`;
    return [{ code: 'mixed-status', message }];
  }
  if (sent === 0 && state === 'complete') {
    const message = `${name} was never sent, because the run was short for its weight: measure longer, or give it more weight.`;
    return [{ code: 'mix-unsent', message }];
  }
  return [];
}

/** Answers with status 400 and above. */
function countErrors(statuses: MixResult['statuses']): number {
  return Object.entries(statuses)
    .filter(([status]) => Number(status) >= 400)
    .reduce((total, [, count]) => total + count, 0);
}
