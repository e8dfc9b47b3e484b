import { EventEmitter, l10n, workspace } from 'vscode';
import { readLoadProfile } from '../../config';
import { setContextKey } from '../../contextKeys';
import type { LoadProfile } from '../../core/model/loadProfile';
import type { RequestValues } from '../../core/model/request';
import type { Run } from '../../core/model/run';
import type { Server } from '../../core/model/server';
import {
  endpointGone,
  referenceTo,
  type EndpointReference,
  type LocatedEndpoint,
} from '../../platform/vscode/endpoints';
import { isSameForm, loadFormOf, withLoadForm } from '../../platform/vscode/loadForm';
import type { Activity, LoadForm } from '../../protocol/page';
import type { BenchmarkOrder, BenchmarkTarget } from '../../session/benchmarkOrder';
import { benchmark } from '../../session/benchmark';
import { previewRequest } from '../../session/previewRequest';
import { describeProblem } from '../../session/problem';
import type { RunParts } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { CancelledError, UserError } from '../../util/errors';
import { earlierRun } from './earlierRun';
import { knownValues, namedValues, requestValues } from './requestValues';

export interface BenchmarkWish {
  /** The newest run of the endpoint until now becomes `before`, with its load unless `load` says otherwise. */
  readonly compare: boolean;
  /** Load from the panel's form; the settings' without it. One that nobody changed means the load of the run on show. */
  readonly load?: LoadForm;
  /** Takes the place of the settings' load. */
  readonly profile?: LoadProfile;
  /** Takes the place of the server that the folder is measured on. */
  readonly server?: Server;
}

/** Owns the one run that can be under way. */
export class RunCenter implements Disposable {
  readonly #parts: RunParts;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  #underWay:
    | { readonly endpoints: readonly EndpointReference[]; readonly abort: AbortController; readonly name: string }
    | undefined;
  #done: Promise<void> = Promise.resolve();

  /** Fires when a run begins or ends, questions before it included. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  get isBusy(): boolean {
    return this.#underWay !== undefined;
  }

  /** True while this endpoint is being prepared or measured. */
  isUnderWay({ folder, id }: EndpointReference): boolean {
    return this.#underWay?.endpoints.some((each) => each.folder === folder && each.id === id) === true;
  }

  /** Throws `busy` while a run is under way. */
  requireIdle(): void {
    if (!this.#underWay) return;
    const sentence = l10n.t('{0} is being measured. Wait for its end or cancel it first.', this.#underWay.name);
    throw new UserError('busy', sentence);
  }

  /** Throws `untrusted` where nothing may be started, and `busy` while a run is under way. */
  requireReady(): void {
    this.requireTrusted();
    this.requireIdle();
  }

  /** Throws `untrusted` where nothing may be started. */
  requireTrusted(): void {
    if (!workspace.isTrusted) throw untrusted();
  }

  /**
   * Asks what has to be asked, loads, stores and shows. Rejects with `busy` or `untrusted`; what goes wrong later is told by
   * the page.
   */
  async benchmark(located: LocatedEndpoint, wish: BenchmarkWish): Promise<void> {
    await this.#alone([located], nameOf(located), (signal) => this.#prepareAndRun(located, wish, signal));
  }

  /**
   * Asks for server (unless it is given) and values like `benchmark` and hands them to another kind of load, which is the one
   * under way until it ends. Nothing happens when the person gave up. Rejects with `busy` or `untrusted`.
   */
  async loadOtherwise(
    located: LocatedEndpoint,
    work: (target: BenchmarkTarget, signal: AbortSignal) => Promise<void>,
    given?: Server,
  ): Promise<void> {
    await this.#alone([located], nameOf(located), async (signal) => {
      const server = given ?? (await this.#parts.servers.serverFor(located.folder));
      const values = server && (await requestValues(this.#parts, located));
      if (values) await work({ kind: 'endpoint', endpoint: located.endpoint, values, server }, signal);
    });
  }

  /**
   * Like `loadOtherwise` for several endpoints of one folder. Nobody is asked for their values: they are those that were sent
   * last, that the team wrote down, or that are proposed. `name` says in a sentence what is measured.
   */
  async loadMany(
    located: readonly LocatedEndpoint[],
    name: string,
    work: (server: Server, values: ReadonlyMap<LocatedEndpoint, RequestValues>, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    await this.#alone(located, name, async (signal) => {
      const [first] = located;
      const server = first && (await this.#parts.servers.serverFor(first.folder));
      if (!server) return;
      const values = new Map<LocatedEndpoint, RequestValues>();
      for (const each of located) values.set(each, await knownValues(this.#parts, each));
      await work(server, values, signal);
    });
  }

  /**
   * What to send for an endpoint that is one of several: the team's request of a name, else as `benchmark` asks for it. Undefined
   * when the person gave up; rejects with `no-request` when the team has none of that name.
   */
  async valuesFor(located: LocatedEndpoint, requestName: string | null): Promise<RequestValues | undefined> {
    if (requestName !== null) return await namedValues(this.#parts, located, requestName);
    return await requestValues(this.#parts, located);
  }

  /** Sends what would be sent for the endpoint on show once, and shows the answer. Rejects with `busy` or `untrusted`. */
  async preview(located: LocatedEndpoint): Promise<void> {
    await this.#alone([located], nameOf(located), async (signal) => {
      const { servers, results, session } = this.#parts;
      const server = await servers.serverFor(located.folder);
      const values = server && (await requestValues(this.#parts, located));
      if (!values) return;
      const folder = located.folder.uri.scheme === 'file' ? located.folder.uri.fsPath : null;
      const target = { kind: 'endpoint', endpoint: located.endpoint, values, server } as const;
      const events = {
        onActivity: (activity: Activity) => {
          if (activity.kind === 'preparing') results.set({ activity });
        },
      };
      try {
        const order = { target, profile: readLoadProfile(located.uri), folder };
        const { response, advice, ...told } = await previewRequest(order, { ...session, store: null }, events, signal);
        results.set({ activity: { kind: 'idle' }, server: told.server, preview: response, previewAdvice: advice });
      } catch (error) {
        this.#tell(error, () => results.set({ activity: { kind: 'idle' } }));
      }
    });
  }

  /** Runs the endpoint on show again. */
  async rerun(wish: BenchmarkWish): Promise<void> {
    const { shown } = this.#parts.results;
    const located = shown && this.#parts.index.find(shown);
    if (!located) throw endpointGone();
    await this.benchmark(located, wish);
  }

  /** Stops the run; what was measured until then is kept. */
  cancel(): void {
    this.#underWay?.abort.abort();
  }

  /** Stops the run and waits until what was measured is on the disk. */
  async finish(): Promise<void> {
    this.cancel();
    await this.#done;
  }

  dispose(): void {
    this.cancel();
    this.#store.dispose();
  }

  async #alone(
    located: readonly LocatedEndpoint[],
    name: string,
    act: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    this.requireReady();
    const abort = new AbortController();
    this.#underWay = { endpoints: located.map(referenceTo), abort, name };
    this.#changed.fire();
    setContextKey('endpointProfiler.running', true);
    const work = act(abort.signal).finally(() => {
      this.#underWay = undefined;
      setContextKey('endpointProfiler.running', false);
      this.#changed.fire();
    });
    this.#done = work.catch(() => undefined);
    await work;
  }

  async #prepareAndRun(located: LocatedEndpoint, wish: BenchmarkWish, signal: AbortSignal): Promise<void> {
    const { servers, results, memory } = this.#parts;
    const server = wish.server ?? (await servers.serverFor(located.folder));
    if (!server) return;
    const reference = referenceTo(located);
    const before = wish.compare ? await earlierRun(this.#parts, located) : null;
    const values = before?.values ?? (await requestValues(this.#parts, located));
    if (!values) return;
    const profile = profileOf(located, wish, before, results.page.run);
    const { id, method, path, file, line, handler, framework } = located.endpoint;
    const takeBack = results.begin(reference, {
      endpoint: { id, method, path, file, line, handler, framework },
      server: server.baseUrl.includes('{port}') ? null : { name: server.name, baseUrl: server.baseUrl },
      activity: { kind: 'preparing', sentence: l10n.t('Getting ready…') },
      before,
      load: loadFormOf(profile),
    });
    results.askForPanel();
    const name = `${method} ${path}`;
    await memory.rememberRunUnderWay({ name, endpoint: reference, beganMs: Date.now(), beforeId: before?.id ?? null });
    const folder = located.folder.uri.scheme === 'file' ? located.folder.uri.fsPath : null;
    try {
      if (wish.compare) await servers.refresh(located.folder, server);
      const target = { kind: 'endpoint', endpoint: located.endpoint, values, server } as const;
      await results.finish(await this.#load({ target, profile, folder }, reference.folder, signal));
    } catch (error) {
      this.#tell(error, takeBack);
    } finally {
      await memory.rememberRunUnderWay(undefined);
    }
  }

  #tell(error: unknown, takeBack: () => void): void {
    const { results, log } = this.#parts;
    if (error instanceof CancelledError) {
      takeBack();
      return;
    }
    results.set({ activity: { kind: 'problem', problem: describeProblem(error) } });
    log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  #load(order: BenchmarkOrder, folderKey: string, signal: AbortSignal): Promise<Run> {
    const { results, history, errors, session } = this.#parts;
    // A run that cannot be kept is shown nevertheless: its numbers are right.
    const store = { save: (run: Run) => history.save(folderKey, run).catch(errors.report) };
    return benchmark(
      order,
      { ...session, store },
      {
        onActivity: (activity) => {
          const isNews = activity.kind !== 'idle' && activity.kind !== results.page.activity.kind;
          if (isNews || activity.kind === 'preparing') results.set({ activity });
        },
        onServer: (server) => results.set({ server }),
        onPreview: (preview) => results.set({ preview }),
        onSnapshot: (snapshot) => results.tick(snapshot),
      },
      signal,
    );
  }
}

function nameOf({ endpoint }: LocatedEndpoint): string {
  return `${endpoint.method} ${endpoint.path}`;
}

/** A comparison repeats the earlier load; what was asked for, the panel's form and the settings decide otherwise. */
function profileOf(
  located: LocatedEndpoint,
  { profile, load }: BenchmarkWish,
  before: Run | null,
  shown: Run | null,
): LoadProfile {
  if (profile) return profile;
  const base = before?.profile ?? readLoadProfile(located.uri);
  if (!load) return base;
  // The form has no word for rates and stages: as long as it is untouched they stay.
  const { model, stop } =
    shown && isSameForm(loadFormOf(shown.profile), load) ? shown.profile : withLoadForm(base, load);
  return { ...base, model, stop };
}

function untrusted(): UserError {
  return new UserError('untrusted', l10n.t('Nothing is started or loaded in a workspace that is not trusted.'));
}
