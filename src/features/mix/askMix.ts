import { l10n, window, type QuickPickItem, type WorkspaceFolder } from 'vscode';
import { checkWeights } from '../../core/plan/checkMix';
import { nameOfEntry, type MixEntry } from '../../core/request/mixEntries';
import type { LocatedEndpoint } from '../../platform/vscode/endpoints';
import { describeError, UserError } from '../../util/errors';
import type { ChosenMix } from './locateEntries';

/** A mix of a folder's team file. */
export interface TeamMix {
  readonly folder: WorkspaceFolder;
  readonly name: string;
  readonly entries: readonly MixEntry[];
}

/** Asks for one of the team's mixes; null for endpoints to be picked now, undefined when the person gave up. */
export async function askTeamMix(mixes: readonly TeamMix[]): Promise<TeamMix | null | undefined> {
  if (mixes.length === 0) return null;
  const items = [
    ...mixes.map((mix) => ({
      label: mix.name,
      description: mix.entries.map((entry) => `${nameOfEntry(entry)} ×${entry.weight}`).join(', '),
      mix,
    })),
    { label: l10n.t('$(list-selection) Choose endpoints…'), mix: null },
  ];
  const placeHolder = l10n.t('Which endpoints shall be loaded together?');
  return (await window.showQuickPick(items, { placeHolder, matchOnDescription: true, ignoreFocusOut: true }))?.mix;
}

/** Asks for endpoints of one folder; undefined when the person gave up. */
export async function askEndpoints(among: readonly LocatedEndpoint[]): Promise<readonly LocatedEndpoint[] | undefined> {
  const items = among.map((located): QuickPickItem & { readonly located: LocatedEndpoint } => ({
    located,
    label: nameOf(located),
    description: located.endpoint.handler,
    detail: `${located.endpoint.file}:${located.endpoint.line}`,
  }));
  const chosen = await window.showQuickPick(items, {
    placeHolder: l10n.t('Which endpoints shall be loaded together? Weights come next'),
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return chosen && chosen.length > 0 ? chosen.map(({ located }) => located) : undefined;
}

/** Asks how often each is sent; undefined when the person gave up. Throws `mix-folders` for endpoints of several folders. */
export async function askWeights(chosen: readonly LocatedEndpoint[]): Promise<ChosenMix | undefined> {
  const folders = new Set(chosen.map(({ folder }) => folder.uri.toString()));
  if (folders.size > 1) {
    throw new UserError('mix-folders', l10n.t('A mix goes to one server: choose endpoints of one folder.'));
  }
  const read = (text: string): ChosenMix => {
    const weights = text.split(/[:,;\s]+/).filter((part) => part !== '');
    if (weights.length !== chosen.length) {
      throw new UserError('bad-mix', l10n.t('Write {0} numbers, one for each endpoint.', chosen.length));
    }
    const entries = chosen.map((located, index) => ({
      ...{ located, name: nameOf(located), requestName: null },
      weight: /^\d+(\.\d+)?$/.test(weights[index] ?? '') ? Number(weights[index]) : 0,
    }));
    checkWeights(entries);
    return { name: null, entries };
  };
  const text = await window.showInputBox({
    title: l10n.t('How often is each sent, in proportion to the others?'),
    prompt: chosen.map(nameOf).join(' : '),
    value: chosen.map(() => '1').join(' : '),
    ignoreFocusOut: true,
    validateInput: (typed) => {
      try {
        read(typed);
        return undefined;
      } catch (error) {
        return describeError(error);
      }
    },
  });
  return text === undefined ? undefined : read(text);
}

function nameOf({ endpoint }: LocatedEndpoint): string {
  return `${endpoint.method} ${endpoint.path}`;
}
