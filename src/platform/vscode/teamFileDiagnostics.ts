import { Diagnostic, DiagnosticSeverity, Range, languages, workspace, type TextDocument } from 'vscode';
import { parseJsonTree } from '../../core/request/jsonc';
import { TEAM_FILE, parseTeamFile } from '../../core/request/teamFile';
import { DisposableStore, type Disposable } from '../../util/disposable';

/**
 * Underlines what is wrong in team files that are open, in the words in which the command line says it. VS Code itself says where
 * the text is no JSON.
 */
export function watchTeamFiles(): Disposable {
  const store = new DisposableStore();
  const collection = store.add(languages.createDiagnosticCollection('endpointProfiler'));
  const check = (document: TextDocument): void => {
    if (!isTeamFile(document)) return;
    const text = document.getText();
    const syntax = new Set(parseJsonTree(text).errors.map(({ offset, sentence }) => `${offset} ${sentence}`));
    const mistakes = parseTeamFile(text).mistakes.filter(
      ({ offset, sentence }) => !syntax.has(`${offset} ${sentence}`),
    );
    collection.set(
      document.uri,
      mistakes.map(({ sentence, offset, length }) => {
        const range = new Range(document.positionAt(offset), document.positionAt(offset + length));
        const diagnostic = new Diagnostic(range, sentence, DiagnosticSeverity.Error);
        diagnostic.source = 'Endpoint Profiler';
        return diagnostic;
      }),
    );
  };
  store.add(workspace.onDidOpenTextDocument(check));
  store.add(workspace.onDidChangeTextDocument(({ document }) => check(document)));
  store.add(workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)));
  for (const document of workspace.textDocuments) check(document);
  return store;
}

function isTeamFile({ uri }: TextDocument): boolean {
  const folder = workspace.getWorkspaceFolder(uri);
  return folder !== undefined && uri.path === `${folder.uri.path.replace(/\/$/, '')}/${TEAM_FILE}`;
}
