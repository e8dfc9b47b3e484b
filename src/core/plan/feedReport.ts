import type { FeedPlan, FeedReport, FeedValues } from '../model/feed';

/** How many values come before the first comes again; null for random ones, which have no end. */
export function countOf(values: FeedValues): number | null {
  if (values.kind === 'list') return values.values.length;
  return values.kind === 'range' ? values.to - values.from + 1 : null;
}

/** What a run tells of its feeds: never the values, which may be many or private. */
export function reportFeeds({ feeds, order }: FeedPlan): FeedReport[] {
  return feeds.map(({ name, source, values }) => ({ name, source, count: countOf(values), order }));
}
