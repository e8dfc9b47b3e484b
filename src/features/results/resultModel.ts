import { EventEmitter, Uri, l10n, window, workspace } from 'vscode';
import { readLoadProfile } from '../../config';
import { setContextKey } from '../../contextKeys';
import { subjectOf } from '../../core/history/subjectOf';
import type { LiveSession } from '../../core/compare/liveSession';
import type { Run } from '../../core/model/run';
import type { Snapshot } from '../../core/model/runPlan';
import { advanceLiveRun, emptyLiveRun } from '../../core/plan/liveRun';
import type { EditClock } from '../../platform/vscode/editClock';
import type { EndpointIndex } from '../../platform/vscode/endpointIndex';
import { MANY_ENDPOINTS, endpointGone, handlerSpan, type EndpointReference } from '../../platform/vscode/endpoints';
import { loadFormOf } from '../../platform/vscode/loadForm';
import { revealLine } from '../../platform/vscode/revealLine';
import type { RunHistory } from '../../platform/vscode/runHistory';
import type { ShownRun, WorkspaceMemory } from '../../platform/vscode/workspaceMemory';
import type { PageMix, PageState } from '../../protocol/page';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { runsOfSameCode, verdictOf, verdictWithHistory } from './historicalVerdict';

interface ResultModelParts {
  readonly index: EndpointIndex;
  readonly history: RunHistory;
  readonly memory: WorkspaceMemory;
  readonly edits: EditClock;
}

/** What the results panel shows, whether a panel is open or not. */
export class ResultModel implements Disposable {
  readonly #parts: ResultModelParts;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly #ticked = this.#store.add(new EventEmitter<Snapshot>());
  readonly #comparedTick = this.#store.add(new EventEmitter<LiveSession>());
  readonly #asked = this.#store.add(new EventEmitter<{ readonly focus: boolean }>());
  #page: PageState;
  #shown: EndpointReference | undefined;

  /** Fires when `page` has changed otherwise than by a tick. */
  readonly onDidChange = this.#changed.event;
  /** One step of the run under way; `page` holds it already. */
  readonly onDidTick = this.#ticked.event;
  /** One step of the comparison under way; `page` holds it already. */
  readonly onDidCompareTick = this.#comparedTick.event;
  /** Fires when there is something that a person should see. */
  readonly onDidAskForPanel = this.#asked.event;

  constructor(parts: ResultModelParts) {
    this.#parts = parts;
    this.#page = emptyPage();
    this.#store.add(parts.edits.onDidChange(() => void this.#updateEdited()));
    this.#store.add(
      parts.history.onDidChange(() => {
        if (this.#shown) this.set({ history: this.#history() });
      }),
    );
  }

  get page(): PageState {
    return this.#page;
  }

  /** The endpoint on show. */
  get shown(): EndpointReference | undefined {
    return this.#shown;
  }

  /**
   * Starts a new page for an endpoint; everything that `page` does not name is empty. The function that comes back shows
   * again what was shown before.
   */
  begin(shown: EndpointReference, page: Partial<PageState>): () => void {
    const earlier = { shown: this.#shown, page: this.#page };
    this.#shown = shown;
    this.#page = { ...emptyPage(), ...page, history: this.#history() };
    this.#changed.fire();
    return () => {
      this.#shown = earlier.shown;
      this.set({ ...earlier.page, history: this.#history() });
    };
  }

  /** Changes parts of the page. */
  set(page: Partial<PageState>): void {
    const next = { ...this.#page, ...page };
    const isOther = next.run !== this.#page.run || next.before !== this.#page.before;
    const compared = isOther ? { ...next, comparison: verdictOf(next.before, next.run) } : next;
    this.#page = { ...compared, canConfirm: canConfirm(compared, this.#shown) };
    setContextKey('endpointProfiler.hasRun', this.#page.run !== null);
    const { comparison, sideBySide, many } = this.#page;
    const hasVerdict = comparison !== null || sideBySide !== undefined || many?.endpointId === null;
    setContextKey('endpointProfiler.hasVerdict', hasVerdict);
    this.#changed.fire();
  }

  /** Takes in one step of the run under way. */
  tick(snapshot: Snapshot): void {
    const { activity } = this.#page;
    const live = advanceLiveRun(activity.kind === 'running' ? activity.live : emptyLiveRun(), snapshot);
    this.#page = { ...this.#page, activity: { kind: 'running', live } };
    this.#ticked.fire(snapshot);
  }

  /** Takes in one step of the comparison side by side under way. */
  compareTick(live: LiveSession): void {
    const isNew = this.#page.activity.kind !== 'comparing';
    this.#page = { ...this.#page, activity: { kind: 'comparing', live } };
    if (isNew) this.#changed.fire();
    else this.#comparedTick.fire(live);
  }

  /** Ends what was under way without a run; the endpoint is shown again at the next start of the window. */
  async settle(page: Partial<PageState>): Promise<void> {
    this.set({ ...page, activity: { kind: 'idle' } });
    await this.#remember();
  }

  /** Shows the finished run and remembers it for the next start of the window. */
  async finish(run: Run): Promise<void> {
    this.set({ run, activity: { kind: 'idle' } });
    await this.#remember();
    await this.#updateEdited();
    await this.#compareWithMore();
  }

  /** Shows the panel; the keyboard stays in the code unless the panel is to have it. */
  askForPanel(focus = false): void {
    this.#asked.fire({ focus });
  }

  /** Shows a stored run, with another behind it. Fails like `RunStore.load`; a `before` that is gone is left out. */
  async open(folder: string, runId: string, beforeId: string | null): Promise<void> {
    const { history } = this.#parts;
    const run = await history.load(folder, runId);
    const before = beforeId === null ? null : await history.load(folder, beforeId).catch(() => null);
    const id = subjectOf(run);
    const { endpoint, mix = null, target: server, profile } = run;
    this.begin({ folder, id }, { endpoint, mix: mix && mixOf(mix), server, before, load: loadFormOf(profile) });
    await this.finish(run);
  }

  /** Opens another run of the same folder. */
  async openSibling(runId: string): Promise<void> {
    if (this.#shown) await this.open(this.#shown.folder, runId, null);
  }

  /** Lays another stored run behind the shown one; null takes it away. */
  async compareWith(beforeId: string | null): Promise<void> {
    if (!this.#shown) return;
    const before = beforeId === null ? null : await this.#parts.history.load(this.#shown.folder, beforeId);
    this.set({ before });
    await this.#remember();
    await this.#compareWithMore();
  }

  /** Deletes a stored run and takes it off the page. */
  async delete(folder: string, runId: string): Promise<void> {
    await this.#parts.history.delete(folder, runId);
    const { run, before } = this.#page;
    if (run?.id === runId) this.set({ run: null, before: null, preview: null });
    else if (before?.id === runId) this.set({ before: null });
    await this.#remember();
  }

  /**
   * Shows what was shown before the window was reloaded, when nothing is shown yet. A run that the reload cut short is
   * shown as far as it had got; a sentence says so, also when nothing of it could be kept.
   */
  async restore(): Promise<void> {
    const { memory, history } = this.#parts;
    if (this.#shown || (!memory.shown && !memory.runUnderWay)) return;
    await history.reload();
    const shown = (await this.#takeCutShort()) ?? memory.shown;
    if (!shown) return;
    try {
      if (shown.runId !== null) await this.open(shown.folder, shown.runId, shown.beforeId);
      else if (shown.isMany) this.begin({ folder: shown.folder, id: MANY_ENDPOINTS }, {});
      else if (shown.endpoint)
        this.begin({ folder: shown.folder, id: shown.endpoint.id }, { endpoint: shown.endpoint });
    } catch {
      // The run was deleted meanwhile, perhaps by another window: an empty page says what to do next.
      await memory.rememberShown(undefined);
    }
  }

  /** Jumps to the handler, where it is now. Fails with `endpoint-gone`. */
  async revealSource(): Promise<void> {
    const located = this.#shown && this.#parts.index.find(this.#shown);
    if (located) return revealLine(located.uri, handlerSpan(located.endpoint).first);
    const { endpoint } = this.#page;
    if (!this.#shown || !endpoint) throw endpointGone();
    await revealLine(Uri.joinPath(Uri.parse(this.#shown.folder), endpoint.file), endpoint.line);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #history(): PageState['history'] {
    return this.#shown ? this.#parts.history.ofEndpoint(this.#shown) : [];
  }

  async #remember(): Promise<void> {
    const { run, before, endpoint } = this.#page;
    const folder = this.#shown?.folder;
    const isMany = this.#shown?.id === MANY_ENDPOINTS;
    const isNothing = folder === undefined || (!run && !endpoint && !isMany);
    const ids = { runId: run?.id ?? null, beforeId: before?.id ?? null };
    await this.#parts.memory.rememberShown(isNothing ? undefined : { folder, ...ids, endpoint, isMany });
  }

  /** What was kept of a run that ended with the extension host. */
  async #takeCutShort(): Promise<ShownRun | undefined> {
    const { memory, history } = this.#parts;
    const cut = memory.runUnderWay;
    if (!cut) return undefined;
    await memory.rememberRunUnderWay(undefined);
    const kept = history.ofEndpoint(cut.endpoint).find(({ startedAt }) => Date.parse(startedAt) >= cut.beganMs);
    void window.showWarningMessage(
      kept
        ? l10n.t('The run of {0} ended when the window was reloaded. What it had measured was kept.', cut.name)
        : l10n.t('The run of {0} ended with the extension host and could not be kept. Run it again.', cut.name),
    );
    return kept && { folder: cut.endpoint.folder, runId: kept.id, beforeId: cut.beforeId };
  }

  /** The more runs of the earlier code there are, the more can be said about the change. */
  async #compareWithMore(): Promise<void> {
    const { run, before, history } = this.#page;
    const folder = this.#shown?.folder;
    if (!run || !before || folder === undefined) return;
    const ids = runsOfSameCode(before, run, history);
    const loaded = await Promise.all(ids.map((id) => this.#parts.history.load(folder, id).catch(() => null)));
    const others = loaded.filter((each) => each !== null);
    if (others.length === 0 || this.#page.run !== run || this.#page.before !== before) return;
    this.set({ comparison: verdictWithHistory(before, run, others) });
  }

  async #updateEdited(): Promise<void> {
    const { run } = this.#page;
    const located = this.#shown && this.#parts.index.find(this.#shown);
    const editedMs = run && located ? await this.#parts.edits.lastEditMs(located.uri) : 0;
    const editedSince = run !== null && editedMs > Date.parse(run.startedAt);
    if (this.#page.run === run && this.#page.editedSince !== editedSince) this.set({ editedSince });
  }
}

/** Two stored runs of an endpoint in a folder on this machine, in a workspace where servers may be started. */
function canConfirm({ run, before, endpoint }: PageState, shown: EndpointReference | undefined): boolean {
  return (
    run !== null &&
    before !== null &&
    endpoint !== null &&
    shown?.folder.startsWith('file:') === true &&
    workspace.isTrusted
  );
}

/** What the page needs to name a mix. */
function mixOf({ name, endpoints }: PageMix): PageMix {
  return { name, endpoints: endpoints.map((each) => ({ name: each.name, weight: each.weight })) };
}

function emptyPage(): PageState {
  return {
    endpoint: null,
    server: null,
    activity: { kind: 'idle' },
    preview: null,
    run: null,
    before: null,
    comparison: null,
    canConfirm: false,
    editedSince: false,
    history: [],
    load: loadFormOf(readLoadProfile(workspace.workspaceFolders?.[0])),
  };
}
