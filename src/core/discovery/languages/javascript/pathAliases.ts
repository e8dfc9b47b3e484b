import type { SourceFiles } from '../frontend';
import { join } from './imports';

/**
 * Places where a bare import may lie in the workspace, best first: `paths` and `baseUrl` of tsconfig or jsconfig on the way
 * up from `folder`, then `imports` of package.json, then the package of the same workspace with that name.
 */
export function readPathAliases(source: string, folder: string, files: SourceFiles): string[] {
  const candidates: string[] = [];
  const parts = folder === '' ? [] : folder.split('/');
  for (let depth = parts.length; depth >= 0; depth--) {
    const base = parts.slice(0, depth).join('/');
    for (const name of ['tsconfig.json', 'tsconfig.base.json', 'jsconfig.json']) {
      for (const { options, at } of optionsOf(join(base, name), files)) {
        const baseUrl = typeof options['baseUrl'] === 'string' ? join(at, options['baseUrl']) : undefined;
        candidates.push(...mapped(source, record(options['paths']), baseUrl ?? at));
        if (baseUrl !== undefined) candidates.push(join(baseUrl, source));
      }
    }
    if (source.startsWith('#')) {
      const manifest = readJson(files.text(join(base, 'package.json')));
      candidates.push(...mapped(source, record(manifest?.['imports']), base));
    }
  }
  candidates.push(...ofWorkspacePackage(source, files));
  return candidates;
}

/** `@shop/api/routes` is below the folder whose package.json says `@shop/api`; what it builds comes from `src`. */
function ofWorkspacePackage(source: string, files: SourceFiles): string[] {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(source)?.[0] ?? '';
  const folder = files.packageFolder(name);
  if (folder === undefined) return [];
  const below = source.slice(name.length + 1);
  const manifest = readJson(files.text(join(folder, 'package.json')));
  const entries = record(manifest?.['exports']);
  const exported = entries
    ? (entries[below === '' ? '.' : `./${below}`] ?? (below === '' ? entries : undefined))
    : manifest?.['exports'];
  const mains = below === '' ? ['source', 'module', 'main', 'types'].map((key) => manifest?.[key]) : [];
  const named = [...leaves(exported), ...mains].filter((one) => typeof one === 'string');
  const built = named.flatMap((one) => [one, one.replace(/(^|\/)(?:dist|build|lib|out)\//, '$1src/'), stem(one)]);
  return [...built, below === '' ? 'src/index' : `src/${below}`, below === '' ? 'index' : below].map((one) =>
    join(folder, one),
  );
}

/** A file that the build makes, without its ending, where its source stands. */
function stem(path: string): string {
  return path.replace(/(^|\/)(?:dist|build|lib|out)\//, '$1src/').replace(/(?:\.d)?\.[cm]?[jt]s$/, '');
}

/** All text within the conditions of an `exports` entry. */
function leaves(value: unknown): unknown[] {
  const inner = record(value);
  return inner ? Object.values(inner).flatMap(leaves) : [value];
}

/** The compiler options of a file and of those that it extends, with the folder that their paths start from. */
function optionsOf(
  file: string,
  files: SourceFiles,
  hops = 0,
): { readonly options: Record<string, unknown>; readonly at: string }[] {
  const config = hops < 5 ? readJson(files.text(file)) : undefined;
  if (!config) return [];
  const at = file.split('/').slice(0, -1).join('/');
  const options = record(config['compilerOptions']);
  const above = [config['extends']].flat().filter((one) => typeof one === 'string' && one.startsWith('.'));
  const inherited = above.flatMap((one) => {
    const target = join(at, String(one));
    return optionsOf(files.text(target) === undefined ? `${target}.json` : target, files, hops + 1);
  });
  return [...(options ? [{ options, at }] : []), ...inherited];
}

function mapped(source: string, paths: Record<string, unknown> | undefined, base: string): string[] {
  return Object.entries(paths ?? {}).flatMap(([pattern, targets]) => {
    const [before = '', after] = pattern.split('*');
    const exact = after === undefined;
    if (exact ? source !== before : !source.startsWith(before) || !source.endsWith(after)) return [];
    const rest = exact ? '' : source.slice(before.length, source.length - after.length);
    const list = Array.isArray(targets) ? targets : Object.values(record(targets) ?? { only: targets });
    return list.filter((target) => typeof target === 'string').map((target) => join(base, target.replace('*', rest)));
  });
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

/** JSON with comments and trailing commas, as tsconfig files have; undefined when it is none. */
function readJson(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (piece) =>
    piece.startsWith('"') ? piece : '',
  );
  try {
    return record(JSON.parse(bare.replace(/,(\s*[}\]])/g, '$1')) as unknown);
  } catch {
    return undefined;
  }
}
