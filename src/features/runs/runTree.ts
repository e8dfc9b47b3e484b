import {
  EventEmitter,
  MarkdownString,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  l10n,
  type TreeDataProvider,
} from 'vscode';
import { commandLink } from '../../commands';
import { formatLatency, formatRate } from '../../core/report/format';
import type { FiledRun } from '../../platform/vscode/runHistory';
import type { Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { nameOfSubject } from './nameOfSubject';

const STATE_ICONS = {
  complete: 'pass',
  cancelled: 'circle-slash',
  'broken-off': 'warning',
  interrupted: 'warning',
} as const;

/** Runs of one endpoint below its name. */
export interface RunGroup {
  readonly folder: string;
  readonly subject: string;
  readonly runs: readonly FiledRun[];
}

type Node = RunGroup | FiledRun;

/** The Runs view: endpoints with the newest run first, below them their stored runs. */
export class RunTree implements TreeDataProvider<Node>, Disposable {
  readonly #services: Services;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(services: Services) {
    this.#services = services;
    this.#store.add(services.history.onDidChange(() => this.#changed.fire(undefined)));
  }

  getChildren(node?: Node): Node[] {
    if (node) return 'runs' in node ? [...node.runs] : [];
    const groups = new Map<string, RunGroup & { runs: FiledRun[] }>();
    for (const filed of this.#services.history.all()) {
      const key = `${filed.folder} ${filed.run.subject}`;
      const group = groups.get(key) ?? { folder: filed.folder, subject: filed.run.subject, runs: [] };
      group.runs.push(filed);
      groups.set(key, group);
    }
    return [...groups.values()];
  }

  getTreeItem(node: Node): TreeItem {
    return 'runs' in node ? this.#groupItem(node) : runItem(node);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #groupItem(group: RunGroup): TreeItem {
    const located = this.#services.index.find({ folder: group.folder, id: group.subject });
    const name = located ? `${located.endpoint.method} ${located.endpoint.path}` : nameOfSubject(group.subject);
    const item = new TreeItem(name, TreeItemCollapsibleState.Expanded);
    item.id = `runs ${group.folder} ${group.subject}`;
    item.description = String(group.runs.length);
    return item;
  }
}

function runItem({ folder, run }: FiledRun): TreeItem {
  const when = new Date(run.startedAt).toLocaleString();
  const numbers = l10n.t('p50 {0} · {1}', formatLatency(run.p50Ms), formatRate(run.throughputRps));
  const item = new TreeItem(numbers, TreeItemCollapsibleState.None);
  item.id = `run ${folder} ${run.id}`;
  item.contextValue = run.pinned ? 'runPinned' : 'run';
  item.iconPath = new ThemeIcon(run.pinned ? 'pinned' : STATE_ICONS[run.state]);
  item.description = run.pinned ? l10n.t('{0}, baseline', shortTime(run.startedAt)) : shortTime(run.startedAt);
  const connections = l10n.t('{0} connections, p99 {1}', run.connections, formatLatency(run.p99Ms));
  const revision = run.revision === null ? '' : ` · ${run.revision}`;
  item.tooltip = new MarkdownString().appendText(`${when}\n${describeState(run.state)}\n${connections}${revision}`);
  item.command = commandLink('openRun', l10n.t('Open Run'), { folder, runId: run.id });
  return item;
}

/** Enough to tell runs apart in a narrow view; the tooltip has the whole. */
function shortTime(iso: string): string {
  const date = new Date(iso);
  const isToday = date.toDateString() === new Date().toDateString();
  const day = isToday ? {} : ({ month: 'short', day: 'numeric' } as const);
  return date.toLocaleString(undefined, { ...day, hour: '2-digit', minute: '2-digit' });
}

function describeState(state: FiledRun['run']['state']): string {
  switch (state) {
    case 'complete':
      return l10n.t('ran to its end');
    case 'cancelled':
      return l10n.t('cancelled; the numbers are of the part that was measured');
    case 'broken-off':
      return l10n.t('stopped by itself, because nearly every answer failed');
    case 'interrupted':
      return l10n.t('interrupted; the numbers are of the part that was measured');
  }
}
