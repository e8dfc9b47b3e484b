import type { ImportTarget, SourceFiles } from './frontend';

/**
 * Finds what a dotted import names in a language whose files declare names: the longest beginning that a file declares, the
 * rest being members of it.
 *
 * Examples: `com.shop.Paths.BASE` with a file that declares `com.shop.Paths` is `Paths.BASE` in that file;
 * `org.springframework.http.HttpMethod` that no file declares is the library symbol of that name.
 */
export function resolveDeclaredName(source: string, language: string, files: SourceFiles): ImportTarget {
  const names = source.split('.');
  for (let count = names.length; count > 0; count--) {
    const [file] = files.declaring(language, names.slice(0, count).join('.'));
    if (file !== undefined) return { kind: 'name', file, name: names.slice(count - 1).join('.') };
  }
  return { kind: 'library', symbol: source };
}
