import { join } from 'node:path';
import { ProgressLocation, l10n, window, type Uri } from 'vscode';
import { readLoadProfile } from '../../config';
import type { Sweep } from '../../core/model/sweep';
import { defaultLevelProfile, type SweepPlan } from '../../core/plan/sweepPlan';
import { formatCount } from '../../core/report/format';
import { folderKey } from '../../platform/node/folderKey';
import { openFileLimit } from '../../platform/node/openFileLimit';
import { SweepStore } from '../../platform/node/sweepStore';
import { referenceTo, type LocatedEndpoint } from '../../platform/vscode/endpoints';
import type { PageSweeps } from '../../protocol/page';
import type { BenchmarkTarget } from '../../session/benchmarkOrder';
import { describeProblem } from '../../session/problem';
import { sweep } from '../../session/sweep';
import type { RunParts, Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { CancelledError } from '../../util/errors';
import { askLevels, levelsOf } from './askLevels';
import { listItem, withoutHistograms } from './sweepOnPage';

/** Runs sweeps and keeps what the page shows of them. */
export class SweepDesk implements Disposable {
  readonly #parts: RunParts;
  readonly #runs: Services['runs'];
  readonly #root: Uri;
  readonly #store = new DisposableStore();
  /** The endpoint that `#sweeps` belong to: folder and id. */
  #subject: { readonly folder: string; readonly id: string } | undefined;
  #sweeps: readonly Sweep[] = [];
  #shownIds: readonly string[] = [];
  #view: PageSweeps | undefined;
  #levels = '1, 2, 4, …, 1000';

  constructor(parts: RunParts, runs: Services['runs'], root: Uri) {
    this.#parts = parts;
    this.#runs = runs;
    this.#root = root;
    this.#store.add(parts.results.onDidChange(() => this.#follow()));
  }

  /** Asks for the levels and for what a benchmark asks, loads level by level, keeps and shows. Rejects with `busy` or `untrusted`. */
  async sweep(located: LocatedEndpoint): Promise<void> {
    this.#runs.requireIdle();
    const { method, path } = located.endpoint;
    const text = await askLevels(l10n.t('Sweep: {0} {1}', method, path), this.#levels);
    if (text === undefined) return;
    this.#levels = text;
    await this.#runs.loadOtherwise(located, (target, signal) => this.#run(located, target, levelsOf(text), signal));
  }

  /** Puts a sweep on the chart alone. */
  open(id: string): void {
    this.#show([id]);
  }

  /** Lays a sweep over the one on the chart, or takes it away. */
  lay(id: string, isLaid: boolean): void {
    const others = this.#shownIds.filter((each) => each !== id);
    this.#show(isLaid ? [...others, id] : others);
  }

  async delete(id: string): Promise<void> {
    if (!this.#subject) return;
    await this.#storeOf(this.#subject.folder).delete(id);
    await this.#reload(this.#shownIds.filter((each) => each !== id));
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #run(
    located: LocatedEndpoint,
    target: BenchmarkTarget,
    levels: readonly number[],
    signal: AbortSignal,
  ): Promise<void> {
    const { results, session, errors, log } = this.#parts;
    const reference = referenceTo(located);
    const { id, method, path, file, line, handler, framework } = located.endpoint;
    const isShown = results.shown?.folder === reference.folder && results.shown.id === reference.id;
    const takeBack = results.begin(reference, {
      ...(isShown ? { run: results.page.run, before: results.page.before } : {}),
      endpoint: { id, method, path, file, line, handler, framework },
      activity: { kind: 'preparing', sentence: l10n.t('Getting ready…') },
    });
    results.askForPanel();
    const store = this.#storeOf(reference.folder);
    const { timeoutMs } = readLoadProfile(located.uri);
    const plan: SweepPlan = {
      kind: 'connections',
      levels,
      profile: { ...defaultLevelProfile(), timeoutMs },
      pipelining: 1,
      maxConnections: levels.at(-1) ?? 1,
    };
    const folder = located.folder.uri.scheme === 'file' ? located.folder.uri.fsPath : null;
    try {
      const done = await window.withProgress(
        { location: ProgressLocation.Notification, cancellable: true, title: l10n.t('Sweep of {0} {1}', method, path) },
        (progress, token) => {
          token.onCancellationRequested(() => this.#runs.cancel());
          return sweep(
            { target, plan, folder },
            // A sweep that cannot be kept is shown nevertheless: its numbers are right.
            {
              ...session,
              openFileLimit: openFileLimit(),
              sweeps: { save: (each) => store.save(each).catch(errors.report) },
            },
            {
              onActivity: (activity) => {
                if (activity.kind === 'preparing') results.set({ activity });
              },
              onServer: (server) => results.set({ server }),
              onPreview: (preview) => results.set({ preview }),
              onLevel: (level, before) => {
                const place = l10n.t(
                  '{0} connections ({1} of {2})',
                  formatCount(level),
                  before.length + 1,
                  levels.length,
                );
                progress.report({ message: place, increment: before.length === 0 ? 0 : 100 / levels.length });
                results.set({ activity: { kind: 'preparing', sentence: l10n.t('Sweep: {0}…', place) } });
              },
            },
            signal,
          );
        },
      );
      results.set({ activity: { kind: 'idle' } });
      await this.#reload([done.id], done);
    } catch (error) {
      if (error instanceof CancelledError) takeBack();
      else {
        const problem = { ...describeProblem(error), actions: ['showLog'] as const };
        results.set({ activity: { kind: 'problem', problem } });
        log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    }
  }

  /** Another endpoint came on show, or a page without sweeps was begun for the same one. */
  #follow(): void {
    const { shown, page } = this.#parts.results;
    if (shown?.folder !== this.#subject?.folder || shown?.id !== this.#subject?.id) {
      this.#subject = shown;
      this.#sweeps = [];
      this.#view = undefined;
      void this.#reload([]).catch(this.#parts.errors.report);
    } else if (this.#view && page.sweeps !== this.#view) this.#parts.results.set({ sweeps: this.#view });
  }

  /** Reads the stored sweeps; `fresh` is one that may not have been kept. Without ids the newest is shown. */
  async #reload(ids: readonly string[], fresh?: Sweep): Promise<void> {
    const subject = this.#subject;
    if (!subject) return;
    const stored = await this.#storeOf(subject.folder).list(subject.id);
    if (this.#subject !== subject) return;
    const isKept = fresh === undefined || stored.some(({ id }) => id === fresh.id);
    this.#sweeps = isKept ? stored : [fresh, ...stored];
    this.#show(ids.length > 0 ? ids : this.#sweeps.slice(0, 1).map(({ id }) => id));
  }

  #show(ids: readonly string[]): void {
    const shown = ids.flatMap((id) => this.#sweeps.find((each) => each.id === id) ?? []);
    this.#shownIds = shown.map(({ id }) => id);
    const isNothing = this.#sweeps.length === 0 && !this.#view;
    this.#view = { shown: shown.map(withoutHistograms), list: this.#sweeps.map(listItem) };
    if (isNothing) this.#view = undefined;
    else this.#parts.results.set({ sweeps: this.#view });
  }

  #storeOf(folder: string): SweepStore {
    const name = folderKey(folder);
    return new SweepStore(join(this.#root.fsPath, 'sweeps', name));
  }
}
