import type { MixEndpoint } from '../model/mix';
import type { Run } from '../model/run';

type Filed = Pick<Run, 'endpoint' | 'request'> & {
  readonly mix?: { readonly name: string | null; readonly endpoints: readonly Pick<MixEndpoint, 'name' | 'weight'>[] };
};

/**
 * What a run or a sweep is filed under: the id of its endpoint, `method url` of one that was made without, the name of its mix, or
 * the requests and weights of one without a name.
 */
export function subjectOf({ endpoint, request, mix }: Filed): string {
  if (!mix) return endpoint?.id ?? `${request.method} ${request.url}`;
  if (mix.name !== null) return `mix ${mix.name}`;
  return `mix of ${mix.endpoints.map(({ name, weight }) => `${weight} ${name}`).join(', ')}`;
}
