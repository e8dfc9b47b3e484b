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
import { groupEndpoints, type EndpointGroup } from './groupEndpoints';

type Node = EndpointGroup | LocatedEndpoint;

/** The Endpoints view: groups by file or first path segment, below them the endpoints. */
export class EndpointTree implements TreeDataProvider<Node>, Disposable {
  readonly #services: Services;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<undefined>());
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
    return [...groupEndpoints(this.#services.index.all(), this.#services.memory.grouping)];
  }

  getTreeItem(node: Node): TreeItem {
    return isGroup(node) ? this.#groupItem(node) : this.#endpointItem(node);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #groupItem(group: EndpointGroup): TreeItem {
    const item = new TreeItem(group.label, TreeItemCollapsibleState.Expanded);
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
    item.tooltip = describeEndpoint(located);
    item.command = commandLink('revealEndpoint', l10n.t('Go to Handler'), reference);
    return item;
  }
}

function isGroup(node: Node): node is EndpointGroup {
  return 'members' in node;
}

/** Names and paths come from source code that may be anybody's, so they are added as text, never as Markdown. */
function describeEndpoint({ endpoint }: LocatedEndpoint): MarkdownString {
  const text = new MarkdownString();
  text.appendText(`${endpoint.method} ${endpoint.path}\n`);
  text.appendText(
    l10n.t('{0} in {1}, line {2} ({3})', endpoint.handler, endpoint.file, endpoint.line, endpoint.framework),
  );
  for (const { prefix, file, line } of endpoint.prefixes) {
    text.appendText(`\n${l10n.t('mounted at {0} in {1}, line {2}', prefix, file, line)}`);
  }
  for (const note of endpoint.notes) text.appendText(`\n${note}`);
  return text;
}
