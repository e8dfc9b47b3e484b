import { l10n } from 'vscode';
import { readLoadProfile } from '../../config';
import { subjectOf } from '../../core/history/subjectOf';
import type { LoadProfile } from '../../core/model/loadProfile';
import type { Run } from '../../core/model/run';
import type { Server } from '../../core/model/server';
import { endpointGone, type EndpointReference, type LocatedEndpoint } from '../../platform/vscode/endpoints';
import { isSameForm, loadFormOf, withLoadForm } from '../../platform/vscode/loadForm';
import type { LoadForm } from '../../protocol/page';
import { benchmarkMix, type MixPart } from '../../session/benchmarkMix';
import { describeProblem } from '../../session/problem';
import type { RunParts, Services } from '../../services';
import { CancelledError } from '../../util/errors';
import { locateEntries, type ChosenMix } from './locateEntries';

const SEED = 1;

/** What is loaded again, and with which load. */
export interface MixWish {
  /** The run on show becomes `before`. */
  readonly compare: boolean;
  readonly load?: LoadForm;
}

/** Loads several endpoints together and shows them as one run. */
export class MixDesk {
  readonly #parts: RunParts;
  readonly #runs: Services['runs'];
  /** What was loaded last, for another try before anything was measured. */
  #last: ChosenMix | undefined;

  constructor(parts: RunParts, runs: Services['runs']) {
    this.#parts = parts;
    this.#runs = runs;
  }

  /** Asks for server and values, loads, stores and shows. Rejects with `busy` or `untrusted`; what goes wrong later is told by the page. */
  async benchmark(mix: ChosenMix): Promise<void> {
    const [first] = mix.entries;
    if (first) await this.#load(mix, readLoadProfile(first.located.uri), null);
  }

  /** Loads what is on show again. Rejects like `benchmark`, and with `endpoint-gone` when the code lacks one of the endpoints. */
  async rerun({ compare, load }: MixWish): Promise<void> {
    const { shown, page } = this.#parts.results;
    const { run } = page;
    const mix = run?.mix && shown ? this.#mixOf(run, shown.folder) : this.#last;
    const [first] = mix?.entries ?? [];
    if (!mix || !first) throw endpointGone();
    const base = run?.profile ?? readLoadProfile(first.located.uri);
    const isOther = load !== undefined && !isSameForm(loadFormOf(base), load);
    await this.#load(mix, isOther ? withLoadForm(base, load) : base, compare ? run : null);
  }

  /** The endpoints of a run as the code has them now. */
  #mixOf({ mix }: Run, folder: string): ChosenMix {
    const entries = (mix?.endpoints ?? []).map(({ endpoint, name, weight }) => {
      const located = endpoint && this.#parts.index.find({ folder, id: endpoint.id });
      if (!located) throw endpointGone();
      const [, requestName = null] = /^\S+ \S+ #(.+)$/.exec(name) ?? [];
      return { located, name, weight, requestName };
    });
    return { name: mix?.name ?? null, entries };
  }

  async #load(mix: ChosenMix, profile: LoadProfile, before: Run | null): Promise<void> {
    this.#last = mix;
    const endpoints = mix.entries.map(({ name, weight }) => ({ name, weight }));
    const about = { name: mix.name, endpoints };
    const title =
      mix.name === null ? l10n.t('A mix of {0} endpoints', endpoints.length) : l10n.t('The mix “{0}”', mix.name);
    const located = [...new Set(mix.entries.map((entry) => entry.located))];
    const [first] = located;
    if (!first) return;
    const reference = { folder: first.folder.uri.toString(), id: subjectOf({ ...NOBODY, mix: about }) };
    await this.#runs.loadMany(located, title, async (server, _known, signal) => {
      const parts = await this.#partsOf(mix, server);
      if (!parts) return;
      const { results, memory, log, servers } = this.#parts;
      const takeBack = results.begin(reference, {
        endpoint: null,
        mix: about,
        server: server.baseUrl.includes('{port}') ? null : { name: server.name, baseUrl: server.baseUrl },
        activity: { kind: 'preparing', sentence: l10n.t('Getting ready…') },
        before,
        load: loadFormOf(profile),
      });
      results.askForPanel();
      const underWay = { name: title, endpoint: reference, beganMs: Date.now(), beforeId: before?.id ?? null };
      await memory.rememberRunUnderWay(underWay);
      try {
        if (before) await servers.refresh(first.folder, server);
        await results.finish(await this.#run(mix, parts, profile, first, reference, signal));
      } catch (error) {
        if (error instanceof CancelledError) takeBack();
        else {
          results.set({ activity: { kind: 'problem', problem: describeProblem(error) } });
          log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
        }
      } finally {
        await memory.rememberRunUnderWay(undefined);
      }
    });
  }

  /** The requests with their values; undefined when the person gave up. */
  async #partsOf(mix: ChosenMix, server: Server): Promise<readonly MixPart[] | undefined> {
    const parts: MixPart[] = [];
    for (const { located, name, weight, requestName } of mix.entries) {
      const values = await this.#runs.valuesFor(located, requestName);
      if (!values) return undefined;
      parts.push({ name, weight, target: { kind: 'endpoint', endpoint: located.endpoint, values, server } });
    }
    return parts;
  }

  #run(
    { name }: ChosenMix,
    parts: readonly MixPart[],
    profile: LoadProfile,
    { folder }: LocatedEndpoint,
    reference: EndpointReference,
    signal: AbortSignal,
  ): Promise<Run> {
    const { results, history, errors, session } = this.#parts;
    // A run that cannot be kept is shown nevertheless: its numbers are right.
    const store = { save: (run: Run) => history.save(reference.folder, run).catch(errors.report) };
    return benchmarkMix(
      { name, seed: SEED, parts, profile, folder: folder.uri.scheme === 'file' ? folder.uri.fsPath : null },
      { ...session, store },
      {
        onActivity: (activity) => {
          const isNews = activity.kind !== 'idle' && activity.kind !== results.page.activity.kind;
          if (isNews || activity.kind === 'preparing') results.set({ activity });
        },
        onServer: (server) => results.set({ server }),
        onSnapshot: (snapshot) => results.tick(snapshot),
      },
      signal,
    );
  }

  /** The endpoints that a mix of the team file names. Rejects with `mix-no-route`. */
  locate(
    mix: { readonly name: string; readonly entries: Parameters<typeof locateEntries>[0] },
    folder: string,
  ): ChosenMix {
    const here = this.#parts.index.all().filter((each) => each.folder.uri.toString() === folder);
    return { name: mix.name, entries: locateEntries(mix.entries, here) };
  }
}

/** A mix is filed under its own words alone. */
const NOBODY = { endpoint: null, request: { method: 'GET', url: '', headers: [], body: null } } as const;
