import type { FeedValues, PlannedFeed } from '../model/feed';
import type { RequestTemplate } from '../model/request';
import { UserError } from '../../util/errors';
import { areJsonValues, checkFeedValue, escapeFor, type FeedPlace } from './feedPlaces';

/** A place in the request where the value of a feed stands; `feed` is its number in the plan. */
export interface FeedSlot {
  readonly feed: number;
  readonly place: FeedPlace;
}

export type FeedPart = string | FeedSlot;

/** A request in pieces. */
export interface FeedTemplate {
  readonly method: string;
  /** Path and query. */
  readonly target: readonly FeedPart[];
  readonly headers: readonly (readonly [name: string, value: readonly FeedPart[]])[];
  /** Null when there is no body, or one of bytes, in which nothing is fed. */
  readonly body: readonly FeedPart[] | null;
}

/**
 * Cuts a request where it says `{name}` or `{{name}}`, and decides how values are written there. Fails with `feed-unused`
 * when a feed stands nowhere, and with `feed-value` when a value cannot stand where it should.
 */
export function compileFeeds(request: RequestTemplate, feeds: readonly PlannedFeed[]): FeedTemplate {
  const url = new URL(request.url);
  const cut = (text: string, placeOf: PlaceOf): FeedPart[] => cutText(text, feeds, placeOf);
  const template: FeedTemplate = {
    method: request.method,
    target: [
      ...cut(url.pathname, (_feed, isRest) => (isRest ? 'segments' : 'path')),
      ...cut(url.search, () => 'query'),
    ],
    headers: request.headers.map(([name, value]) => [name, cut(value, () => 'header')]),
    body:
      request.body && 'text' in request.body ? cut(request.body.text, bodyPlaces(request, request.body.text)) : null,
  };
  const slots = slotsOf(template);
  for (const [number, { name, values }] of feeds.entries()) {
    const own = slots.filter(({ feed }) => feed === number);
    if (own.length === 0) {
      throw new UserError(
        'feed-unused',
        `The feed "${name}" stands nowhere in the request: write {${name}} into its path, query, a header or the body.`,
      );
    }
    const places = [...new Set(own.map(({ place }) => place))];
    if (values.kind !== 'list') continue;
    for (const value of values.values) for (const place of places) checkFeedValue(place, value, name);
  }
  return template;
}

/** The text of a part of a request with the values of one row. */
function fillParts(parts: readonly FeedPart[], valueOf: (feed: number) => string): string {
  return parts.map((part) => (typeof part === 'string' ? part : escapeFor(part.place, valueOf(part.feed)))).join('');
}

/** The whole request with the values of one row. */
export function fillRequest(
  request: RequestTemplate,
  template: FeedTemplate,
  valueOf: (feed: number) => string,
): RequestTemplate {
  return {
    ...request,
    url: new URL(request.url).origin + fillParts(template.target, valueOf),
    headers: template.headers.map(([name, parts]) => [name, fillParts(parts, valueOf)]),
    body: template.body ? { text: fillParts(template.body, valueOf) } : request.body,
  };
}

/** A text with every `{name}` replaced; for looking at what surrounds the feeds. */
export function replaceSlots(text: string, names: readonly string[], replacement: string): string {
  return names.length === 0 ? text : text.replace(slotPattern(names), replacement);
}

/** A URL with the braces of its feeds as a person wrote them, where a URL parser percent-encodes them. */
export function showSlots(url: string, names: readonly string[]): string {
  if (names.length === 0) return url;
  return url.replace(slotPattern(names), (_whole, ...found: (string | undefined)[]) => {
    return `{${found[0] ?? found[2] ?? ''}${found[1] ?? found[3] ?? ''}}`;
  });
}

type PlaceOf = (feed: PlannedFeed, isRest: boolean, at: number) => FeedPlace;

function cutText(text: string, feeds: readonly PlannedFeed[], placeOf: PlaceOf): FeedPart[] {
  const parts: FeedPart[] = [];
  let from = 0;
  for (const match of text.matchAll(slotPattern(feeds.map(({ name }) => name)))) {
    const name = match[1] ?? match[3];
    const number = feeds.findIndex((feed) => feed.name === name);
    const feed = feeds[number];
    if (!feed) continue;
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push({ feed: number, place: placeOf(feed, (match[2] ?? match[4]) !== undefined, match.index) });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** `{{name}}` or `{name}`, with `*` for the rest of a path; a URL may have its braces percent-encoded. */
function slotPattern(names: readonly string[]): RegExp {
  const [open, close] = ['(?:\\{|%7[Bb])', '(?:\\}|%7[Dd])'];
  const any = `(${[...names]
    .sort((a, b) => b.length - a.length)
    .map(escapePattern)
    .join('|')})(\\*)?`;
  return new RegExp(`${open}${open}${any}${close}${close}|${open}${any}${close}`, 'g');
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function slotsOf({ target, headers, body }: FeedTemplate): FeedSlot[] {
  const parts = [...target, ...headers.flatMap(([, value]) => value), ...(body ?? [])];
  return parts.filter((part) => typeof part !== 'string');
}

function bodyPlaces({ headers }: RequestTemplate, text: string): PlaceOf {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].toLowerCase() ?? '';
  if (type.includes('json')) {
    return ({ values }, _isRest, at) =>
      isInJsonString(text, at) ? 'json-text' : canBeBare(values) ? 'json-value' : 'json-string';
  }
  if (type.includes('x-www-form-urlencoded')) return () => 'form';
  return () => (type.includes('xml') ? 'xml' : 'text');
}

function canBeBare(values: FeedValues): boolean {
  if (values.kind === 'list') return areJsonValues(values.values);
  return values.kind === 'range' || values.form === 'int';
}

/** Whether an odd number of unescaped quotation marks stands before `at`. */
export function isInJsonString(text: string, at: number): boolean {
  let isInside = false;
  for (let index = 0; index < at; index += 1) {
    if (isInside && text[index] === '\\') index += 1;
    else if (text[index] === '"') isInside = !isInside;
  }
  return isInside;
}
