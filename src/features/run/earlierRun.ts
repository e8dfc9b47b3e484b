import { l10n, window } from 'vscode';
import { readSetting, type RerunAgainst } from '../../config';
import type { Run } from '../../core/model/run';
import { formatLatency, formatRate } from '../../core/report/format';
import type { StoredRun } from '../../platform/node/runStore';
import { referenceTo, type LocatedEndpoint } from '../../platform/vscode/endpoints';
import type { RunParts } from '../../services';
import { CancelledError, UserError } from '../../util/errors';

/**
 * The run that a new one is laid over, as the setting says; null when nothing was measured yet. Rejects with
 * `no-run-at-head`, with `CancelledError` when the person was asked and gave up, and like `RunStore.load`.
 */
export async function earlierRun(parts: RunParts, located: LocatedEndpoint): Promise<Run | null> {
  const reference = referenceTo(located);
  const stored = parts.history.ofEndpoint(reference).filter(({ throughputRps }) => throughputRps > 0);
  const load = (run: StoredRun | undefined): Promise<Run> | null =>
    run ? parts.history.load(reference.folder, run.id) : null;
  const against: RerunAgainst = readSetting('compare.rerunAgainst', located.folder);
  if (against === 'ask') return await load(await askRun(stored));
  if (against === 'lastAtHead') return await load(await lastAtHead(parts, located, stored));
  const pinned = against === 'pinned' ? stored.find((run) => run.pinned) : undefined;
  if (pinned) return await load(pinned);
  // What is on show is what the person looks at.
  const { shown, page } = parts.results;
  if (page.run && shown?.folder === reference.folder && shown.id === reference.id) return page.run;
  return await load(stored[0]);
}

async function lastAtHead(
  { session }: RunParts,
  { folder }: LocatedEndpoint,
  stored: readonly StoredRun[],
): Promise<StoredRun> {
  const { commit } = await session.readEnvironment(folder.uri.scheme === 'file' ? folder.uri.fsPath : null);
  const found = commit === null ? undefined : stored.find(({ revision }) => revision === commit.slice(0, 7));
  if (found) return found;
  throw new UserError(
    'no-run-at-head',
    l10n.t(
      'There is no stored run of the commit that is checked out, without changes on top: benchmark it first, or compare with the commit side by side.',
    ),
  );
}

async function askRun(stored: readonly StoredRun[]): Promise<StoredRun | undefined> {
  if (stored.length === 0) return undefined;
  const items = stored.map((run) => ({
    run,
    label: `${run.pinned ? '$(pinned) ' : ''}${new Date(run.startedAt).toLocaleString()}`,
    description: [run.revision ?? '', l10n.t('{0} connections', run.connections)]
      .filter((text) => text !== '')
      .join(' · '),
    detail: l10n.t('p50 {0} · {1}', formatLatency(run.p50Ms), formatRate(run.throughputRps)),
  }));
  const placeHolder = l10n.t('Which run should the new one be compared with?');
  const chosen = await window.showQuickPick(items, { placeHolder, matchOnDescription: true, ignoreFocusOut: true });
  if (!chosen) throw new CancelledError();
  return chosen.run;
}
