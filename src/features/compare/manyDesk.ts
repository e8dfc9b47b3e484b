import { ProgressLocation, Uri, env, l10n, window, workspace, type WorkspaceFolder } from 'vscode';
import { readLoadProfile } from '../../config';
import { describeMachine, learnedPrior } from '../../core/compare/learnedPrior';
import { formatManyMarkdown } from '../../core/compare/manyReport';
import { verdictAmong } from '../../core/compare/verdictAmong';
import type { StoredMany } from '../../core/model/manyComparison';
import type { RequestValues } from '../../core/model/request';
import type { Server } from '../../core/model/server';
import { MANY_ENDPOINTS, endpointGone, type LocatedEndpoint } from '../../platform/vscode/endpoints';
import type { PageMany } from '../../protocol/page';
import { compareMany, type ManyResult } from '../../session/compareMany';
import { withServerLogin } from '../../session/login';
import { describeProblem } from '../../session/problem';
import { newRunId } from '../../session/runId';
import type { RunParts, Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { CancelledError, UserError } from '../../util/errors';
import { askCommit } from './askCommit';
import { askEndpoints } from './askEndpoints';
import type { CompareDesk } from './compareDesk';
import { manyBudget, pairLoadOf, readCompareOptions } from './compareOptions';
import { manyOnPage } from './manyOnPage';
import { manyTargets } from './manyTargets';
import { comparisonsOf, manyOf, pairServices, type ComparePlaces } from './pairServices';
import { askStartableServer, canRunTwice } from './serverRemedies';

/** "Which endpoint did my change touch?": compares many endpoints in the same launches and keeps what came out. */
export class ManyDesk implements Disposable {
  readonly #parts: RunParts;
  readonly #runs: Services['runs'];
  readonly #compares: CompareDesk;
  readonly #places: ComparePlaces;
  readonly #store = new DisposableStore();
  /** What is kept of the folder that is on show, newest first. */
  #kept: readonly StoredMany[] = [];
  #folder: string | undefined;
  #shownId: string | undefined;
  #view: PageMany | undefined;
  #viewOf: string | undefined;

  constructor(parts: RunParts, runs: Services['runs'], compares: CompareDesk, places: ComparePlaces) {
    this.#parts = parts;
    this.#runs = runs;
    this.#compares = compares;
    this.#places = places;
    this.#store.add(parts.results.onDidChange(() => this.#follow()));
  }

  /** Asks for endpoints, commit and server, measures, keeps and shows. Rejects with `busy`, `untrusted` and as `git` does. */
  async compare(): Promise<void> {
    this.#runs.requireReady();
    if (!(await this.#parts.targets.untilScanned())) return;
    const folder = await askFolder();
    if (!folder) return;
    const { quick, budgetMs } = readCompareOptions(folder);
    const all = unique(this.#parts.index.all().filter((each) => each.folder.uri.toString() === folder.uri.toString()));
    if (all.length === 0) throw new UserError('no-endpoint', l10n.t('No endpoint was found in this workspace'));
    const chosen = await askEndpoints(all, (count) => {
      const minutes = Math.max(1, Math.ceil(manyBudget(count, quick, budgetMs) / 60_000));
      return l10n.t('{0} chosen, about {1} min: both sides are started from copies', count, minutes);
    });
    if (!chosen) return;
    const against = await askCommit(folder.uri.fsPath, l10n.t('Compare {0} endpoints with', chosen.length));
    if (against === undefined) return;
    const name = l10n.t('{0} endpoints', chosen.length);
    await this.#runs.loadMany(chosen, name, async (server, values, signal) => {
      const startable = canRunTwice(server) ? server : await this.#otherServer(folder);
      if (startable) await this.#run(folder, startable, values, against, signal);
    });
  }

  /** Shows all endpoints that were compared together. */
  async back(): Promise<void> {
    const { results } = this.#parts;
    this.#runs.requireIdle();
    if (!results.shown) return;
    results.begin({ folder: results.shown.folder, id: MANY_ENDPOINTS }, {});
    await results.settle({});
  }

  /** Shows one of the endpoints that were compared together. Rejects with `endpoint-gone`. */
  openEndpoint(id: string): void {
    const located = this.#folder === undefined ? undefined : this.#parts.index.find({ folder: this.#folder, id });
    if (!located) throw endpointGone();
    this.#compares.open(located);
  }

  /** Shows another one that is kept. */
  show(id: string): void {
    this.#shownId = id;
    this.#draw();
  }

  async delete(id: string): Promise<void> {
    if (this.#folder === undefined) return;
    await manyOf(this.#places, this.#folder).delete(id);
    await this.#reload(this.#folder);
  }

  /** Puts the list on the clipboard as Markdown. Rejects with `no-comparison`. */
  async copy(): Promise<void> {
    await env.clipboard.writeText(formatManyMarkdown(this.#shown().comparison));
    window.setStatusBarMessage(l10n.t('The verdict is on the clipboard as Markdown.'), 5000);
  }

  /** Writes the list as Markdown to a file that the person chooses. Rejects with `no-comparison`. */
  async save(): Promise<void> {
    const { comparison, startedAt } = this.#shown();
    const folder = this.#folder === undefined ? undefined : Uri.parse(this.#folder);
    const name = `endpoints-${startedAt.slice(0, 19).replace(/\D+/g, '-')}.md`;
    const target = await window.showSaveDialog({
      filters: { Markdown: ['md'] },
      ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}),
    });
    if (!target) return;
    await workspace.fs.writeFile(target, new TextEncoder().encode(formatManyMarkdown(comparison)));
    const open = l10n.t('Open');
    const choice = await window.showInformationMessage(l10n.t('The list was written to {0}.', target.fsPath), open);
    if (choice === open) await window.showTextDocument(target);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #shown(): StoredMany {
    const stored = this.#kept.find(({ id }) => id === this.#shownId) ?? this.#kept[0];
    if (stored) return stored;
    throw new UserError('no-comparison', l10n.t('There is no verdict to copy yet: compare something first.'));
  }

  /** Both sides are started at the same time, which not every server allows. */
  async #otherServer(folder: WorkspaceFolder): Promise<Server | undefined> {
    const { servers, memory } = this.#parts;
    const server = await askStartableServer(folder, await servers.configured(folder), servers.routeFiles(folder));
    if (server) await memory.rememberServer(folder.uri.toString(), server);
    return server;
  }

  async #run(
    folder: WorkspaceFolder,
    server: Server,
    values: ReadonlyMap<LocatedEndpoint, RequestValues>,
    against: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { results, log, errors } = this.#parts;
    const key = folder.uri.toString();
    const takeBack = results.begin(
      { folder: key, id: MANY_ENDPOINTS },
      {
        server: { name: server.name, baseUrl: server.baseUrl },
        activity: { kind: 'preparing', sentence: l10n.t('Getting ready…') },
      },
    );
    results.askForPanel();
    const nowMs = Date.now();
    const startedAt = new Date(nowMs).toISOString();
    try {
      const { comparison, state } = await this.#measure(folder, server, values, against, signal);
      const stored: StoredMany = { schemaVersion: 1, id: newRunId(nowMs), startedAt, state, comparison };
      // What cannot be kept is shown nevertheless: its verdicts are right.
      await manyOf(this.#places, key).save(stored).catch(errors.report);
      await this.#keepVerdicts(key, stored);
      await this.#reload(key, stored);
      await results.settle({});
      window.setStatusBarMessage(comparison.headline, 20_000);
    } catch (error) {
      if (error instanceof CancelledError || signal.aborted) takeBack();
      else {
        results.set({ activity: { kind: 'problem', problem: { ...describeProblem(error), actions: ['showLog'] } } });
        log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    }
  }

  async #measure(
    folder: WorkspaceFolder,
    server: Server,
    values: ReadonlyMap<LocatedEndpoint, RequestValues>,
    against: string,
    signal: AbortSignal,
  ): Promise<ManyResult> {
    const { results, session } = this.#parts;
    const place = folder.uri.fsPath;
    const { quick, budgetMs, margin } = readCompareOptions(folder);
    const own = new Map<LocatedEndpoint, RequestValues>();
    for (const [located, each] of values) own.set(located, await withServerLogin(each, server, session.loginOf, place));
    const { endpoints, skipped } = manyTargets(own);
    const [first] = skipped;
    if (endpoints.length === 0 && first) {
      throw new UserError('nothing-to-compare', l10n.t('No endpoint can be sent. {0}: {1}', first.label, first.reason));
    }
    const environment = await session.readEnvironment(place);
    const known = await comparisonsOf(this.#places, folder.uri.toString()).list();
    const order = {
      ...{ endpoints, skipped, against, candidate: null, server, margin, folder: place, warnings: [] },
      prior: learnedPrior(known, describeMachine(environment)),
      budgetMs: manyBudget(endpoints.length, quick, budgetMs),
      load: pairLoadOf(readLoadProfile(folder)),
      seed: Date.now() % 2 ** 31,
    };
    const title = l10n.t('Comparing {0} endpoints with {1}', endpoints.length, against);
    return await window.withProgress(
      { location: ProgressLocation.Notification, cancellable: true, title },
      (progress, token) => {
        let where = '';
        token.onCancellationRequested(() => this.#runs.cancel());
        return compareMany(
          order,
          pairServices(this.#parts, this.#places, place),
          {
            onEndpoint: ({ label, number, of, launch, launches }) => {
              const round =
                launches === null ? l10n.t('Launch {0}', launch) : l10n.t('Launch {0} of {1}', launch, launches);
              where = `${round}: ${l10n.t('{0} ({1} of {2})', label, number, of)}`;
              progress.report({ message: where });
              results.set({ activity: { kind: 'preparing', sentence: where } });
            },
            onStep: (step) => {
              // Between the endpoints of a launch the endpoint says more than the step.
              if (step.startsWith('Warming')) return;
              progress.report({ message: step });
              results.set({ activity: { kind: 'preparing', sentence: step } });
            },
          },
          signal,
        );
      },
    );
  }

  /** The lens and the page of each endpoint get its verdict; one that could not be told takes nothing away. */
  async #keepVerdicts(folder: string, { startedAt, state, comparison: { endpoints } }: StoredMany): Promise<void> {
    // The worst news is kept last, so that it is forgotten last.
    for (const compared of [...endpoints].reverse()) {
      const reference = { folder, id: compared.id };
      const comparison = verdictAmong(compared, endpoints.length);
      const isTold = comparison.verdict !== 'inconclusive' || comparison.blocker !== null;
      if (!isTold && this.#compares.kept(reference)) continue;
      const end = state === 'cancelled' ? 'cancelled' : isTold ? 'decided' : 'undecided';
      await this.#compares.keep(reference, { startedAt, state: end, comparison });
    }
  }

  /** Another subject came on show, or a page without the list was begun for the same one. */
  #follow(): void {
    const { shown, page } = this.#parts.results;
    if (shown?.folder !== this.#folder) {
      this.#folder = shown?.folder;
      this.#kept = [];
      this.#view = undefined;
      if (shown) void this.#reload(shown.folder).catch(this.#parts.errors.report);
    } else if (shown?.id !== this.#viewOf) this.#draw();
    else if (this.#view && page.many !== this.#view) this.#parts.results.set({ many: this.#view });
  }

  /** Reads what is kept; `fresh` is one that may not have been. */
  async #reload(folder: string, fresh?: StoredMany): Promise<void> {
    const stored = await manyOf(this.#places, folder).list();
    if (this.#parts.results.shown?.folder !== folder) return;
    const isKept = fresh === undefined || stored.some(({ id }) => id === fresh.id);
    this.#folder = folder;
    this.#kept = isKept ? stored : [fresh, ...stored];
    if (fresh || !this.#kept.some(({ id }) => id === this.#shownId)) this.#shownId = this.#kept[0]?.id;
    this.#draw();
  }

  #draw(): void {
    const { shown } = this.#parts.results;
    this.#viewOf = shown?.id;
    const had = this.#view !== undefined;
    this.#view = shown && manyOnPage(this.#kept, this.#shownId, shown.id === MANY_ENDPOINTS ? null : shown.id);
    if (this.#view) this.#parts.results.set({ many: this.#view });
    else if (had) this.#parts.results.set({ many: null });
  }
}

async function askFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const chosen =
    folders.length > 1
      ? await window.showWorkspaceFolderPick({ placeHolder: l10n.t('In which folder are the endpoints?') })
      : folders[0];
  if (folders.length > 1 && !chosen) return undefined;
  if (chosen?.uri.scheme === 'file') return chosen;
  throw new UserError('no-folder', l10n.t('Only a folder on this machine can be compared side by side.'));
}

/** The first of each method and path. */
function unique(located: readonly LocatedEndpoint[]): readonly LocatedEndpoint[] {
  const byName = new Map<string, LocatedEndpoint>();
  for (const each of located) {
    const name = `${each.endpoint.method} ${each.endpoint.path}`;
    if (!byName.has(name)) byName.set(name, each);
  }
  return [...byName.values()];
}
