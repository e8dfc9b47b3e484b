import type { PlannedMixRequest } from '../model/mix';
import { UserError } from '../../util/errors';

/** Beyond so many the histograms of a mix take more memory than they tell. */
export const MOST_IN_MIX = 100;

type Weighed = Pick<PlannedMixRequest, 'name' | 'weight'>;

/** Raises `bad-mix` with a sentence when requests cannot be loaded together. */
export function checkMix(requests: readonly (Weighed & Pick<PlannedMixRequest, 'request'>)[]): void {
  checkWeights(requests);
  const [first] = requests;
  const origin = first ? new URL(first.request.url).origin : '';
  const other = requests.find(({ request }) => new URL(request.url).origin !== origin);
  if (other) {
    throw bad(
      `A mix goes to one server: "${other.name}" goes to ${new URL(other.request.url).origin}, the first request to ${origin}.`,
    );
  }
}

/** The part of `checkMix` that needs no requests. */
export function checkWeights(requests: readonly Weighed[]): void {
  if (requests.length === 0) throw bad('The mix has no request: name at least one.');
  if (requests.length > MOST_IN_MIX) {
    throw bad(`The mix has ${requests.length} requests: at most ${MOST_IN_MIX} can be told apart.`);
  }
  for (const { name, weight } of requests) {
    if (weight > 0 && Number.isFinite(weight)) continue;
    throw bad(`The weight of "${name}" is ${weight}: it must be a number above 0.`);
  }
}

function bad(sentence: string): UserError {
  return new UserError('bad-mix', sentence);
}
