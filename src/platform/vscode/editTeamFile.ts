import { Position, Range, Uri, WorkspaceEdit, workspace, type TextDocument, type WorkspaceFolder } from 'vscode';
import { editJson } from '../../core/request/jsonc';
import { TEAM_FILE } from '../../core/request/teamFile';

/** Sets one value of a folder's team file, which is made when there is none, saves it, and answers with its document. */
export async function editTeamFile(
  folder: WorkspaceFolder,
  path: readonly string[],
  value: unknown,
): Promise<TextDocument> {
  const uri = Uri.joinPath(folder.uri, TEAM_FILE);
  try {
    await workspace.fs.stat(uri);
  } catch {
    await workspace.fs.writeFile(uri, new TextEncoder().encode('{}\n'));
  }
  const document = await workspace.openTextDocument(uri);
  const text = document.getText();
  const edit = new WorkspaceEdit();
  const whole = new Range(new Position(0, 0), document.positionAt(text.length));
  edit.replace(uri, whole, editJson(text, path, value));
  await workspace.applyEdit(edit);
  await document.save();
  return document;
}
