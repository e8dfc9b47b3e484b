import { Uri, workspace, type LogOutputChannel, type WorkspaceFolder } from 'vscode';
import { TEAM_FILE, parseTeamFile, type TeamFile } from '../../core/request/teamFile';

const NOTHING: TeamFile = { servers: [], requests: new Map() };

/** The team file of a folder; empty when there is none or the workspace is not trusted. Mistakes go to the log. */
export async function readTeamFile(folder: WorkspaceFolder, log: LogOutputChannel): Promise<TeamFile> {
  if (!workspace.isTrusted) return NOTHING;
  let bytes: Uint8Array;
  try {
    bytes = await workspace.fs.readFile(Uri.joinPath(folder.uri, TEAM_FILE));
  } catch {
    return NOTHING;
  }
  const { file, mistakes } = parseTeamFile(new TextDecoder().decode(bytes));
  for (const { line, column, sentence } of mistakes) log.warn(`${TEAM_FILE}:${line}:${column}: ${sentence}`);
  return file;
}
