import { window } from 'vscode';
import { setContextKey } from '../../contextKeys';
import type { EndpointIndex } from '../../platform/vscode/endpointIndex';
import { handlerSpan } from '../../platform/vscode/endpoints';
import { DisposableStore, type Disposable } from '../../util/disposable';

/** Keeps the keys that menus read in step with the endpoints, the active editor and its cursor. */
export function trackCursor(index: EndpointIndex): Disposable {
  const store = new DisposableStore();
  let knownFiles = '';
  let knownLines = '';

  function updateCursor(): void {
    const editor = window.activeTextEditor;
    const isOnRoute =
      editor !== undefined && index.at(editor.document.uri, editor.selection.active.line + 1).length > 0;
    setContextKey('endpointProfiler.onRoute', isOnRoute);
  }

  /** A right-click opens its menu before anybody is told which editor it made the active one, so every file is named. */
  function updateFiles(): void {
    // A local file is looked up by its path on the disk, any other by that of its URI.
    const files = [...new Set(index.all().flatMap(({ uri }) => [uri.fsPath, uri.path]))];
    const signature = files.join('\n');
    if (signature !== knownFiles) {
      knownFiles = signature;
      setContextKey('endpointProfiler.routeFiles', files);
    }
    setContextKey('endpointProfiler.scanned', index.isScanned);
  }

  function updateLines(): void {
    // While the results have the focus, the lines are those of the code beside them.
    const editor =
      window.activeTextEditor ??
      window.visibleTextEditors.find(({ document }) => index.inFile(document.uri).length > 0);
    const located = editor ? index.inFile(editor.document.uri) : [];
    const lines = [
      ...new Set(located.flatMap(({ endpoint }) => [endpoint.registrationLine, ...linesOf(handlerSpan(endpoint))])),
    ];
    const signature = lines.join(' ');
    if (signature === knownLines) return;
    knownLines = signature;
    setContextKey('endpointProfiler.routeLines', lines);
  }

  function update(): void {
    updateFiles();
    updateLines();
    updateCursor();
  }

  store.add(index.onDidChange(update));
  store.add(window.onDidChangeActiveTextEditor(update));
  store.add(window.onDidChangeTextEditorSelection(updateCursor));
  update();
  return store;
}

function linesOf({ first, last }: { readonly first: number; readonly last: number }): number[] {
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}
