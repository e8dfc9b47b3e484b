import {
  EventEmitter,
  MarkdownString,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  l10n,
  workspace,
  type TreeDataProvider,
} from 'vscode';
import { commandLink } from '../../commands';
import { formatLatency, formatRate } from '../../core/report/format';
import { referenceTo, type LocatedEndpoint } from '../../platform/vscode/endpoints';
import type { Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { describeEndpoint } from './describeEndpoint';
import { groupEndpoints, type EndpointGroup } from './groupEndpoints';

type Node = EndpointGroup | LocatedEndpoint;

/** With more than this, groups start folded: VS Code asks for everything that is unfolded, one group at a time. */
const UNFOLDED_LIMIT = 500;

/** The Endpoints view: groups by file or first path segment, below them the endpoints. */
export class EndpointTree implements TreeDataProvider<Node>, Disposable {
  readonly #services: Services;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<undefined>());
  #isFolded = false;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(services: Services) {
    this.#services = services;
    this.#store.add(services.index.onDidChange(() => this.refresh()));
    this.#store.add(services.history.onDidChange(() => this.refresh()));
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  getChildren(node?: Node): Node[] {
    if (node) return isGroup(node) ? [...node.members] : [];
    const all = this.#services.index.all();
    this.#isFolded = all.length > UNFOLDED_LIMIT;
    return [...groupEndpoints(all, this.#services.memory.grouping)];
  }

  getTreeItem(node: Node): TreeItem {
    return isGroup(node) ? this.#groupItem(node) : this.#endpointItem(node);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #groupItem(group: EndpointGroup): TreeItem {
    const item = new TreeItem(
      group.label,
      this.#isFolded ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded,
    );
    item.id = `group ${group.key}`;
    item.iconPath = this.#services.memory.grouping === 'file' ? ThemeIcon.File : new ThemeIcon('symbol-namespace');
    if (group.uri) item.resourceUri = group.uri;
    if ((workspace.workspaceFolders?.length ?? 0) > 1) item.description = group.folderName;
    return item;
  }

  #endpointItem(located: LocatedEndpoint): TreeItem {
    const { endpoint } = located;
    const reference = referenceTo(located);
    const item = new TreeItem(`${endpoint.method} ${endpoint.path}`, TreeItemCollapsibleState.None);
    item.id = `${reference.folder} ${reference.id}`;
    item.contextValue = 'endpoint';
    item.iconPath = new ThemeIcon(endpoint.method === 'GET' || endpoint.method === 'HEAD' ? 'arrow-down' : 'arrow-up');
    const last = this.#services.history.latest(reference);
    item.description = last
      ? l10n.t('p50 {0} · {1}', formatLatency(last.p50Ms), formatRate(last.throughputRps))
      : endpoint.handler;
    item.tooltip = new MarkdownString().appendText(describeEndpoint(endpoint, l10n).join('\n'));
    item.command = commandLink('revealEndpoint', l10n.t('Go to Handler'), reference);
    return item;
  }
}

function isGroup(node: Node): node is EndpointGroup {
  return 'members' in node;
}
