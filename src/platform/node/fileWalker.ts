import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { isDiscoveryFile } from '../../core/discovery/files';
import { SOURCE_LIMIT_BYTES, type SourceChange } from '../../core/discovery/sources';
import { errorCode } from '../../util/errors';

/** Folders that hold what other people wrote or what a build made, whatever .gitignore says. */
const SKIPPED_FOLDERS = new Set(
  (
    'node_modules bower_components jspm_packages .git .hg .svn .tox .nox .venv venv site-packages __pycache__ .mypy_cache ' +
    '.pytest_cache .ruff_cache .eggs dist build out target .next .nuxt .output .svelte-kit .turbo .cache coverage ' +
    'vendor vendored third_party obj .yarn .pnpm-store .gradle .idea .vscode-test htmlcov'
  ).split(' '),
);

/** Read at the same time; more only fills the queue of the file system. */
const PARALLEL_READS = 32;

interface Level {
  readonly base: string;
  readonly rules: Ignore;
}

/**
 * Lists the files of a folder that discovery wants, relative with forward slashes, sorted. Honours every .gitignore on the
 * way down and `exclude` (gitignore patterns); skips dependencies, virtual environments and build outputs; follows a link
 * to a folder once. What vanishes meanwhile is left out.
 */
export async function walkFolder(folder: string, exclude: readonly string[] = []): Promise<string[]> {
  const found: string[] = [];
  const seen = new Set<string>();
  const top: Level = { base: '', rules: ignore().add([...exclude]) };
  await walk(folder, '', [top], seen, found);
  return found.sort();
}

async function walk(root: string, relative: string, levels: readonly Level[], seen: Set<string>, found: string[]) {
  const absolute = join(root, relative);
  const identity = await realpath(absolute).catch(() => undefined);
  if (identity === undefined || seen.has(identity)) return;
  seen.add(identity);
  const entries = await readdir(absolute, { withFileTypes: true }).catch(() => []);
  if (relative !== '' && entries.some((entry) => entry.name === 'pyvenv.cfg')) return;
  let rules = levels;
  if (entries.some((entry) => entry.name === '.gitignore')) {
    const text = await readFile(join(absolute, '.gitignore'), 'utf8').catch(() => '');
    rules = [...levels, { base: relative, rules: ignore().add(text) }];
  }
  for (const entry of entries) {
    const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
    const kind = entry.isSymbolicLink() ? await kindOfLink(join(absolute, entry.name)) : entry;
    if (!kind) continue;
    if (kind.isDirectory()) {
      if (SKIPPED_FOLDERS.has(entry.name) || isIgnored(`${path}/`, rules)) continue;
      await walk(root, path, rules, seen, found);
    } else if (kind.isFile() && isDiscoveryFile(path) && !isIgnored(path, rules)) {
      found.push(path);
    }
  }
}

function kindOfLink(path: string): Promise<{ isDirectory(): boolean; isFile(): boolean } | undefined> {
  return stat(path).catch(() => undefined);
}

/** The innermost .gitignore that has an opinion decides, as git does. */
function isIgnored(path: string, levels: readonly Level[]): boolean {
  for (const { base, rules } of [...levels].reverse()) {
    const { ignored, unignored } = rules.test(base === '' ? path : path.slice(base.length + 1));
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

/**
 * Those of `files` (relative, forward slashes, there or not) that `walkFolder` would list: what a build writes or
 * .gitignore names is left out. For changes that are told one by one.
 */
export async function keepWalked(
  folder: string,
  files: readonly string[],
  exclude: readonly string[] = [],
): Promise<readonly string[]> {
  const known = new Map<string, Promise<Level | null | undefined>>();
  const levelOf = (base: string): Promise<Level | null | undefined> => {
    const level = known.get(base) ?? readLevel(folder, base);
    known.set(base, level);
    return level;
  };
  const verdicts = await Promise.all(files.map((file) => isWalked(file, exclude, levelOf)));
  return files.filter((_, at) => verdicts[at] === true);
}

async function isWalked(
  file: string,
  exclude: readonly string[],
  levelOf: (base: string) => Promise<Level | null | undefined>,
): Promise<boolean> {
  const parts = file.split('/');
  const levels: Level[] = [{ base: '', rules: ignore().add([...exclude]) }];
  for (let depth = 0; depth < parts.length; depth += 1) {
    const folder = parts.slice(0, depth).join('/');
    const name = parts[depth - 1];
    if (name !== undefined && (SKIPPED_FOLDERS.has(name) || isIgnored(`${folder}/`, levels))) return false;
    const level = await levelOf(folder);
    if (level === null) return false;
    if (level) levels.push(level);
  }
  return !isIgnored(file, levels);
}

/** The rules of one folder; undefined when it has none, null when it is a virtual environment. */
async function readLevel(root: string, base: string): Promise<Level | null | undefined> {
  if (base !== '' && (await stat(join(root, base, 'pyvenv.cfg')).catch(() => null))) return null;
  const text = await readFile(join(root, base, '.gitignore'), 'utf8').catch(() => null);
  return text === null ? undefined : { base, rules: ignore().add(text) };
}

/** Reads files into changes for the index. A file that is gone becomes a deletion, one over the limit is not read. */
export async function readSources(folder: string, files: readonly string[]): Promise<SourceChange[]> {
  const changes: SourceChange[] = new Array<SourceChange>(files.length);
  let next = 0;
  const reader = async (): Promise<void> => {
    while (next < files.length) {
      const at = next++;
      const file = files[at];
      if (file !== undefined) changes[at] = await readSource(folder, file);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_READS }, reader));
  return changes;
}

async function readSource(folder: string, file: string): Promise<SourceChange> {
  const path = join(folder, file);
  try {
    const { size } = await stat(path);
    if (size > SOURCE_LIMIT_BYTES) return { file, text: '', sizeBytes: size };
    return { file, text: await readFile(path) };
  } catch (error) {
    const code = errorCode(error) ?? 'unknown error';
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return { file, text: null };
    return { file, text: '', unreadable: code };
  }
}
