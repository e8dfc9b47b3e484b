import { Uri, l10n, window, workspace } from 'vscode';
import type { ExportFormat } from '../../protocol/page';
import type { Services } from '../../services';
import { UserError } from '../../util/errors';
import { renderRun } from './renderRun';

const KINDS: Readonly<Record<ExportFormat, { readonly extension: string; readonly label: string }>> = {
  json: { extension: 'json', label: 'JSON' },
  csv: { extension: 'csv', label: 'CSV' },
  markdown: { extension: 'md', label: 'Markdown' },
};

/** Writes the shown run to a file that the person chooses; asks for the format when none is given. */
export async function exportRun({ results }: Services, wanted: ExportFormat | undefined): Promise<void> {
  const { run, before } = results.page;
  if (!run) throw new UserError('no-run', l10n.t('There is no result to export yet: benchmark an endpoint first.'));
  const format = wanted ?? (await askFormat());
  if (!format) return;
  const { extension, label } = KINDS[format];
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = `${run.startedAt.slice(0, 19).replace(/\D+/g, '-')}.${extension}`;
  const target = await window.showSaveDialog({
    filters: { [label]: [extension] },
    ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}),
  });
  if (!target) return;
  await workspace.fs.writeFile(target, new TextEncoder().encode(renderRun(format, run, before)));
  const open = l10n.t('Open');
  const choice = await window.showInformationMessage(l10n.t('The run was written to {0}.', target.fsPath), open);
  if (choice === open) await window.showTextDocument(target);
}

async function askFormat(): Promise<ExportFormat | undefined> {
  const items = (Object.keys(KINDS) as ExportFormat[]).map((format) => ({ label: KINDS[format].label, format }));
  const placeHolder = l10n.t('In which format?');
  return (await window.showQuickPick(items, { placeHolder }))?.format;
}
