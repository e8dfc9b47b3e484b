import { assembleRun, type RunParts } from '../core/plan/assembleRun';
import { advanceLiveRun, emptyLiveRun, warmupRows } from '../core/plan/liveRun';
import { checkProfile } from '../core/plan/checkProfile';
import { checkCaps } from '../core/plan/loadCaps';
import { adviseAnswer, type PreviewAdvice } from '../core/request/advice';
import { buildRequest, finishRequest } from '../core/request/buildRequest';
import { warnOfDebugServer } from '../core/request/debugServer';
import { FeedCursor } from '../core/request/feedCursor';
import { parseFeed } from '../core/request/feedSpec';
import { usedFeeds } from '../core/request/feedValues';
import { compileFeeds, fillRequest } from '../core/request/feedTemplate';
import { checkTarget, type CheckedTarget } from '../core/request/targetGuard';
import type { FeedPlan } from '../core/model/feed';
import type { LoginRequest } from '../core/model/login';
import type { LoadProfile } from '../core/model/loadProfile';
import type { RequestTemplate, RequestValues, SingleResponse } from '../core/model/request';
import type { Run, RunEnvironment, RunWarning } from '../core/model/run';
import type { LoadResult, RunPlan, Snapshot } from '../core/model/runPlan';
import { describeProxy } from '../core/request/proxy';
import { unixSocketTarget } from '../core/request/unixSocket';
import { portOf } from '../core/request/urlPlace';
import { fillSecrets, referencesIn, type Secrets } from '../core/request/secrets';
import { sendOnce, type SendOptions } from '../http/client';
import { startSampler, type ServerSampler } from '../servers/sampler';
import { CancelledError } from '../util/errors';
import type { BenchmarkOrder, SessionEvents, SessionServices } from './benchmarkOrder';
import { requireHostConsent, requireWriteConsent, requireYes } from './consent';
import { describeFeeds, loadFeeds, type FeedOrder } from './loadFeeds';
import { logIn, readLogins, referencesInLogins, withServerLogin } from './login';
import { describeProblem } from './problem';
import { hideTarget, readSecrets, redactResponse, redactResult, requireNoSlots, type SecretSource } from './secrets';
import { filledMix, keptMix, mixPreviewWarnings, mixSecrets, type PreparedMix } from './mixPlan';
import { newRunId } from './runId';
import { UsageRecorder } from './usageRecorder';

/** Bytes of a preview's body that are read and shown. */
export const PREVIEW_BODY_LIMIT = 64 * 1024;

/**
 * The whole way from an order to a stored run: guard, consents, server, preview, load with the server watched beside it.
 * Resolves with the run, in state `cancelled` when `signal` was aborted after something had been measured. Rejects with
 * `CancelledError` when it was aborted or a question was answered with no before that, and with a UserError for everything
 * that a person can mend; `onActivity` has told it then.
 */
export async function benchmark(
  order: BenchmarkOrder,
  services: SessionServices,
  events: SessionEvents,
  signal: AbortSignal,
): Promise<Run> {
  return await settle(events, signal, async () => {
    const session = new Session(order, services, events, signal);
    const run = await session.measure(await session.prepare(), order.profile);
    await services.store?.save(run);
    return run;
  });
}

/** Tells how the work ended, and turns whatever an abort led to into `CancelledError`; rejects with what the work rejected with otherwise. */
export async function settle<Result>(
  events: SessionEvents,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    const result = await work();
    events.onActivity?.({ kind: 'idle' });
    return result;
  } catch (error) {
    if (signal.aborted || error instanceof CancelledError) {
      events.onActivity?.({ kind: 'idle' });
      throw new CancelledError();
    }
    events.onActivity?.({ kind: 'problem', problem: describeProblem(error) });
    throw error;
  }
}

/** What is settled before the first load, and stays for every load that follows. */
export interface Prepared {
  /** As it is kept, with references in the place of secrets. */
  readonly target: BenchmarkOrder['target'];
  readonly checked: CheckedTarget;
  readonly server: { readonly name: string; readonly baseUrl: string };
  /** As it is kept and shown, with references in the place of secrets. */
  readonly request: RequestTemplate;
  readonly secrets: Secrets;
  /** Null when every request is the same. */
  readonly feeds: FeedPlan | null;
  readonly proxy: string | null;
  readonly response: SingleResponse;
  readonly advice: PreviewAdvice;
  /** What the preview gave reason to say. */
  readonly warnings: readonly RunWarning[];
  readonly environment: RunEnvironment;
}

type Sending = Omit<SendOptions, 'maxBodyBytes'> & { readonly proxy: string | null };

/** The steps of `benchmark`, for whoever loads more than once after asking once. */
export class Session {
  readonly #order: BenchmarkOrder;
  readonly #services: SessionServices;
  readonly #events: SessionEvents;
  readonly #signal: AbortSignal;
  /** What was in the order in plain and is a secret by its name. */
  readonly #hidden: ReadonlyMap<string, string>;
  /** What is sent for an endpoint: its values, with the token of the server's login. */
  #values: RequestValues | null = null;

  constructor(order: BenchmarkOrder, services: SessionServices, events: SessionEvents, signal: AbortSignal) {
    const { target, hidden } = hideTarget(order);
    this.#order = { ...order, target };
    this.#hidden = hidden;
    this.#services = services;
    this.#events = events;
    this.#signal = signal;
  }

  /** Everything up to the answer of one single request: guard, consents, server, preview. */
  async prepare(): Promise<Prepared> {
    const { target, folder, profile } = this.#order;
    this.#say('Looking up where the load will go…');
    checkProfile(profile);
    const caps = this.#services.caps?.();
    if (caps) checkCaps(profile, caps);
    if (target.kind === 'endpoint') {
      this.#values = await withServerLogin(target.values, target.server, this.#services.loginOf, folder);
    }
    // Everything that can be wrong with the values is told before a server is started for them.
    const draft = this.#build(baseUrlOf(target).replaceAll('{port}', '1'));
    const { unixSocket } = this.#order;
    const checked = unixSocket
      ? unixSocketTarget(draft.url, unixSocket)
      : await checkTarget(draft.url, this.#services.resolveHost);
    const logins = await readLogins(referencesIn(draft), this.#services.loginOf, folder);
    const carried = [...new Set([...referencesIn(draft), ...referencesInLogins(logins)])];
    await requireHostConsent(checked, this.#services, this.#signal, carried);
    await this.#askForWrites(draft);
    const environment = this.#services.readEnvironment(folder);
    environment.catch(() => undefined);
    for (const setting of this.#feedOrder()?.settings ?? []) parseFeed(setting);
    const server = await this.#ensureServer(checked);
    const request = target.kind === 'endpoint' ? this.#build(server.baseUrl) : draft;
    const sending = this.#sendOptions(request.url, checked);
    const secrets = await this.#readSecrets(carried, logins, server.baseUrl, sending);
    const filled = fillSecrets(request, secrets);
    const feeds = await this.#loadFeeds(filled, server.baseUrl, sending);
    const { response, advice } = await this.#preview(
      feeds ? firstOf(filled, feeds) : filled,
      request,
      secrets,
      sending,
    );
    const { proxy } = sending;
    return {
      ...{ target, checked, server, request, secrets, feeds, proxy, response, advice, environment: await environment },
      warnings: [
        ...(advice.level === 'ok' ? [] : [{ code: `preview-${advice.code}`, message: advice.sentence }]),
        ...(proxy === null ? [] : [proxyWarning(proxy)]),
        ...(unixSocket ? [unixSocketWarning(unixSocket)] : []),
        ...(profile.http2 && response.httpVersion === '1.1' ? [HTTP1_INSTEAD] : []),
      ],
    };
  }

  /**
   * One load, with the server watched beside it; with `mix`, of all its requests, of which this one is the first. Rejects with
   * `CancelledError` when nothing was measured.
   */
  async measure(prepared: Prepared, profile: LoadProfile, mix: PreparedMix | null = null): Promise<Run> {
    const { target, checks, unixSocket } = this.#order;
    const { checked, request, feeds, proxy, response } = prepared;
    const secrets = mix ? mixSecrets(mix) : prepared.secrets;
    const plan: RunPlan = {
      request,
      profile,
      allowedAddresses: checked.addresses,
      ...(checks && !mix ? { checks } : {}),
      ...(feeds && !mix ? { feeds } : {}),
      ...(proxy === null ? {} : { proxy }),
    };
    // Whatever listens on the port that the URL names, it is not what is loaded.
    const hasPort = checked.class === 'loopback' && unixSocket === undefined;
    const sampler = hasPort ? startSampler(portOf(new URL(request.url))) : null;
    try {
      // The load generator alone is given the values; what is kept of the plan has the references.
      const sent = { ...plan, request: fillSecrets(request, secrets), ...(mix ? { mix: filledMix(mix) } : {}) };
      const loaded = await this.#load(sent, sampler);
      await sampler?.settled();
      const { result, seen } = { ...loaded, result: redactResult(loaded.result, secrets) };
      return assembleRun({
        id: newRunId(result.startedAtMs),
        plan,
        result: {
          ...result,
          warnings: [
            ...result.warnings,
            ...(mix ? mixPreviewWarnings(mix) : prepared.warnings),
            ...warnOfDebugServer(sampler?.signs ?? {}, serverOf(response)),
          ],
        },
        endpoint: target.kind === 'endpoint' && !mix ? target.endpoint : null,
        target: prepared.server,
        values: target.kind === 'endpoint' && !mix ? target.values : null,
        environment: prepared.environment,
        server: sampler?.report() ?? null,
        ...(mix ? { mix: keptMix(mix) } : { preview: { status: response.status, durationMs: response.durationMs } }),
        ...seen,
      });
    } finally {
      sampler?.dispose();
    }
  }

  #build(baseUrl: string): RequestTemplate {
    const { target } = this.#order;
    const names = this.#feedOrder()?.settings.map(({ name }) => name) ?? [];
    return target.kind === 'endpoint'
      ? buildRequest(target.endpoint, baseUrl, this.#values ?? target.values, names)
      : finishRequest(target.request, names);
  }

  /** Everything that the requests refer to; tokens are fetched here, once for all loads that follow. */
  async #readSecrets(
    references: readonly string[],
    logins: readonly LoginRequest[],
    baseUrl: string,
    sending: Sending,
  ): Promise<Secrets> {
    const { secretOf } = this.#services;
    const own: SecretSource = async (name, folder) => this.#hidden.get(name) ?? (await secretOf?.(name, folder));
    const secrets = await readSecrets(references, { ...this.#services, secretOf: own }, this.#order.folder);
    for (const login of logins) {
      this.#say(`Sending the login "${login.name}"…`);
      for (const [reference, token] of await logIn([login], baseUrl, secrets, sending)) secrets.set(reference, token);
    }
    requireNoSlots(secrets, this.#order);
    return secrets;
  }

  /** What a person typed in the editor may name files of the workspace only. */
  #feedOrder(): FeedOrder | null {
    const { target, feeds, folder } = this.#order;
    if (feeds) return feeds;
    const settings = target.kind === 'endpoint' ? usedFeeds(target.values) : [];
    return settings.length === 0 ? null : { settings, order: 'cycle', seed: 1, files: { folder, confined: true } };
  }

  /** How single requests are sent; the load goes the same way. */
  #sendOptions(url: string, checked: CheckedTarget): Sending {
    const { timeoutMs, insecureTls, http2 } = this.#order.profile;
    const proxy = checked.class === 'loopback' ? null : (this.#services.proxyFor?.(url) ?? null);
    return { timeoutMs, insecureTls, http2, signal: this.#signal, allowedAddresses: checked.addresses, proxy };
  }

  async #loadFeeds(request: RequestTemplate, baseUrl: string, options: Sending): Promise<FeedPlan | null> {
    const order = this.#feedOrder();
    if (!order) return null;
    this.#say('Getting the values that are fed…');
    const feeds = await loadFeeds(order, { baseUrl, headers: request.headers, options });
    const sentence = describeFeeds(feeds);
    if (sentence !== '') this.#say(sentence);
    return feeds;
  }

  async #askForWrites({ method, url }: RequestTemplate): Promise<void> {
    const { target } = this.#order;
    const isEndpoint = target.kind === 'endpoint';
    const path = isEndpoint ? target.endpoint.path : new URL(url).pathname;
    const id = isEndpoint ? target.endpoint.id : url;
    await requireWriteConsent({ method, path, id }, this.#services, this.#signal);
  }

  async #ensureServer(checked: CheckedTarget): Promise<{ name: string; baseUrl: string }> {
    const { target, folder } = this.#order;
    if (target.kind === 'request') {
      const url = new URL(target.request.url);
      const direct = { name: url.host, baseUrl: url.origin };
      this.#events.onServer?.(direct);
      return direct;
    }
    if (target.server.start) this.#say(`Waiting for server "${target.server.name}"…`);
    const { baseUrl } = await this.#services.servers.ensure(target.server, folder, checked.addresses, this.#signal);
    this.#signal.throwIfAborted();
    const server = { name: target.server.name, baseUrl };
    this.#events.onServer?.(server);
    return server;
  }

  /** Sends `filled` and tells of it as `request`. */
  async #preview(
    filled: RequestTemplate,
    request: RequestTemplate,
    secrets: Secrets,
    options: Sending,
  ): Promise<{ response: SingleResponse; advice: PreviewAdvice }> {
    const { target } = this.#order;
    this.#say('Sending one request to see the answer…');
    const answer = await sendOnce(filled, { ...options, maxBodyBytes: PREVIEW_BODY_LIMIT });
    const response = redactResponse(answer, secrets);
    this.#events.onPreview?.(response);
    const advice = adviseAnswer(response, {
      method: request.method,
      url: request.url,
      endpoint: target.kind === 'endpoint' ? target.endpoint : null,
      expectsJson: request.headers.some(([name, value]) => name.toLowerCase() === 'accept' && value.includes('json')),
    });
    if (advice.level !== 'ok') {
      await requireYes({ kind: 'preview', sentence: advice.sentence, response }, this.#services, this.#signal);
    }
    return { response, advice };
  }

  async #load(
    plan: RunPlan,
    sampler: ServerSampler | null,
  ): Promise<{ readonly result: LoadResult; readonly seen: Pick<RunParts, 'warmupSeries' | 'usage'> }> {
    this.#signal.throwIfAborted();
    const recorder = new UsageRecorder(sampler, longestWarmupMs(plan));
    let live = emptyLiveRun();
    this.#events.onActivity?.({ kind: 'running', live });
    const result = await this.#services.load.run(plan, {
      signal: this.#signal,
      onSnapshot: (told: Snapshot) => {
        if (told.phase === 'measure') sampler?.begin();
        if (told.phase === 'drain') sampler?.end();
        const snapshot = recorder.add(told);
        live = advanceLiveRun(live, snapshot);
        this.#events.onActivity?.({ kind: 'running', live });
        this.#events.onSnapshot?.(snapshot);
      },
    });
    sampler?.end();
    const { measured, drained, failed } = result.accounting;
    if (result.state === 'cancelled' && measured + drained + failed === 0) throw new CancelledError();
    return { result, seen: { warmupSeries: warmupRows(live), usage: recorder.finish() } };
  }

  #say(sentence: string): void {
    this.#signal.throwIfAborted();
    this.#events.onActivity?.({ kind: 'preparing', sentence });
  }
}

const HTTP1_INSTEAD: RunWarning = {
  code: 'http2-not-agreed',
  message:
    'HTTP/2 was asked for, and the server agreed to HTTP/1.1 only: that is what was spoken, and what the numbers are of.',
};

function proxyWarning(proxy: string): RunWarning {
  return {
    code: 'proxy',
    message: `Every request went through the proxy ${describeProxy(proxy)}, whose time and limits are in the numbers; undici sent them, because bare sockets go through no proxy.`,
  };
}

function unixSocketWarning(path: string): RunWarning {
  return {
    code: 'unix-socket',
    message: `Every request went to the Unix socket ${path}; the CPU and memory of its server were not watched, because it has no port to find it by.`,
  };
}

/** The request with the first value of every feed. */
function firstOf(request: RequestTemplate, feeds: FeedPlan): RequestTemplate {
  const cursor = new FeedCursor(feeds);
  cursor.next();
  return fillRequest(request, compileFeeds(request, feeds.feeds), cursor.value);
}

function baseUrlOf(target: BenchmarkOrder['target']): string {
  return target.kind === 'endpoint' ? target.server.baseUrl : target.request.url;
}

function longestWarmupMs({ profile }: RunPlan): number {
  const { warmup } = profile;
  return warmup.kind === 'none' ? 0 : warmup.kind === 'fixed' ? warmup.durationMs : warmup.maxMs;
}

function serverOf(response: SingleResponse): string | undefined {
  return response.headers.find(([name]) => name.toLowerCase() === 'server')?.[1];
}
