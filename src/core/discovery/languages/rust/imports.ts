import type { ImportTarget, SourceFiles } from '../frontend';

/**
 * Finds what the first part of a path names, or what a `mod` declares.
 *
 * Examples: `mod:users` in `src/main.rs` is `src/users.rs` or `src/users/mod.rs`; `crate` is `src/lib.rs` or `src/main.rs`;
 * `shop_api` is the library of a path dependency; `axum` is a library.
 */
export function resolveRustImport(source: string, fromFile: string, files: SourceFiles): ImportTarget {
  if (source.startsWith('mod:')) {
    return fileOr(moduleFile(fromFile, source.slice('mod:'.length), files), source);
  }
  if (source.startsWith('path:')) {
    return fileOr(existing([joined(folderOf(fromFile), source.slice('path:'.length))], files), source);
  }
  const [first = '', ...rest] = source.split('::');
  const below = (file: string | undefined, names: readonly string[]): ImportTarget => {
    if (file === undefined) return { kind: 'library', symbol: [first, ...rest].join('.') };
    return names.length === 0 ? { kind: 'file', file } : { kind: 'name', file, name: names.join('.') };
  };
  if (first === 'crate') return below(crateRoot(fromFile, files), rest);
  if (first === 'super') {
    const ups = source.split('::').filter((one) => one === 'super').length;
    let file: string | undefined = fromFile;
    for (let up = 0; up < ups && file !== undefined; up++) file = parentModule(file, files);
    return below(file, rest.slice(ups - 1));
  }
  if (first === 'std' || first === 'core') return { kind: 'library', symbol: [first, ...rest].join('.') };
  const own = moduleFile(fromFile, first, files);
  const isDeclared = own !== undefined && new RegExp(`\\bmod ${first}\\b`).test(files.text(fromFile) ?? '');
  return below(isDeclared ? own : crateNamed(first, fromFile, files), rest);
}

/** Names that other crates of the workspace call a library by: its folder. */
export function declaredCrate(_text: string, file: string): string[] {
  const folder = /(?:^|\/)([^/]+)\/src\/lib\.rs$/.exec(file)?.[1];
  return folder === undefined ? [] : [`crate:${folder.replaceAll('-', '_')}`];
}

function fileOr(file: string | undefined, symbol: string): ImportTarget {
  return file === undefined ? { kind: 'library', symbol } : { kind: 'file', file };
}

function existing(candidates: readonly string[], files: SourceFiles): string | undefined {
  return candidates.find((file) => files.has(file));
}

/** The file of a module that `fromFile` declares. */
function moduleFile(fromFile: string, path: string, files: SourceFiles): string | undefined {
  const folder = folderOf(fromFile);
  const stem = fromFile.slice(folder.length).replace(/^\/|\.rs$/g, '');
  const own = /^(?:mod|main|lib)$/.test(stem) ? [folder] : [joined(folder, stem), folder];
  return existing(
    own.flatMap((base) => [joined(base, `${path}.rs`), joined(base, `${path}/mod.rs`)]),
    files,
  );
}

/** The module that declares the file's. */
function parentModule(file: string, files: SourceFiles): string | undefined {
  const folder = folderOf(file);
  const above = file.endsWith('/mod.rs') ? folderOf(folder) : folder;
  const name = above.slice(above.lastIndexOf('/') + 1);
  const root = crateRoot(file, files);
  if (root !== undefined && folderOf(root) === above) return root;
  return existing([joined(above, 'mod.rs'), joined(folderOf(above), `${name}.rs`)], files) ?? root;
}

function crateRoot(fromFile: string, files: SourceFiles): string | undefined {
  const folder = crateFolder(fromFile, files);
  if (folder === undefined) return existing(['src/main.rs', 'src/lib.rs', 'main.rs'], files);
  const inside = fromFile.slice(folder === '' ? 0 : folder.length + 1);
  // Every file of these folders is a program of its own.
  if (/^src\/(?:main|lib)\.rs$|^(?:src\/bin|examples|tests|benches)\/[^/]+(?:\/main)?\.rs$/.test(inside))
    return fromFile;
  const top = /^src\/(\w+)/.exec(inside)?.[1] ?? '';
  const roots = [joined(folder, 'src/lib.rs'), joined(folder, 'src/main.rs')].filter((file) => files.has(file));
  return roots.find((file) => new RegExp(`\\bmod ${top}\\b`).test(files.text(file) ?? '')) ?? roots[0];
}

/** The nearest folder above with a `Cargo.toml` of a package. */
function crateFolder(fromFile: string, files: SourceFiles): string | undefined {
  for (let folder: string | null = folderOf(fromFile); folder !== null; folder = above(folder)) {
    if (/^\s*\[package\]/m.test(files.text(joined(folder, 'Cargo.toml')) ?? '')) return folder;
  }
  return undefined;
}

/** The root of a library of the workspace by the name that code calls it. */
function crateNamed(name: string, fromFile: string, files: SourceFiles): string | undefined {
  const dashed = name.replaceAll('_', '[-_]');
  const own = crateFolder(fromFile, files);
  for (let folder: string | null = own ?? null; folder !== null; folder = above(folder)) {
    const manifest = files.text(joined(folder, 'Cargo.toml')) ?? '';
    const isOwn = folder === own && new RegExp(`^name\\s*=\\s*"${dashed}"`, 'm').test(manifest);
    const path = new RegExp(`^${dashed}\\s*=\\s*\\{[^}]*\\bpath\\s*=\\s*"([^"]+)"`, 'm').exec(manifest)?.[1];
    const found = existing([joined(isOwn ? folder : joined(folder, path ?? '\0'), 'src/lib.rs')], files);
    if (found !== undefined) return found;
  }
  return files.declaring('rust', `crate:${name}`)[0];
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

function above(folder: string): string | null {
  return folder === '' ? null : folderOf(folder);
}

/** Examples: `a/b` and `../c.rs` are `a/c.rs`. */
function joined(folder: string, rest: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of rest.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
