import { join } from 'node:path';
import { ProgressLocation, env, l10n, window, type Uri } from 'vscode';
import { readLoadProfile } from '../../config';
import { setContextKey } from '../../contextKeys';
import type { Run } from '../../core/model/run';
import type { Server } from '../../core/model/server';
import type { VariantsResult } from '../../core/model/variants';
import { renderVariantsMarkdown } from '../../core/report/variantsText';
import { variantsView } from '../../core/report/variantsView';
import { folderKey } from '../../platform/node/folderKey';
import { VariantsStore } from '../../platform/node/variantsStore';
import { referenceTo, type EndpointReference, type LocatedEndpoint } from '../../platform/vscode/endpoints';
import { loadFormOf } from '../../platform/vscode/loadForm';
import type { PageVariants } from '../../protocol/page';
import { benchmarkVariants, type VariantTarget } from '../../session/benchmarkVariants';
import { describeProblem } from '../../session/problem';
import type { ServerPool } from '../../session/serverPool';
import type { RunParts, Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { CancelledError, UserError } from '../../util/errors';
import { askRounds, askVariants } from './askVariants';
import { variantTargets } from './variantTargets';

/** Measures one endpoint on several servers and keeps what the page shows of it. */
export class VariantsDesk implements Disposable {
  readonly #parts: RunParts;
  readonly #runs: Services['runs'];
  readonly #pool: ServerPool;
  readonly #root: Uri;
  readonly #store = new DisposableStore();
  #subject: EndpointReference | undefined;
  #result: VariantsResult | undefined;
  #view: PageVariants | undefined;

  constructor(parts: RunParts, runs: Services['runs'], pool: ServerPool, root: Uri) {
    this.#parts = parts;
    this.#runs = runs;
    this.#pool = pool;
    this.#root = root;
    this.#store.add(parts.results.onDidChange(() => this.#follow()));
  }

  /**
   * Asks for servers, rounds and values, loads server by server and shows them together. Rejects with `busy`, `untrusted` or
   * `too-few-servers`; what goes wrong later is told by the page.
   */
  async benchmark(located: LocatedEndpoint): Promise<void> {
    this.#runs.requireReady();
    const { servers } = this.#parts;
    const { folder, endpoint } = located;
    const title = l10n.t('On all servers: {0} {1}', endpoint.method, endpoint.path);
    const chosen = await askVariants(folder, await servers.configured(folder), servers.routeFiles(folder), title);
    const rounds = chosen && (await askRounds(title));
    if (!chosen || rounds === undefined) return;
    await this.#runs.loadOtherwise(
      located,
      (target, signal) =>
        target.kind === 'endpoint' ? this.#run(located, target, chosen, rounds, signal) : Promise.resolve(),
      chosen[0],
    );
  }

  /** Puts the table on the clipboard as Markdown. Rejects with `no-variants` when there is none. */
  async copy(): Promise<void> {
    if (!this.#result || !this.#view)
      throw new UserError('no-variants', l10n.t('There is no table to copy yet: benchmark on several servers first.'));
    await env.clipboard.writeText(renderVariantsMarkdown(this.#result));
    window.setStatusBarMessage(l10n.t('The table is on the clipboard as Markdown.'), 5000);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #run(
    located: LocatedEndpoint,
    { values }: VariantTarget,
    servers: readonly Server[],
    rounds: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { results, session, history, errors, log } = this.#parts;
    const reference = referenceTo(located);
    const { id, method, path, file, line, handler, framework } = located.endpoint;
    const profile = readLoadProfile(located.uri);
    const isShown = results.shown?.folder === reference.folder && results.shown.id === reference.id;
    const takeBack = results.begin(reference, {
      ...(isShown ? { run: results.page.run, before: results.page.before } : {}),
      endpoint: { id, method, path, file, line, handler, framework },
      activity: { kind: 'preparing', sentence: l10n.t('Getting ready…') },
      load: loadFormOf(profile),
    });
    results.askForPanel();
    const folder = located.folder.uri.scheme === 'file' ? located.folder.uri.fsPath : null;
    // A run that cannot be kept is shown nevertheless: its numbers are right.
    const store = { save: (run: Run) => history.save(reference.folder, run).catch(errors.report) };
    try {
      const { targets, absent } = await variantTargets(this.#parts, located, values, servers);
      if (targets.length === 0) throw absent[0]?.error;
      const total = targets.length * rounds;
      let turn = '';
      let turns = 0;
      const result = await window.withProgress(
        {
          location: ProgressLocation.Notification,
          cancellable: true,
          title: l10n.t('{0} {1} on {2} servers', method, path, targets.length),
        },
        (progress, token) => {
          token.onCancellationRequested(() => this.#runs.cancel());
          return benchmarkVariants(
            { targets, absent, profile, rounds, folder },
            { ...session, servers: this.#pool, store },
            {
              onVariant: (name) => {
                turns++;
                turn = l10n.t('{0} ({1} of {2})', name, turns, total);
                progress.report({ message: turn, increment: turns === 1 ? 0 : 100 / total });
                results.set({ activity: { kind: 'preparing', sentence: turn }, preview: null });
              },
              onActivity: (activity) => {
                if (activity.kind === 'preparing')
                  results.set({ activity: { kind: 'preparing', sentence: `${turn}: ${activity.sentence}` } });
              },
              onServer: (server) => results.set({ server }),
              onPreview: (preview) => results.set({ preview }),
              onSnapshot: (snapshot) => results.tick(snapshot),
              onResult: (soFar) => this.#show(soFar, true),
            },
            signal,
          );
        },
      );
      this.#show(result, false);
      await results.settle({});
      await this.#storeOf(reference.folder).save(id, result).catch(errors.report);
    } catch (error) {
      if (error instanceof CancelledError) takeBack();
      else {
        results.set({ activity: { kind: 'problem', problem: describeProblem(error) } });
        log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    }
  }

  /** Another endpoint came on show, or a page without the table was begun for the same one. */
  #follow(): void {
    const { shown, page } = this.#parts.results;
    if (shown?.folder !== this.#subject?.folder || shown?.id !== this.#subject?.id) {
      this.#subject = shown;
      this.#result = undefined;
      this.#view = undefined;
      setContextKey('endpointProfiler.hasServersTable', false);
      void this.#reload().catch(this.#parts.errors.report);
    } else if (this.#view && page.variants !== this.#view) this.#parts.results.set({ variants: this.#view });
  }

  async #reload(): Promise<void> {
    const subject = this.#subject;
    if (!subject) return;
    const stored = await this.#storeOf(subject.folder).newest(subject.id);
    // What is measured meanwhile is newer.
    if (this.#subject === subject && !this.#result && stored) this.#show(stored, false);
  }

  #show(result: VariantsResult, isUnderWay: boolean): void {
    this.#result = result;
    this.#view = { ...variantsView(result), isUnderWay };
    setContextKey('endpointProfiler.hasServersTable', true);
    this.#parts.results.set({ variants: this.#view });
  }

  #storeOf(folder: string): VariantsStore {
    const name = folderKey(folder);
    return new VariantsStore(join(this.#root.fsPath, 'variants', name));
  }
}
