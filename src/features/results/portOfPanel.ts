import type { WebviewPanel } from 'vscode';
import type { Port } from '../../protocol/channel';

/** A panel's page as one end of a channel. Messages to a hidden page are lost; the whole state follows when it is shown. */
export function portOfPanel(panel: WebviewPanel): Port {
  return {
    post: (message) => void panel.webview.postMessage(message),
    onMessage: (listener) => panel.webview.onDidReceiveMessage(listener),
    onClose: (listener) => panel.onDidDispose(listener),
  };
}
