import type { ImportTarget, SourceFiles } from '../frontend';

/**
 * Finds what a Python import names. Absolute names are looked for beside the importing file and then in every folder above
 * it and its `src`, because the folder that Python starts in is not known.
 *
 * Examples: `.views` from `app/__init__.py` is `app/views.py`; `..db` from `app/api/x.py` is `app/db.py`; `flask.views`
 * without such a file is the library symbol `flask.views`.
 */
export function resolvePythonImport(source: string, fromFile: string, files: SourceFiles): ImportTarget {
  const dots = /^\.*/.exec(source)?.[0].length ?? 0;
  const names = source.slice(dots).split('.').filter(Boolean);
  const folders = fromFile.split('/').slice(0, -1);
  if (dots > 0) {
    const base = folders.slice(0, Math.max(0, folders.length - (dots - 1)));
    return locate([...base, ...names].join('/'), files, fromFile) ?? { kind: 'library', symbol: source };
  }
  const top = names[0] ?? '';
  for (let depth = folders.length; depth >= 0; depth--) {
    const base = folders.slice(0, depth);
    for (const root of depth === 0 || files.hasFolder([...base, 'src'].join('/')) ? [base, [...base, 'src']] : [base]) {
      // A folder that merely has a framework's name (`apps/flask/`) does not hide the framework.
      if (files.isFramework(top) && locate([...root, top].join('/'), files, fromFile)?.kind !== 'file') continue;
      const found = locate([...root, ...names].join('/'), files, fromFile);
      if (found) return found;
    }
  }
  return { kind: 'library', symbol: names.join('.') };
}

/** The submodule `name` of a package, given the file of its `__init__` or its folder. */
export function resolvePythonSubmodule(file: string, name: string, files: SourceFiles): ImportTarget | undefined {
  const folder = file.endsWith('.py') ? /^(.*\/)?__init__\.py$/.exec(file)?.[1] : `${file}/`;
  if (folder === undefined && file !== '__init__.py') return undefined;
  return locate(`${folder ?? ''}${name}`, files, '');
}

function locate(path: string, files: SourceFiles, fromFile: string): ImportTarget | undefined {
  const init = path === '' ? '__init__.py' : `${path}/__init__.py`;
  if (files.has(init)) return { kind: 'file', file: init };
  const module = `${path}.py`;
  // A script named like a library imports the library, not itself.
  if (files.has(module) && module !== fromFile) return { kind: 'file', file: module };
  return files.hasFolder(path) ? { kind: 'folder', folder: path } : undefined;
}
