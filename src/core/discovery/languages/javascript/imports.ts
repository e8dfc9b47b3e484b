import type { ImportTarget, SourceFiles } from '../frontend';
import { readPathAliases } from './pathAliases';

const ENDINGS = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.json'];

/**
 * Finds what an import or require names: relative paths with or without an ending, folders with an index, `paths` and
 * `baseUrl` of the nearest tsconfig or jsconfig, `imports` of package.json, and packages of the same workspace.
 *
 * Examples: `./users` from `src/app.ts` is `src/users.ts` or `src/users/index.ts`; `./users.js` may be `users.ts`;
 * `@/db` with `"@/*": ["src/*"]` is `src/db.ts`; `express` is the library symbol `express`.
 */
export function resolveJsImport(source: string, fromFile: string, files: SourceFiles): ImportTarget {
  const folder = fromFile.split('/').slice(0, -1).join('/');
  if (source.startsWith('.') || source.startsWith('/')) {
    // An absolute path is one below `__dirname`, which starts at the workspace folder here.
    const found = locate(join(source.startsWith('/') ? '' : folder, source), files);
    return found === undefined ? { kind: 'library', symbol: source } : { kind: 'file', file: found };
  }
  for (const candidate of readPathAliases(source, folder, files)) {
    const found = locate(candidate, files);
    if (found !== undefined) return { kind: 'file', file: found };
  }
  return { kind: 'library', symbol: source.replace(/^node:/, '') };
}

/** Joins and normalises; leaves the workspace as `..`. Examples: `join('src/api', '../db')` is `src/db`. */
export function join(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function locate(path: string, files: SourceFiles): string | undefined {
  if (files.has(path)) return path;
  for (const ending of ENDINGS) if (files.has(path + ending)) return path + ending;
  // TypeScript sources import the name that the compiled file will have.
  const compiled = /^(.*)\.([cm]?)js(x?)$/.exec(path);
  if (compiled) {
    const [, stem = '', kind = '', jsx = ''] = compiled;
    for (const ending of [`.${kind}ts${jsx}`, '.tsx']) if (files.has(stem + ending)) return stem + ending;
  }
  const index = path === '' ? 'index' : `${path}/index`;
  for (const ending of ENDINGS) if (files.has(index + ending)) return index + ending;
  return undefined;
}
