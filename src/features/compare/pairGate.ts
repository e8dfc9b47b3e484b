import type { Endpoint } from '../../core/model/endpoint';
import type { FeedPlan } from '../../core/model/feed';
import type { PairPlan, PairSide } from '../../core/model/pairPlan';
import type { RequestValues, SingleResponse } from '../../core/model/request';
import { adviseAnswer } from '../../core/request/advice';
import { FeedCursor } from '../../core/request/feedCursor';
import { compileFeeds, fillRequest } from '../../core/request/feedTemplate';
import { usedFeeds } from '../../core/request/feedValues';
import type { Secrets } from '../../core/request/secrets';
import { sendOnce } from '../../http/client';
import { PREVIEW_BODY_LIMIT } from '../../session/benchmark';
import { loadFeeds } from '../../session/loadFeeds';
import { redactResponse } from '../../session/secrets';
import type { SideBySideServices } from '../../session/sideBySide';
import { CancelledError } from '../../util/errors';

export interface PairGateOptions {
  readonly endpoint: Endpoint;
  readonly values: RequestValues;
  /** The workspace folder, which files of feeds must lie in. */
  readonly folder: string;
  /** The path below which the application answers, `/` mostly. */
  readonly basePath: string;
  readonly onPreview: (response: SingleResponse) => void;
  /** A round begins; told before its first request. */
  readonly onRound: () => void;
}

/**
 * The load generator with what a benchmark does before its load: before the first round one request goes to the after side,
 * and a doubtful answer is asked about; fed values are read once and are the same for both sides.
 */
export function gatePair(services: SideBySideServices, options: PairGateOptions): SideBySideServices['load'] {
  let feeds: FeedPlan | null | undefined;
  return {
    pair: async (plan, listeners) => {
      options.onRound();
      if (feeds === undefined) {
        feeds = await readFeeds(plan, options, listeners.signal);
        await preview(plan.sides.after, plan, feeds, services, options, listeners);
      }
      const fed = feeds;
      const sideOf = (side: PairSide): PairSide => (fed ? { ...side, feeds: fed } : side);
      const sides = { before: sideOf(plan.sides.before), after: sideOf(plan.sides.after) };
      return await services.load.pair({ ...plan, sides }, listeners);
    },
  };
}

async function readFeeds(
  { sides, load }: PairPlan,
  { values, folder, basePath }: PairGateOptions,
  signal: AbortSignal,
): Promise<FeedPlan | null> {
  const settings = usedFeeds(values);
  if (settings.length === 0) return null;
  const { request, allowedAddresses } = sides.after;
  return await loadFeeds(
    { settings, order: 'cycle', seed: 1, files: { folder, confined: true } },
    {
      baseUrl: `${new URL(request.url).origin}${basePath.replace(/\/+$/, '')}`,
      headers: request.headers,
      options: {
        timeoutMs: load.timeoutMs,
        insecureTls: load.insecureTls,
        http2: load.http2,
        signal,
        allowedAddresses,
        proxy: null,
      },
    },
  );
}

async function preview(
  { request, allowedAddresses }: PairSide,
  { load }: PairPlan,
  feeds: FeedPlan | null,
  { prompts }: SideBySideServices,
  { endpoint, onPreview }: PairGateOptions,
  {
    signal,
    secrets,
  }: { readonly signal: AbortSignal; readonly secrets?: Readonly<Record<'before' | 'after', Secrets>> },
): Promise<void> {
  const concrete = feeds ? firstOf(request, feeds) : request;
  const answer = await sendOnce(concrete, {
    timeoutMs: load.timeoutMs,
    insecureTls: load.insecureTls,
    http2: load.http2,
    signal,
    allowedAddresses,
    proxy: null,
    maxBodyBytes: PREVIEW_BODY_LIMIT,
  });
  const response = redactResponse(answer, secrets?.after ?? new Map());
  onPreview(response);
  const expectsJson = request.headers.some(
    ([name, value]) => name.toLowerCase() === 'accept' && value.includes('json'),
  );
  const advice = adviseAnswer(response, { method: request.method, url: request.url, endpoint, expectsJson });
  if (advice.level === 'ok') return;
  if (!(await prompts.confirm({ kind: 'preview', sentence: advice.sentence, response }, signal))) {
    throw new CancelledError();
  }
}

function firstOf(request: PairSide['request'], feeds: FeedPlan): PairSide['request'] {
  const cursor = new FeedCursor(feeds);
  cursor.next();
  return fillRequest(request, compileFeeds(request, feeds.feeds), cursor.value);
}
