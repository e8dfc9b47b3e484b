import type { Endpoint } from '../model/endpoint';

/**
 * What a person may type to have a parameter fed: ids out of the list that the path is part of, when there is one.
 *
 * Examples: `/author/{id}` → `GET /author $[*].id`; `/{id}` → `1..1000`
 */
export function exampleFeed({ path }: Pick<Endpoint, 'path'>, name: string): string {
  const [before = ''] = path.split(`/{${name}`, 1);
  return before === '' || before.includes('{') || before === path ? '1..1000' : `GET ${before} $[*].id`;
}
