import type { Endpoint } from '../model/endpoint';
import type { FeedSetting } from '../model/feed';
import type { RequestValues } from '../model/request';
import { UserError } from '../../util/errors';
import { looksLikeFeed, parseFeed } from './feedSpec';
import { usedFeeds } from './feedValues';

/** `{{1..9}}`, or with a name of its own `{{id=1..9}}`. */
const INLINE = /\{\{\s*(?:([A-Za-z_][\w.-]*)\s*=\s*)?([^{}]+?)\s*\}\}/g;

/**
 * Values as a person types them, with their feeds by name. In the path, a query parameter or a header a text that can only be
 * meant as a feed is one; anywhere else, and within a longer text, it stands in `{{…}}`. Fails like `parseFeed`, and with
 * `feed-name` when two feeds are given one name.
 *
 * Examples: path `id` = `1..9` → `{id}` with feed `id`; body `{"name": "{{random:uuid}}"}` → `{"name": "{name}"}` with feed `name`
 */
export function takeFeeds({ path: template }: Pick<Endpoint, 'path'>, typed: RequestValues): RequestValues {
  const taker = new FeedTaker(typed.feeds ?? []);
  const { method, path, query, headers, body } = typed;
  const taken = {
    method,
    path: mapValues(path, (text, name) => taker.whole(text, name, template.includes(`{${name}*}`))),
    query: query.map(([name, text]) => [name, taker.whole(text, name)] as const),
    headers: headers.map(([name, text]) => [name, taker.whole(text, name)] as const),
    body: body && 'text' in body ? { text: taker.within(body.text, (before) => labelBefore(before)) } : body,
  };
  const feeds = usedFeeds({ ...taken, feeds: taker.feeds });
  return feeds.length === 0 ? taken : { ...taken, feeds };
}

/** The values as `takeFeeds` reads them: what a person is shown to edit, and what is written into the team file. */
export function showFeeds(values: RequestValues): RequestValues {
  const { method, path, query, headers, body, feeds = [] } = values;
  const shower = new FeedShower(feeds);
  return {
    method,
    path: mapValues(path, (text, name) => shower.whole(text, name)),
    query: query.map(([name, text]) => [name, shower.whole(text, name)] as const),
    headers: headers.map(([name, text]) => [name, shower.whole(text, name)] as const),
    body: body && 'text' in body ? { text: shower.within(body.text, (before) => labelBefore(before)) } : body,
  };
}

/** Fails like `parseFeed` when a text has a feed in it that is none. `isWhole` where a feed may stand without braces. */
export function checkTypedFeeds(text: string, isWhole: boolean): void {
  if (isWhole && looksLikeFeed(text)) parseFeed({ name: 'value', spec: text.trim() });
  for (const [, name, spec = ''] of text.matchAll(INLINE)) {
    if (isInline(name, spec)) parseFeed({ name: name ?? 'value', spec });
  }
}

class FeedTaker {
  readonly feeds: FeedSetting[];

  constructor(feeds: readonly FeedSetting[]) {
    this.feeds = [...feeds];
  }

  whole(text: string, label: string, isRest = false): string {
    if (!looksLikeFeed(text)) return this.within(text, () => label);
    return `{${this.#add(label, text.trim())}${isRest ? '*' : ''}}`;
  }

  within(text: string, labelOf: (before: string) => string): string {
    return text.replace(INLINE, (whole: string, name: string | undefined, spec: string, at: number) => {
      if (!isInline(name, spec)) return whole;
      return `{${name === undefined ? this.#add(labelOf(text.slice(0, at)), spec) : this.#addNamed(name, spec)}}`;
    });
  }

  #add(label: string, spec: string): string {
    const base = feedName(label);
    let name = base;
    for (let number = 2; this.feeds.some((each) => each.name === name && each.spec !== spec); number++)
      name = `${base}-${number}`;
    return this.#addNamed(name, spec);
  }

  #addNamed(name: string, spec: string): string {
    const same = this.feeds.find((each) => each.name === name);
    if (!same) {
      parseFeed({ name, spec });
      this.feeds.push({ name, spec });
    } else if (same.spec !== spec) {
      throw new UserError(
        'feed-name',
        `There are two feeds called "${name}" (${same.spec} and ${spec}): rename one of them.`,
      );
    }
    return name;
  }
}

class FeedShower {
  readonly #left: Map<string, string>;

  constructor(feeds: readonly FeedSetting[]) {
    this.#left = new Map(feeds.map(({ name, spec }) => [name, spec]));
  }

  whole(text: string, label: string): string {
    const name = /^\{([^{}]+?)\*?\}$/.exec(text)?.[1] ?? '';
    const spec = this.#left.get(name);
    if (spec === undefined || !looksLikeFeed(spec) || feedName(label) !== name) return this.within(text, () => label);
    this.#left.delete(name);
    return spec;
  }

  /** A feed is spelled out where it stands first; everywhere else its name is enough. */
  within(text: string, labelOf: (before: string) => string): string {
    return text.replace(/\{\{?([^{}]+?)\*?\}\}?/g, (whole, name: string, at: number) => {
      const spec = this.#left.get(name);
      if (spec === undefined) return whole;
      this.#left.delete(name);
      const isPlain = isInline(undefined, spec) && feedName(labelOf(text.slice(0, at))) === name;
      return isPlain ? `{{${spec}}}` : `{{${name}=${spec}}}`;
    });
  }
}

/** A single word in double braces is the name of a feed, or of somebody else's template. */
function isInline(name: string | undefined, spec: string): boolean {
  return name !== undefined || looksLikeFeed(spec) || /^[^\s,{}#/][^,{}#/]*(?:,[^,{}#/]+)+$/.test(spec);
}

/** What a value in a body is called: the key before it, in JSON or in a form. */
function labelBefore(before: string): string {
  return (
    /"([^"\\]+)"\s*:\s*"?[^",{}[\]]*$/.exec(before)?.[1] ?? /(?:^|&)([^=&\s]+)=[^&]*$/.exec(before)?.[1] ?? 'value'
  );
}

/** Example: `X-User Id` → `X-User_Id` */
function feedName(label: string): string {
  return label.replace(/[^\w.-]/g, '_').replace(/^(?![A-Za-z_])/, '_');
}

function mapValues(
  record: Readonly<Record<string, string>>,
  map: (value: string, key: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
