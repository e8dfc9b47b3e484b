import { Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { Channel } from '../../protocol/channel';
import type { HostToPage, PageToHost } from '../../protocol/page';
import type { Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { pageHtml } from './pageHtml';
import { pageHandlers } from './pageHandlers';
import { portOfPanel } from './portOfPanel';

/** As in `activationEvents`, so that a panel of the last session is shown again. */
export const PANEL_TYPE = 'endpointProfiler.results';

/** The results panel while it is open: sends the whole state when the page asks or is shown again, ticks in between. */
export class ResultsPanel implements Disposable {
  readonly #panel: WebviewPanel;
  readonly #services: Services;
  readonly #store = new DisposableStore();
  readonly #channel: Channel<HostToPage, PageToHost>;
  #onClosed: (() => void) | undefined;

  /** Opens a new panel beside the code; the keyboard stays where it is unless `focus` is set. */
  static open(services: Services, focus: boolean): ResultsPanel {
    const panel = window.createWebviewPanel(
      PANEL_TYPE,
      'Endpoint Profiler',
      { viewColumn: ViewColumn.Beside, preserveFocus: !focus },
      optionsOf(services.extensionUri),
    );
    return new ResultsPanel(services, panel);
  }

  /** Takes over a panel, new or kept by VS Code over a restart. */
  constructor(services: Services, panel: WebviewPanel) {
    this.#services = services;
    this.#panel = panel;
    const { results, errors } = services;
    panel.iconPath = Uri.joinPath(services.extensionUri, 'media/icons/activity.svg');
    panel.webview.options = optionsOf(services.extensionUri);
    this.#channel = this.#store.add(new Channel(portOfPanel(panel), pageHandlers(services), errors.report));
    this.#store.add(results.onDidChange(() => this.#sendState()));
    this.#store.add(results.onDidTick((snapshot) => this.#channel.notify('run/tick', snapshot)));
    this.#store.add(results.onDidCompareTick((live) => this.#channel.notify('compare/tick', live)));
    this.#store.add(
      panel.onDidChangeViewState(() => {
        if (panel.visible) this.#sendState();
      }),
    );
    this.#store.add(
      panel.onDidDispose(() => {
        this.#store.dispose();
        this.#onClosed?.();
      }),
    );
    panel.webview.html = pageHtml(panel.webview, services.extensionUri);
    this.#updateTitle();
  }

  /** Called once when the panel has gone, whoever closed it. */
  onClosed(listener: () => void): void {
    this.#onClosed = listener;
  }

  /** Shows the panel in the column where it is; the keyboard stays in the code unless `focus` is set. */
  reveal(focus: boolean): void {
    this.#panel.reveal(undefined, !focus);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #sendState(): void {
    this.#updateTitle();
    this.#channel.notify('state/replace', this.#services.results.page);
  }

  #updateTitle(): void {
    const { endpoint } = this.#services.results.page;
    this.#panel.title = endpoint ? `${endpoint.method} ${endpoint.path}` : 'Endpoint Profiler';
  }
}

function optionsOf(extensionUri: Uri): { enableScripts: true; localResourceRoots: Uri[] } {
  return { enableScripts: true, localResourceRoots: [extensionUri] };
}
