import type { ImportTarget, SourceFiles } from '../frontend';

interface GoModule {
  readonly path: string;
  readonly folder: string;
}

/**
 * Finds what a Go import names: a folder of the module of the nearest `go.mod`, of a module that it replaces by a folder, or
 * of one that a `go.work` above uses. A package is known by the first of its files.
 *
 * Examples: with `module shop` in `go.mod`, `shop/api` is `api/a.go`; `github.com/go-chi/chi/v5` is a library.
 */
export function resolveGoImport(source: string, fromFile: string, files: SourceFiles): ImportTarget {
  for (const { path, folder } of modulesFor(fromFile, files)) {
    if (source !== path && !source.startsWith(`${path}/`)) continue;
    const found = packageFile(joined(folder, source.slice(path.length + 1)), files);
    if (found !== undefined) return { kind: 'file', file: found };
  }
  return { kind: 'library', symbol: source };
}

/** A name of the package that another of its files declares. */
export function resolveGoName(file: string, name: string, files: SourceFiles): ImportTarget | undefined {
  const [found] = files.declaring('go', `${goNamespace(file, false)}.${name}`);
  return found === undefined || found === file ? undefined : { kind: 'name', file: found, name };
}

/** What the names of a package are declared below: its folder; tests outside the package are a package of their own. */
export function goNamespace(file: string, isOuterTest: boolean): string {
  return `/${file.slice(0, Math.max(0, file.lastIndexOf('/')))}${isOuterTest ? '!test' : ''}`;
}

/** How a package without an alias is called: its last name, without a version. Examples: `x/chi/v5` is `chi`. */
export function packageName(source: string): string {
  const parts = source.split('/').filter((part) => !/^v\d+$/.test(part));
  const last = (parts[parts.length - 1] ?? '').replace(/\.v\d+$/, '');
  return last.replace(/^go-|[-.]go$/g, '').replaceAll(/[^\w]/g, '');
}

function packageFile(folder: string, files: SourceFiles): string | undefined {
  const own = files.filesIn(folder).filter((file) => file.endsWith('.go') && !file.endsWith('_test.go'));
  return [...own].sort()[0];
}

function modulesFor(fromFile: string, files: SourceFiles): GoModule[] {
  const modules: GoModule[] = [];
  let isFound = false;
  const folders = fromFile.split('/').slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth--) {
    const folder = folders.slice(0, depth).join('/');
    const text = isFound ? undefined : files.text(joined(folder, 'go.mod'));
    if (text !== undefined) {
      isFound = true;
      modules.push(...moduleOf(folder, text), ...replaced(folder, text));
    }
    const work = files.text(joined(folder, 'go.work'));
    if (work === undefined) continue;
    for (const match of work.matchAll(/^\s*(?:use\s+)?(\.[\w./-]*)\s*$/gm)) {
      const used = resolved(folder, match[1] ?? '');
      modules.push(...moduleOf(used, files.text(joined(used, 'go.mod')) ?? ''));
    }
    break;
  }
  return modules;
}

function moduleOf(folder: string, text: string): GoModule[] {
  const path = /^module\s+"?([^\s"]+)/m.exec(text)?.[1];
  return path === undefined ? [] : [{ path, folder }];
}

function replaced(folder: string, text: string): GoModule[] {
  return [...text.matchAll(/^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+(\.\S*)\s*$/gm)].map((match) => {
    return { path: match[1] ?? '', folder: resolved(folder, match[2] ?? '') };
  });
}

function joined(folder: string, rest: string): string {
  return [folder, rest].filter((part) => part !== '').join('/');
}

/** A relative folder seen from another. Examples: `../b/` from `a` is `b`. */
function resolved(folder: string, relative: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
