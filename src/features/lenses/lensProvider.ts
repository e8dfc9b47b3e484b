import { CodeLens, EventEmitter, Range, l10n, type CodeLensProvider, type TextDocument } from 'vscode';
import { commandLink } from '../../commands';
import { readSetting } from '../../config';
import { shortVerdict } from '../../core/compare/shortVerdict';
import { formatLatency, formatRate } from '../../core/report/format';
import { handlerSpan, referenceTo, type LocatedEndpoint } from '../../platform/vscode/endpoints';
import type { Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';

/** Lenses above every route handler: benchmark it, its last result, and whether the file was edited since. */
export class LensProvider implements CodeLensProvider, Disposable {
  readonly #services: Services;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(services: Services) {
    this.#services = services;
    const fire = (): void => this.#changed.fire();
    this.#store.add(services.index.onDidChange(fire));
    this.#store.add(services.history.onDidChange(fire));
    this.#store.add(services.edits.onDidChange(fire));
    this.#store.add(services.runs.onDidChange(fire));
    this.#store.add(services.compares.onDidChange(fire));
    this.#store.add(services.watches.onDidChange(fire));
  }

  /** Asks VS Code to ask again, after a setting has changed. */
  refresh(): void {
    this.#changed.fire();
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    if (!readSetting('lenses.enabled', document)) return [];
    const located = this.#services.index.inFile(document.uri);
    if (located.length === 0) return [];
    const lastEditMs = await this.#services.edits.lastEditMs(document.uri);
    const seen = new Set<number>();
    return located.flatMap((each) => {
      const line = handlerSpan(each.endpoint).first - 1;
      if (line < 0 || line >= document.lineCount) return [];
      const isFirst = !seen.has(line);
      seen.add(line);
      return this.#lensesOf(each, new Range(line, 0, line, 0), isFirst, lastEditMs);
    });
  }

  dispose(): void {
    this.#store.dispose();
  }

  #lensesOf(located: LocatedEndpoint, range: Range, isFirst: boolean, lastEditMs: number): CodeLens[] {
    const { endpoint } = located;
    const reference = referenceTo(located);
    const name = `${endpoint.method} ${endpoint.path}`;
    if (this.#services.runs.isUnderWay(reference)) {
      const title = l10n.t('$(loading~spin) Measuring {0}', name);
      return [new CodeLens(range, commandLink('showResults', title))];
    }
    const title = isFirst ? l10n.t('$(play) Benchmark {0}', name) : l10n.t('$(play) {0}', name);
    const lenses = [new CodeLens(range, commandLink('benchmarkEndpoint', title, reference))];
    if (this.#services.watches.isWatched(reference)) {
      lenses.push(new CodeLens(range, commandLink('watchEndpoint', l10n.t('$(eye) Watching; stop'), reference)));
    }
    const kept = this.#services.compares.kept(reference);
    if (kept && lastEditMs <= Date.parse(kept.startedAt)) {
      lenses.push(new CodeLens(range, commandLink('openComparison', shortVerdict(kept.comparison), reference)));
    }
    const last = this.#services.history.latest(reference);
    if (!last) return lenses;
    const result = l10n.t('p50 {0} · {1}', formatLatency(last.p50Ms), formatRate(last.throughputRps));
    lenses.push(new CodeLens(range, commandLink('openRun', result, { folder: reference.folder, runId: last.id })));
    if (lastEditMs > Date.parse(last.startedAt)) {
      const stale = l10n.t('measured before your last edit: Re-run and compare');
      lenses.push(new CodeLens(range, commandLink('rerunAndCompare', stale, reference)));
    }
    return lenses;
  }
}
