import type { SourceFiles } from '../frontend';
import { join } from './imports';

/**
 * Places where a bare import may lie in the workspace, best first: `paths` and `baseUrl` of tsconfig or jsconfig on the way
 * up from `folder`, then `imports` of package.json.
 */
export function readPathAliases(source: string, folder: string, files: SourceFiles): string[] {
  const candidates: string[] = [];
  const parts = folder === '' ? [] : folder.split('/');
  for (let depth = parts.length; depth >= 0; depth--) {
    const base = parts.slice(0, depth).join('/');
    for (const name of ['tsconfig.json', 'tsconfig.base.json', 'jsconfig.json']) {
      const config = readJson(files.text(join(base, name)));
      const options = record(config?.['compilerOptions']);
      if (!options) continue;
      const baseUrl = typeof options['baseUrl'] === 'string' ? join(base, options['baseUrl']) : undefined;
      candidates.push(...mapped(source, record(options['paths']), baseUrl ?? base));
      if (baseUrl !== undefined) candidates.push(join(baseUrl, source));
    }
    if (source.startsWith('#')) {
      const manifest = readJson(files.text(join(base, 'package.json')));
      candidates.push(...mapped(source, record(manifest?.['imports']), base));
    }
  }
  return candidates;
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
