import { StatusBarAlignment, l10n, window } from 'vscode';
import { COMMANDS } from '../../commands';
import { formatCount } from '../../core/report/format';
import type { Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';

/** The status bar item while a run is prepared or under way; a click shows the panel. */
export function createStatusBar({ results, runs }: Services): Disposable {
  const store = new DisposableStore();
  const item = store.add(window.createStatusBarItem('endpointProfiler.run', StatusBarAlignment.Left, 0));
  item.name = l10n.t('Endpoint Profiler: run');
  item.command = COMMANDS.showResults;

  function update(): void {
    const { activity, endpoint } = results.page;
    if (!runs.isBusy || (activity.kind !== 'preparing' && activity.kind !== 'running')) {
      item.hide();
      return;
    }
    const name = endpoint ? `${endpoint.method} ${endpoint.path}` : '';
    item.text = `$(loading~spin) ${name} ${activity.kind === 'running' ? describe(activity.live) : l10n.t('getting ready')}`;
    item.tooltip = l10n.t('Show the run. “Endpoint Profiler: Cancel Run” stops it and keeps what was measured.');
    item.show();
  }

  store.add(results.onDidChange(update));
  store.add(results.onDidTick(update));
  store.add(runs.onDidChange(update));
  return store;
}

function describe(live: {
  readonly progress: number | null;
  readonly requests: number;
  readonly phase: string;
}): string {
  if (live.phase === 'connect') return l10n.t('connecting');
  if (live.phase === 'warmup') return l10n.t('warming up');
  const percent = live.progress === null ? '' : ` ${Math.round(live.progress * 100)} %`;
  return l10n.t('{0} requests{1}', formatCount(live.requests), percent);
}
