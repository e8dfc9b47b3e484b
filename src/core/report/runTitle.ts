import type { MixEndpoint } from '../model/mix';
import type { Run } from '../model/run';

const NAMED = 3;

type Measured = Pick<Run, 'endpoint' | 'request'> & {
  readonly mix?: { readonly name: string | null; readonly endpoints: readonly Pick<MixEndpoint, 'name' | 'weight'>[] };
};

/**
 * What a run was made for, in a few words.
 *
 * Examples: "GET /author/{id}"; "GET http://127.0.0.1:8000/"; "Mix page: GET /authors ×3, GET /author/{id} ×1"
 */
export function runTitle({ endpoint, request, mix }: Measured): string {
  if (!mix) return endpoint ? `${endpoint.method} ${endpoint.path}` : `${request.method} ${request.url}`;
  const listed = mix.endpoints.slice(0, NAMED).map(({ name, weight }) => `${name} ×${weight}`);
  const more = mix.endpoints.length > NAMED ? ', …' : '';
  return `Mix${mix.name === null ? '' : ` ${mix.name}`}: ${listed.join(', ')}${more}`;
}
