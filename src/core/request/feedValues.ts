import type { Endpoint, Parameter } from '../model/endpoint';
import type { FeedSetting } from '../model/feed';
import type { RequestValues } from '../model/request';
import { looksLikeFeed, parseFeed } from './feedSpec';
import { replaceSlots } from './feedTemplate';

/**
 * What a person typed for a path parameter: the feed when its value is fed, otherwise the value.
 *
 * Examples: path `{id: '{id}'}` with feed `id` = `1..9` → `1..9`; path `{id: '7'}` → `7`
 */
export function typedPathValue(values: RequestValues, { name }: Pick<Parameter, 'name'>): string {
  const value = values.path[name] ?? '';
  const feed = values.feeds?.find((each) => each.name === name);
  return feed && /^\{.*\}$/.test(value) ? feed.spec : value;
}

/** Takes in what was typed for a path parameter: a text that can only be meant as a feed becomes one. */
export function withTypedPathValue(
  values: RequestValues,
  { name, catchAll }: Pick<Parameter, 'name' | 'catchAll'>,
  text: string,
): RequestValues {
  const isFeed = looksLikeFeed(text);
  const value = isFeed ? `{${name}${catchAll ? '*' : ''}}` : text;
  const others = (values.feeds ?? []).filter((feed) => feed.name !== name);
  const feeds = isFeed ? [...others, { name, spec: text.trim() }] : others;
  return { ...withoutFeeds(values), path: { ...values.path, [name]: value }, ...(feeds.length > 0 ? { feeds } : {}) };
}

/** Fails like `parseFeed` when a text is meant as a feed and is none. */
export function checkTypedFeed(name: string, text: string): boolean {
  if (!looksLikeFeed(text)) return false;
  parseFeed({ name, spec: text });
  return true;
}

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

function withoutFeeds(values: RequestValues): RequestValues {
  const { method, path, query, headers, body } = values;
  return { method, path, query, headers, body };
}
