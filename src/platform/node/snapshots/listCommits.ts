import { git } from './git';

/** A name of a commit that a person may choose. */
export interface NamedCommit {
  /** What git takes: `HEAD`, `HEAD~1`, `main`, `v1.2`, `stash@{0}`. */
  readonly name: string;
  readonly kind: 'head' | 'previous' | 'branch' | 'tag' | 'stash';
  readonly short: string;
  /** First line of its message. */
  readonly subject: string;
}

const FIELD = '%1f';
const MOST_OF_A_KIND = 30;

/**
 * HEAD, the commit before it, branches, tags and stashes, the newest of each kind first, thirty of a kind at most. Rejects as
 * `git` does; a repository without a commit gives an empty list.
 */
export async function listCommits(folder: string): Promise<readonly NamedCommit[]> {
  const head = await commitNamed(folder, 'HEAD', 'head');
  if (!head) return [];
  const previous = await commitNamed(folder, 'HEAD~1', 'previous');
  const refs = await git(folder, [
    'for-each-ref',
    '--sort=-creatordate',
    `--format=%(refname)${FIELD}%(refname:short)${FIELD}%(objectname:short)${FIELD}%(subject)`,
    'refs/heads',
    'refs/tags',
  ]);
  const named = fieldsOf(refs).map(([ref = '', name = '', short = '', subject = '']): NamedCommit => ({
    name,
    kind: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    short,
    subject,
  }));
  const stashes = fieldsOf(await git(folder, ['stash', 'list', '--format=%gd%x1f%h%x1f%gs']));
  return [
    head,
    ...(previous ? [previous] : []),
    ...named.filter(({ kind }) => kind === 'branch').slice(0, MOST_OF_A_KIND),
    ...named.filter(({ kind }) => kind === 'tag').slice(0, MOST_OF_A_KIND),
    ...stashes
      .slice(0, MOST_OF_A_KIND)
      .map(([name = '', short = '', subject = '']): NamedCommit => ({ name, kind: 'stash', short, subject })),
  ];
}

async function commitNamed(folder: string, name: string, kind: NamedCommit['kind']): Promise<NamedCommit | null> {
  const text = await git(folder, ['log', '-1', '--format=%h%x1f%s', name, '--']).catch((error: unknown) => {
    if (kind === 'head') throwUnlessUnborn(error);
    return '';
  });
  const [[short = '', subject = ''] = []] = fieldsOf(text);
  return short === '' ? null : { name, kind, short, subject };
}

/** A repository without a commit is none to complain about here. */
function throwUnlessUnborn(error: unknown): void {
  if (error instanceof Error && /does not have any commits|unknown revision|bad revision/.test(error.message)) return;
  throw error;
}

function fieldsOf(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\u001f'));
}
