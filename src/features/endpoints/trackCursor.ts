import { window } from 'vscode';
import { setContextKey } from '../../contextKeys';
import type { EndpointIndex } from '../../platform/vscode/endpointIndex';
import { handlerSpan } from '../../platform/vscode/endpoints';
import { DisposableStore, type Disposable } from '../../util/disposable';

/** Keeps the keys that menus read in step with the active editor, its cursor and the endpoints. */
export function trackCursor(index: EndpointIndex): Disposable {
  const store = new DisposableStore();
  let known = '';

  function updateCursor(): void {
    const editor = window.activeTextEditor;
    const isOnRoute =
      editor !== undefined && index.at(editor.document.uri, editor.selection.active.line + 1).length > 0;
    setContextKey('endpointProfiler.onRoute', isOnRoute);
  }

  function updateFile(): void {
    const editor = window.activeTextEditor;
    const located = editor ? index.inFile(editor.document.uri) : [];
    const lines = [
      ...new Set(located.flatMap(({ endpoint }) => [endpoint.registrationLine, ...linesOf(handlerSpan(endpoint))])),
    ];
    const signature = lines.join(' ');
    if (signature !== known) {
      known = signature;
      setContextKey('endpointProfiler.fileHasRoutes', lines.length > 0);
      setContextKey('endpointProfiler.routeLines', lines);
    }
    setContextKey('endpointProfiler.scanned', index.isScanned);
    updateCursor();
  }

  store.add(index.onDidChange(updateFile));
  store.add(window.onDidChangeActiveTextEditor(updateFile));
  store.add(window.onDidChangeTextEditorSelection(updateCursor));
  updateFile();
  return store;
}

function linesOf({ first, last }: { readonly first: number; readonly last: number }): number[] {
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}
