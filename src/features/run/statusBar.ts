import { StatusBarAlignment, l10n, window } from 'vscode';
import { COMMANDS } from '../../commands';
import { formatCount } from '../../core/report/format';
import type { Activity } from '../../protocol/page';
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
    if (!runs.isBusy || activity.kind === 'idle' || activity.kind === 'problem') {
      item.hide();
      return;
    }
    const name = endpoint ? `${endpoint.method} ${endpoint.path}` : '';
    item.text = `$(loading~spin) ${name} ${describeActivity(activity)}`;
    item.tooltip = l10n.t('Show the run. “Endpoint Profiler: Cancel Run” stops it and keeps what was measured.');
    item.show();
  }

  store.add(results.onDidChange(update));
  store.add(results.onDidTick(update));
  store.add(results.onDidCompareTick(update));
  store.add(runs.onDidChange(update));
  return store;
}

function describeActivity(activity: Activity): string {
  if (activity.kind === 'running') return describe(activity.live);
  if (activity.kind !== 'comparing') return l10n.t('getting ready');
  const { labels, round, plannedRounds } = activity.live;
  return l10n.t('against {0}, round {1} of {2}', labels.before, round, plannedRounds);
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
