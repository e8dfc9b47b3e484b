import { QuickPickItemKind, l10n, window, type QuickPickItem } from 'vscode';
import { listCommits, type NamedCommit } from '../../platform/node/snapshots/listCommits';

interface CommitItem extends QuickPickItem {
  readonly commit?: string;
  readonly isTyped?: boolean;
}

const ICONS: Readonly<Record<NamedCommit['kind'], string>> = {
  head: 'git-commit',
  previous: 'history',
  branch: 'git-branch',
  tag: 'tag',
  stash: 'archive',
};

/** Asks what to compare the working tree with, HEAD first; undefined when the person gave up. Rejects as `git` does. */
export async function askCommit(folder: string, title: string): Promise<string | undefined> {
  const commits = await listCommits(folder);
  const of = (...kinds: readonly NamedCommit['kind'][]): CommitItem[] =>
    commits.filter(({ kind }) => kinds.includes(kind)).map(itemOf);
  const items: CommitItem[] = [
    ...of('head', 'previous'),
    { label: l10n.t('$(edit) Type a commit…'), isTyped: true, alwaysShow: true },
    ...section(l10n.t('Branches'), of('branch')),
    ...section(l10n.t('Tags'), of('tag')),
    ...section(l10n.t('Stashes'), of('stash')),
  ];
  const chosen = await window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('Both sides are started from copies; your files stay as they are'),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (!chosen?.isTyped) return chosen?.commit;
  const typed = await window.showInputBox({
    title,
    prompt: l10n.t('A commit, branch, tag or stash, as git takes it'),
    placeHolder: 'HEAD~3',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? l10n.t('Write a commit, for example HEAD~3.') : undefined),
  });
  return typed?.trim();
}

function section(label: string, items: readonly CommitItem[]): readonly CommitItem[] {
  return items.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...items];
}

function itemOf({ name, kind, short, subject }: NamedCommit): CommitItem {
  const label = kind === 'previous' ? l10n.t('The commit before HEAD') : name;
  return { label: `$(${ICONS[kind]}) ${label}`, description: `${short} ${subject}`, commit: name };
}
