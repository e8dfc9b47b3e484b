import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FeedPlan, FeedSetting, PlannedFeed } from '../core/model/feed';
import type { RequestTemplate } from '../core/model/request';
import { FEED_LIMITS, valuesFromJson, valuesFromLines, valuesFromTable } from '../core/request/feedRows';
import { parseFeed, type FeedSource } from '../core/request/feedSpec';
import type { JsonValue } from '../core/request/jsonPath';
import { sendOnce, type SendOptions } from '../http/client';
import { describeError, UserError } from '../util/errors';
import { isInside } from './isInside';

/** Longest answer that values are taken from. */
const ANSWER_LIMIT = 16 * 1024 * 1024;

/** Feeds as a person asks for them. */
export interface FeedOrder {
  readonly settings: readonly FeedSetting[];
  readonly order: FeedPlan['order'];
  readonly seed: number;
  /**
   * The folder that files lie in. `confined` when the setting does not come from the person who runs this (a file of the
   * workspace, say): nothing outside of the folder is read then, links included. Without a folder no file is read.
   */
  readonly files: { readonly folder: string | null; readonly confined: boolean };
}

/** How another endpoint is asked for values. */
export interface FeedSender {
  /** Of the server that is loaded, without a slash at the end. */
  readonly baseUrl: string;
  /** Of the request that is loaded: the other endpoint probably wants the same. */
  readonly headers: RequestTemplate['headers'];
  readonly options: Omit<SendOptions, 'maxBodyBytes'>;
}

/**
 * Gets the values of every feed, each file and each endpoint once. Fails with `feed-file`, `feed-outside`, `feed-answer`
 * and with what reading values fails with, and like `sendOnce`.
 */
export async function loadFeeds(order: FeedOrder, sender: FeedSender): Promise<FeedPlan> {
  const feeds: PlannedFeed[] = [];
  for (const setting of order.settings) {
    const source = parseFeed(setting);
    if (feeds.some(({ name }) => name === setting.name)) {
      throw new UserError('feed-name', `There are two feeds called "${setting.name}": leave one out.`);
    }
    feeds.push({ name: setting.name, source: setting.spec.trim(), values: await valuesOf(setting.name, source) });
  }
  return { feeds, order: order.order, seed: order.seed };

  async function valuesOf(name: string, source: FeedSource): Promise<PlannedFeed['values']> {
    if (source.kind === 'ready') return source.values;
    const values = source.kind === 'file' ? await fromFile(name, source) : await fromEndpoint(name, source);
    return { kind: 'list', values };
  }

  async function fromFile(name: string, { path, select }: FeedSource & { kind: 'file' }): Promise<readonly string[]> {
    const text = await readFeedFile(path, order.files);
    const extension = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
    if (extension === 'json') return valuesFromJson(parseJson(text, path), select, name, path);
    if (extension !== 'csv' && extension !== 'tsv') return valuesFromLines(text);
    return valuesFromTable(text, select ?? name, extension === 'tsv' ? '\t' : ',');
  }

  async function fromEndpoint(
    name: string,
    { path, jsonPath }: FeedSource & { kind: 'endpoint' },
  ): Promise<readonly string[]> {
    const headers = sender.headers.filter(([header]) => !/^content-/i.test(header));
    const request = { method: 'GET', url: sender.baseUrl + path, headers, body: null } as const;
    const answer = await sendOnce(request, { ...sender.options, maxBodyBytes: ANSWER_LIMIT });
    const where = `The answer of GET ${path}`;
    if (answer.status < 200 || answer.status > 299) {
      throw new UserError(
        'feed-answer',
        `${where} has status ${answer.status}, so no values can be taken from it: check its path and who may ask.`,
      );
    }
    if (answer.truncated) throw new UserError('feed-answer', `${where} is longer than 16 MB: ask for fewer values.`);
    return valuesFromJson(parseJson(answer.bodyText, where), jsonPath, name, where);
  }
}

/** What a person is told of the feeds before the load. Examples: "200 ids from GET /author"; "9 values of q from q.csv" */
export function describeFeeds({ feeds }: FeedPlan): string {
  return feeds
    .flatMap(({ name, source, values }) => {
      if (values.kind !== 'list') return [];
      const [, from] = /^(GET \S+) +\$/.exec(source) ?? [];
      if (from === undefined) return [`${values.values.length} values of ${name} from ${source}`];
      return [`${values.values.length} ${name}${/s$/i.test(name) ? '' : 's'} from ${from}`];
    })
    .join('; ');
}

async function readFeedFile(path: string, { folder, confined }: FeedOrder['files']): Promise<string> {
  if (folder === null)
    throw new UserError('feed-outside', `${path} is not read: no folder is open that it could lie in.`);
  const file = resolve(folder, path);
  try {
    if (confined && !(await isInside(folder, file))) {
      throw new UserError('feed-outside', `${path} lies outside of the workspace, so it is not read: move it inside.`);
    }
    const { size } = await stat(file);
    if (size > FEED_LIMITS.fileBytes) {
      throw new UserError(
        'feed-limit',
        `${path} is larger than ${FEED_LIMITS.fileBytes / 1024 / 1024} MB: use a shorter file.`,
      );
    }
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError('feed-file', `The feed's file cannot be read: ${describeError(error)}`, { cause: error });
  }
}

function parseJson(text: string, where: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new UserError(
      'feed-answer',
      `${where} is not JSON (${describeError(cause)}), so no values can be taken from it: name another.`,
      { cause },
    );
  }
}
