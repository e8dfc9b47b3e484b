import { l10n } from 'vscode';
import { nameOfEntry, type MixEntry } from '../../core/request/mixEntries';
import type { LocatedEndpoint } from '../../platform/vscode/endpoints';
import { UserError } from '../../util/errors';

/** One endpoint of a mix as it was chosen. */
export interface ChosenEntry {
  readonly located: LocatedEndpoint;
  /** Example: "GET /author/{id} #new" */
  readonly name: string;
  readonly weight: number;
  /** Which of the team's requests; null for what is sent otherwise. */
  readonly requestName: string | null;
}

export interface ChosenMix {
  /** In the team file; null for endpoints that were picked. */
  readonly name: string | null;
  readonly entries: readonly ChosenEntry[];
}

/** The endpoints that a mix of the team file names, among those of its folder. Throws `mix-no-route`. */
export function locateEntries(entries: readonly MixEntry[], among: readonly LocatedEndpoint[]): readonly ChosenEntry[] {
  return entries.map((entry) => {
    const same = among.filter(({ endpoint }) => endpoint.path === entry.path);
    const located =
      same.find(({ endpoint }) => endpoint.method === entry.method) ??
      same.find(({ endpoint }) => endpoint.method === 'ANY');
    const name = nameOfEntry(entry);
    if (located) return { located, name, weight: entry.weight, requestName: entry.requestName };
    throw new UserError(
      'mix-no-route',
      l10n.t('The mix names {0}, and no endpoint of this folder is called that: check “mixes” in the team file.', name),
    );
  });
}
