import type { Endpoint } from '../model/endpoint';
import type { FeedSetting } from '../model/feed';
import type { RequestValues } from '../model/request';
import { replaceSlots } from './feedTemplate';

/** The feeds that stand somewhere among the values; one whose parameter has left the code is of no more use. */
export function usedFeeds({ path, query, headers, body, feeds }: RequestValues): readonly FeedSetting[] {
  const texts = [
    ...Object.values(path),
    ...query.map(([, value]) => value),
    ...headers.map(([, value]) => value),
    body && 'text' in body ? body.text : '',
  ];
  return (feeds ?? []).filter(({ name }) => texts.some((text) => replaceSlots(text, [name], '') !== text));
}

/**
 * What a person may type to have a parameter fed: ids out of the list that the path is part of, when there is one.
 *
 * Examples: `/author/{id}` → `GET /author $[*].id`; `/{id}` → `1..1000`
 */
export function exampleFeed({ path }: Pick<Endpoint, 'path'>, name: string): string {
  const [before = ''] = path.split(`/{${name}`, 1);
  return before === '' || before.includes('{') || before === path ? '1..1000' : `GET ${before} $[*].id`;
}
