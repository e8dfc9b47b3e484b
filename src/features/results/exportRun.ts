import { Uri, env, l10n, window, workspace } from 'vscode';
import { EXPORT_FORMATS, EXPORT_KINDS, type ExportFormat } from '../../core/report/exportKinds';
import { renderExport } from '../../core/report/exports';
import { readPageAssets } from '../../platform/node/pageAssets';
import type { Services } from '../../services';
import { UserError } from '../../util/errors';

/** Writes the shown run to a file that the person chooses; asks for the format when none is given. Fails with `no-run`. */
export async function exportRun({ results, extensionUri }: Services, wanted?: ExportFormat): Promise<void> {
  const { run, before } = results.page;
  if (!run) throw new UserError('no-run', l10n.t('There is no result to export yet: benchmark an endpoint first.'));
  const format = wanted ?? (await askFormat());
  if (!format) return;
  const { extension, label } = EXPORT_KINDS[format];
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = `${run.startedAt.slice(0, 19).replace(/\D+/g, '-')}.${extension}`;
  const target = await window.showSaveDialog({
    filters: { [label]: [extension] },
    ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}),
  });
  if (!target) return;
  const text = await renderExport(format, {
    run,
    before,
    readPage: () => readPageAssets(Uri.joinPath(extensionUri, 'dist').fsPath),
  });
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const open = l10n.t('Open');
  const choice = await window.showInformationMessage(l10n.t('The run was written to {0}.', target.fsPath), open);
  if (choice !== open) return;
  if (format === 'html') await env.openExternal(target);
  else await window.showTextDocument(target);
}

async function askFormat(): Promise<ExportFormat | undefined> {
  const items = EXPORT_FORMATS.map((format) => ({
    label: EXPORT_KINDS[format].label,
    format,
  }));
  const placeHolder = l10n.t('In which format?');
  return (await window.showQuickPick(items, { placeHolder }))?.format;
}
