import type { FeedSetting } from '../core/model/feed';
import type { Endpoint } from '../core/model/endpoint';
import type { RequestValues } from '../core/model/request';
import { parseFeed } from '../core/request/feedSpec';
import type { FeedOrder } from '../session/loadFeeds';
import { parseCount, parsePair, usageError } from './values';

/** What is typed to make requests differ; flags of `bench` and `sweep`. */
export const FEED_OPTIONS = {
  feed: { type: 'string', multiple: true },
  'feed-order': { type: 'string' },
  'feed-seed': { type: 'string' },
} as const;

interface FeedFlags {
  readonly feed?: readonly string[] | undefined;
  readonly 'feed-order'?: string | undefined;
  readonly 'feed-seed'?: string | undefined;
}

/** The feeds that were typed, or null when there are none. Their files are the person's own choice. Fails like `parseFeed`. */
export function parseFeeds(flags: FeedFlags): FeedOrder | null {
  const order = flags['feed-order'] ?? 'cycle';
  if (order !== 'cycle' && order !== 'random') {
    throw usageError(`--feed-order wants cycle or random, not "${order}".`);
  }
  const seed = flags['feed-seed'] === undefined ? 1 : parseCount(flags['feed-seed'], '--feed-seed', 0, 2 ** 31);
  if (flags.feed === undefined) {
    const lone = (['feed-order', 'feed-seed'] as const).find((name) => flags[name] !== undefined);
    if (lone) throw usageError(`--${lone} goes with --feed.`);
    return null;
  }
  const settings = flags.feed.map((text): FeedSetting => {
    const [name, spec] = parsePair(text, '--feed');
    parseFeed({ name, spec });
    return { name, spec };
  });
  return { settings, order, seed, files: { folder: process.cwd(), confined: false } };
}

/** The values of a route with `{name}` in the place of each path or query parameter that a feed is named after. */
export function placeFeeds(
  endpoint: Pick<Endpoint, 'parameters'>,
  values: RequestValues,
  feeds: FeedOrder | null,
): RequestValues {
  if (!feeds) return values;
  const fed = new Set(feeds.settings.map(({ name }) => name));
  const parameters = endpoint.parameters.filter(({ name }) => fed.has(name));
  const inPath = parameters.filter((each) => each.in === 'path');
  const inQuery = parameters.filter((each) => each.in === 'query');
  return {
    ...values,
    path: {
      ...values.path,
      ...Object.fromEntries(inPath.map(({ name, catchAll }) => [name, `{${name}${catchAll ? '*' : ''}}`])),
    },
    query: [
      ...values.query.filter(([name]) => !inQuery.some((each) => each.name === name)),
      ...inQuery.map(({ name }) => [name, `{${name}}`] as const),
    ],
    feeds: feeds.settings,
  };
}
