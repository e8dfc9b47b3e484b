import { replaceSlots } from '../core/request/feedTemplate';
import type { BenchmarkTarget } from '../session/benchmarkOrder';
import type { FeedOrder } from '../session/loadFeeds';
import { usageError } from './values';

/** A request of a mix with those of the typed feeds that stand in it; null when there is none. */
export function withOwnFeeds(
  target: BenchmarkTarget,
  feeds: FeedOrder | null,
): { readonly target: BenchmarkTarget; readonly feeds: FeedOrder | null } {
  if (!feeds) return { target, feeds };
  const settings = feeds.settings.filter(({ name }) => standsIn(target, name));
  if (target.kind === 'request') return { target, feeds: settings.length === 0 ? null : { ...feeds, settings } };
  const { method, path, query, headers, body } = target.values;
  const values = { method, path, query, headers, body };
  if (settings.length === 0) return { target: { ...target, values }, feeds: null };
  return { target: { ...target, values: { ...values, feeds: settings } }, feeds: { ...feeds, settings } };
}

/** Fails with `usage` when a typed feed stands in none of the requests. */
export function requireFeedsUsed(feeds: FeedOrder | null, parts: readonly { readonly feeds?: FeedOrder }[]): void {
  const used = new Set(parts.flatMap((part) => part.feeds?.settings.map(({ name }) => name) ?? []));
  const lost = feeds?.settings.find(({ name }) => !used.has(name));
  if (lost) throw usageError(`The feed "${lost.name}" stands in no request of the mix: write {${lost.name}} into one.`);
}

function standsIn(target: BenchmarkTarget, name: string): boolean {
  const { path, query, headers, body } =
    target.kind === 'endpoint'
      ? target.values
      : { path: target.request.url, query: [], headers: target.request.headers, body: target.request.body };
  const text = JSON.stringify([path, query, headers, body]);
  return replaceSlots(text, [name], '') !== text;
}
