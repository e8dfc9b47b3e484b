import { Uri, workspace, type LogOutputChannel, type WorkspaceFolder } from 'vscode';
import { NO_TEAM_FILE, TEAM_FILE, parseTeamFile, type TeamFile } from '../../core/request/teamFile';

/** The team file of a folder; empty when there is none or the workspace is not trusted. Mistakes go to the log. */
export async function readTeamFile(folder: WorkspaceFolder, log: LogOutputChannel): Promise<TeamFile> {
  if (!workspace.isTrusted) return NO_TEAM_FILE;
  let bytes: Uint8Array;
  try {
    bytes = await workspace.fs.readFile(Uri.joinPath(folder.uri, TEAM_FILE));
  } catch {
    return NO_TEAM_FILE;
  }
  const { file, mistakes } = parseTeamFile(new TextDecoder().decode(bytes));
  for (const { line, column, sentence } of mistakes) log.warn(`${TEAM_FILE}:${line}:${column}: ${sentence}`);
  return file;
}

/** The team file of the folder at an absolute path of this machine; empty for anything else. */
export async function teamFileAt(path: string | null, log: LogOutputChannel): Promise<TeamFile> {
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === path);
  return folder ? readTeamFile(folder, log) : NO_TEAM_FILE;
}
