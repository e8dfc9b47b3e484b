const NAMESPACE = /^[ \t]*(?:<\?php\s+)?namespace\s+([\w\\]+)/m;
const TYPE =
  /^[ \t]*(?:#\[[^\n]*\][ \t]*)?(?:(?:abstract|final|readonly)[ \t]+)*(?:class|interface|trait|enum)[ \t]+(\w+)/gm;
const FUNCTION = /^function[ \t]+&?(\w+)/gm;

/**
 * The types and functions that a PHP file declares, with their namespace in dots.
 *
 * Examples: `namespace App\Models;` with `class User` gives `App.Models.User`.
 */
export function declaredPhpNames(text: string): readonly string[] {
  const space = NAMESPACE.exec(text)?.[1]?.replaceAll('\\', '.');
  return [...text.matchAll(TYPE), ...text.matchAll(FUNCTION)].flatMap(([, name]) => {
    if (name === undefined) return [];
    return space === undefined ? name : `${space}.${name}`;
  });
}
