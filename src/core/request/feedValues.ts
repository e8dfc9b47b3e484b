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
