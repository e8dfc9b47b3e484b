import type { Run } from '../model/run';

/** What a run or a sweep is filed under: the id of its endpoint, or `method url` of one that was made without. */
export function subjectOf({ endpoint, request }: Pick<Run, 'endpoint' | 'request'>): string {
  return endpoint?.id ?? `${request.method} ${request.url}`;
}
