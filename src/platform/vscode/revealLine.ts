import { Range, TextEditorRevealType, ViewColumn, window, workspace, type Uri } from 'vscode';

/** Opens a file with the cursor on a 1-based line, in the editor group that already shows it, else in the first one. */
export async function revealLine(uri: Uri, line: number): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const shown = window.visibleTextEditors.find((each) => each.document === document);
  const row = Math.min(Math.max(0, line - 1), document.lineCount - 1);
  const selection = new Range(row, 0, row, 0);
  const editor = await window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? ViewColumn.One,
    selection,
  });
  editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
}
