import { EventEmitter, env, l10n, window, workspace, type Uri } from 'vscode';
import { readLoadProfile } from '../../config';
import { formatComparisonMarkdown } from '../../core/compare/comparisonReport';
import type { LaunchPrior } from '../../core/compare/launchInterval';
import { describeMachine, learnedPrior } from '../../core/compare/learnedPrior';
import { beginLiveSession, liveLook, liveProgress, liveStep } from '../../core/compare/liveSession';
import { PLANNED_ROUNDS } from '../../core/compare/looks';
import type { SessionRound } from '../../core/compare/sessionData';
import { shortVerdict } from '../../core/compare/shortVerdict';
import type { RunWarning } from '../../core/model/run';
import { buildRequest } from '../../core/request/buildRequest';
import { usedFeeds } from '../../core/request/feedValues';
import type { ComparisonStore } from '../../platform/node/comparisonStore';
import { resolveCommit } from '../../platform/node/snapshots/snapshot';
import { removeLeftovers } from '../../platform/node/snapshots/snapshotFolder';
import {
  endpointGone,
  referenceTo,
  type EndpointReference,
  type LocatedEndpoint,
} from '../../platform/vscode/endpoints';
import type { KeptComparison } from '../../platform/vscode/workspaceMemory';
import type { SideBySide } from '../../protocol/page';
import type { BenchmarkTarget } from '../../session/benchmarkOrder';
import { withServerLogin } from '../../session/login';
import { describeProblem } from '../../session/problem';
import { storedComparison } from '../../session/storedComparison';
import type { SideBySideResult } from '../../session/sideBySide';
import type { RunParts, Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { CancelledError, UserError } from '../../util/errors';
import { askCommit } from './askCommit';
import { pairLoadOf, QUICK_PACE, readCompareOptions } from './compareOptions';
import { cannotGoOn, dirtyNote, remedies } from './compareProblems';
import { askTwoServers } from './askServers';
import { calibrationContest, commitContest, serverContest, tellCalibration, type Contest } from './contest';
import { gatePair } from './pairGate';
import { comparisonsOf, pairServices, type ComparePlaces } from './pairServices';
import { secondsLeft } from './secondsLeft';
import { askStartableServer, openServers } from './serverRemedies';

type EndpointTarget = Extract<BenchmarkTarget, { kind: 'endpoint' }>;
type MakeContest = (target: EndpointTarget, folder: string) => Contest;

/** The comparison that was asked for last, so that it can be repeated or gone on with. */
interface Asked {
  readonly reference: EndpointReference;
  readonly makeContest: MakeContest;
  /** What a further round would join; absent until something was measured. */
  readonly done?: {
    readonly rounds: readonly SessionRound[];
    readonly seed: number;
    readonly startedAt: string;
    /** The before side's commit as it was resolved then. */
    readonly hash: string | null;
    /** What was believed of launches then; these rounds must not be learned from in between. */
    readonly prior: LaunchPrior;
    /** Under which it is kept; with more rounds it takes its own place. */
    readonly storedId: string;
  };
}

/** Measures two versions side by side and keeps what the page and the lenses show of it. */
export class CompareDesk implements Disposable {
  readonly #parts: RunParts;
  readonly #runs: Services['runs'];
  readonly #places: ComparePlaces;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  #asked: Asked | undefined;
  #view: SideBySide | undefined;
  #subject: EndpointReference | undefined;

  /** Fires when a comparison was made. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: RunParts, runs: Services['runs'], places: ComparePlaces) {
    this.#parts = parts;
    this.#runs = runs;
    this.#places = places;
    this.#store.add(parts.results.onDidChange(() => this.#follow()));
    this.#store.add(parts.edits.onDidChange((uri) => this.#edited(uri)));
    // What a window left that was killed in the middle of a comparison.
    if (workspace.isTrusted) void removeLeftovers(places.storage);
  }

  /** The newest comparison of an endpoint. */
  kept(endpoint: EndpointReference): KeptComparison | undefined {
    return this.#parts.memory.comparison(endpoint);
  }

  /** Takes in what was found out about an endpoint elsewhere. */
  async keep(endpoint: EndpointReference, kept: KeptComparison): Promise<void> {
    await this.#parts.memory.rememberComparison(endpoint, kept);
    if (isSame(endpoint, this.#subject)) this.#show(false);
    this.#changed.fire();
  }

  /**
   * Measures the working tree against a commit, which is asked for when it is not given; the endpoint on show without one.
   * Rejects with `busy`, `untrusted`, `endpoint-gone` and as `git` does; what goes wrong later is told by the page.
   */
  async withCommit(
    located: LocatedEndpoint = this.#shown(),
    commit?: string,
    notes: readonly RunWarning[] = [],
  ): Promise<void> {
    this.#runs.requireReady();
    const folder = folderOf(located);
    const { method, path } = located.endpoint;
    const against = commit ?? (await askCommit(folder, l10n.t('Compare {0} {1} with', method, path)));
    if (against === undefined) return;
    await this.contest(located, ({ server }) => commitContest(folder, server, against, notes));
  }

  /** Measures what `makeContest` makes of server and request, which are asked for as for a benchmark. */
  async contest(located: LocatedEndpoint, makeContest: MakeContest): Promise<void> {
    this.#asked = { reference: referenceTo(located), makeContest };
    await this.#start(located, this.#asked);
  }

  /** Measures one endpoint on two of the configured servers, which are asked for. */
  async servers(located: LocatedEndpoint): Promise<void> {
    this.#runs.requireReady();
    const { servers, memory } = this.#parts;
    const chosen = await askTwoServers(await servers.configured(located.folder));
    if (!chosen) return;
    const folder = located.folder.uri.toString();
    if (!memory.server(folder)) await memory.rememberServer(folder, chosen[0]);
    await this.contest(located, (_, place) => serverContest(place, ...chosen));
  }

  /** Measures HEAD against itself, from which every later comparison here learns. */
  async calibrate(located: LocatedEndpoint): Promise<void> {
    this.#runs.requireReady();
    const environment = await this.#parts.session.readEnvironment(folderOf(located));
    const known = { comparisons: this.#comparisons(located), environment };
    await this.contest(located, ({ server }, folder) => calibrationContest(folder, server, known, tellCalibration));
  }

  /** Side by side what the page compares from stored runs. */
  async confirm(): Promise<void> {
    const { before } = this.#parts.results.page;
    if (!before) throw new UserError('cannot-confirm', l10n.t('There is no earlier run to confirm a difference from.'));
    const { commit, dirty } = before.environment;
    await this.withCommit(this.#shown(), commit ?? 'HEAD', commit !== null && dirty === true ? [dirtyNote()] : []);
  }

  /** Repeats the comparison that was asked for last. */
  async again(): Promise<void> {
    const located = this.#asked && this.#parts.index.find(this.#asked.reference);
    if (!this.#asked || !located) throw endpointGone();
    await this.contest(located, this.#asked.makeContest);
  }

  /** Adds rounds to an undecided comparison. Rejects with `cannot-go-on` when one of the sides is not what it was. */
  async goOn(): Promise<void> {
    const asked = this.#asked;
    const located = asked && this.#parts.index.find(asked.reference);
    if (!asked?.done || !located || !this.#view?.canGoOn) throw cannotGoOn();
    await this.#start(located, asked);
  }

  /** Shows the comparison of an endpoint. */
  open(located: LocatedEndpoint): void {
    const { results } = this.#parts;
    const reference = referenceTo(located);
    if (!isSame(results.shown, reference)) {
      this.#runs.requireIdle();
      results.begin(reference, { endpoint: located.endpoint });
    }
    results.askForPanel();
  }

  /** Puts a verdict on the clipboard as Markdown. Rejects with `no-comparison`. */
  async copy(of: 'runs' | 'sideBySide'): Promise<void> {
    const { comparison, sideBySide } = this.#parts.results.page;
    const found = of === 'runs' ? comparison : (sideBySide?.comparison ?? null);
    if (!found)
      throw new UserError('no-comparison', l10n.t('There is no verdict to copy yet: compare something first.'));
    await env.clipboard.writeText(formatComparisonMarkdown(found));
    window.setStatusBarMessage(l10n.t('The verdict is on the clipboard as Markdown.'), 5000);
  }

  /** Lets the person choose a server that can be started twice, and repeats the comparison on it. */
  async proposeCommand(): Promise<void> {
    const located = this.#shown();
    const { servers, memory } = this.#parts;
    const files = servers.routeFiles(located.folder);
    const server = await askStartableServer(located.folder, await servers.configured(located.folder), files);
    if (!server) return;
    await memory.rememberServer(located.folder.uri.toString(), server);
    await this.again();
  }

  async editServers(): Promise<void> {
    await openServers(this.#shown().folder);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #shown(): LocatedEndpoint {
    const { shown } = this.#parts.results;
    const located = shown && this.#parts.index.find(shown);
    if (!located) throw endpointGone();
    return located;
  }

  async #start(located: LocatedEndpoint, asked: Asked): Promise<void> {
    await this.#runs.loadOtherwise(located, (target, signal) =>
      target.kind === 'endpoint' ? this.#run(located, target, asked, signal) : Promise.resolve(),
    );
  }

  async #run(located: LocatedEndpoint, target: EndpointTarget, asked: Asked, signal: AbortSignal): Promise<void> {
    const { results, memory, log, errors } = this.#parts;
    const { reference, done } = asked;
    const folder = folderOf(located);
    const isShown = isSame(results.shown, reference);
    const { id, method, path, file, line, handler, framework } = located.endpoint;
    const takeBack = results.begin(reference, {
      ...(isShown ? { run: results.page.run, before: results.page.before, load: results.page.load } : {}),
      endpoint: { id, method, path, file, line, handler, framework },
      server: { name: target.server.name, baseUrl: target.server.baseUrl },
      activity: { kind: 'preparing', sentence: l10n.t('Getting ready…') },
    });
    results.askForPanel();
    const startedAt = done?.startedAt ?? new Date().toISOString();
    const seed = done?.seed ?? Date.now() % 2 ** 31;
    try {
      const contest = asked.makeContest(target, folder);
      const hash = contest.commit === null ? null : (await resolveCommit(folder, contest.commit, signal)).hash;
      if (done && done.hash !== hash) throw cannotGoOn();
      const environment = await this.#parts.session.readEnvironment(folder);
      const prior = done?.prior ?? learnedPrior(await this.#comparisons(located).list(), describeMachine(environment));
      const result = await this.#measure(
        located,
        target,
        contest,
        { seed, earlier: done?.rounds ?? [], folder, prior },
        signal,
      );
      const { comparison, state, rounds } = result;
      const stored = storedComparison(result, id, environment);
      const storedId = done?.storedId ?? stored.id;
      this.#asked = { ...asked, done: { rounds, seed, startedAt, hash, prior, storedId } };
      if (!contest.isCalibration && state !== 'cancelled') {
        await this.#comparisons(located)
          .save({ ...stored, id: storedId })
          .catch(errors.report);
      }
      await memory.rememberComparison(reference, { startedAt, state, comparison });
      this.#show(state === 'undecided' && comparison.kind === 'side-by-side');
      await results.settle({});
      this.#changed.fire();
      window.setStatusBarMessage(`${method} ${path}: ${shortVerdict(comparison)}`, 20_000);
    } catch (error) {
      if (error instanceof CancelledError) takeBack();
      else {
        const { actions, ...said } = describeProblem(error);
        results.set({ activity: { kind: 'problem', problem: { ...said, actions: remedies(said.code, actions) } } });
        log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    }
  }

  async #measure(
    located: LocatedEndpoint,
    target: EndpointTarget,
    contest: Contest,
    {
      seed,
      earlier,
      folder,
      prior,
    }: {
      readonly seed: number;
      readonly earlier: readonly SessionRound[];
      readonly prior: LaunchPrior;
      readonly folder: string;
    },
    signal: AbortSignal,
  ): Promise<SideBySideResult> {
    const { results } = this.#parts;
    const { endpoint, server } = target;
    const values = await withServerLogin(target.values, server, this.#parts.session.loginOf, folder);
    const options = readCompareOptions(located.folder);
    const { budgetMs, margin } = options;
    // Only a comparison with restarts can be gone on with.
    const quick = options.quick && earlier.length === 0;
    const plannedRounds = quick ? 1 : Math.max(PLANNED_ROUNDS, earlier.length + 2);
    let live = beginLiveSession({ labels: contest.labels, margin, plannedRounds });
    let loadSinceMs = 0;
    let measuringSinceMs: number | null = null;
    const services = pairServices(this.#parts, this.#places, folder);
    const load = gatePair(services, {
      endpoint,
      values,
      folder,
      basePath: new URL(server.baseUrl.replaceAll('{port}', '1')).pathname,
      onPreview: (preview) => results.set({ preview }),
      onRound: () => (loadSinceMs ||= performance.now()),
    });
    const profile = results.page.run?.profile ?? readLoadProfile(located.uri);
    const feedNames = usedFeeds(values).map(({ name }) => name);
    return await contest.run(
      {
        request: (baseUrl) => buildRequest(endpoint, baseUrl, values, feedNames),
        id: endpoint.id,
        load: pairLoadOf(profile),
        ...{ margin, budgetMs, quick, seed, earlier, prior, warnings: contest.warnings },
        extendable: !quick,
        ...(quick ? { pace: QUICK_PACE } : {}),
      },
      { ...services, load },
      {
        onStep: (sentence, round) => results.compareTick((live = liveStep(live, sentence, round))),
        onProgress: (progress, round) => {
          const nowMs = performance.now();
          measuringSinceMs = progress.phase === 'measure' ? (measuringSinceMs ?? nowMs) : null;
          const blocks = progress.logRatios.length;
          const left = secondsLeft({ nowMs, loadSinceMs, measuringSinceMs, blocks, budgetMs, quick });
          results.compareTick((live = liveProgress(live, progress, round, left)));
        },
        onComparison: (comparison) => results.compareTick((live = liveLook(live, comparison))),
      },
      signal,
    );
  }

  #comparisons({ folder }: LocatedEndpoint): ComparisonStore {
    return comparisonsOf(this.#places, folder.uri.toString());
  }

  /** Another endpoint came on show, or a page without the comparison was begun for the same one. */
  #follow(): void {
    const { results } = this.#parts;
    if (!isSame(results.shown, this.#subject)) {
      this.#subject = results.shown;
      this.#show(false);
    } else if (this.#view && results.page.sideBySide !== this.#view) results.set({ sideBySide: this.#view });
  }

  #show(canGoOn: boolean): void {
    const kept = this.#subject && this.kept(this.#subject);
    this.#view = kept && { ...kept, canGoOn, editedSince: false };
    if (!this.#view || !this.#subject) return;
    this.#parts.results.set({ sideBySide: this.#view });
    const located = this.#parts.index.find(this.#subject);
    if (located) this.#edited(located.uri);
  }

  /** Further rounds would be of other code; and the verdict is older than the handler when its file was edited. */
  #edited(uri: Uri): void {
    const view = this.#view;
    const located = this.#subject && this.#parts.index.find(this.#subject);
    if (!view || !located || workspace.getWorkspaceFolder(uri)?.uri.toString() !== this.#subject?.folder) return;
    void this.#parts.edits.lastEditMs(uri).then((editedMs) => {
      if (this.#view !== view || editedMs <= Date.parse(view.startedAt)) return;
      const isHandler = uri.toString() === located.uri.toString();
      this.#view = { ...view, canGoOn: false, editedSince: view.editedSince || isHandler };
      this.#parts.results.set({ sideBySide: this.#view });
    });
  }
}

function isSame(one: EndpointReference | undefined, other: EndpointReference | undefined): boolean {
  return one?.folder === other?.folder && one?.id === other?.id;
}

function folderOf({ folder }: LocatedEndpoint): string {
  if (folder.uri.scheme === 'file') return folder.uri.fsPath;
  throw new UserError('no-folder', l10n.t('Only a folder on this machine can be compared side by side.'));
}
