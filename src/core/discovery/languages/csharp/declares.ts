const NAMESPACE = /^[ \t]*namespace[ \t]+([\w.]+)/m;
const TYPE =
  /^[ \t]*(?:\[[^\n]*\][ \t]*)?(?:(?:public|internal|private|protected|abstract|sealed|static|partial|readonly|file|new)[ \t]+)*(?:class|interface|enum|struct|record(?:[ \t]+(?:class|struct))?)[ \t]+(\w+)/gm;
const EXTENSION = /\bstatic\b[^;{}()=]{0,200}?\b(\w+)\s*(?:<[^>()]*>)?\s*\(\s*this\s/g;

/**
 * The types of a C# file by full and by bare name, and its extension methods behind a dot.
 *
 * Examples: `namespace A; class B` with `static X Map(this Y y)` gives `A.B`, `*.B` and `.Map`.
 */
export function declaredCSharpNames(text: string): readonly string[] {
  const space = NAMESPACE.exec(text)?.[1];
  const types = [...text.matchAll(TYPE)].flatMap(([, name]) => {
    if (name === undefined) return [];
    return [space === undefined ? name : `${space}.${name}`, `*.${name}`];
  });
  return [...types, ...[...text.matchAll(EXTENSION)].map(([, name]) => `.${name ?? ''}`)];
}
