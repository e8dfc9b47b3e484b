const PACKAGE = /^\s*package\s+([\w.]+)\s*;/m;
const TYPE =
  /^(?:@[\w.]+(?:\([^()\n]*\))?[ \t]+)*(?:(?:public|protected|private|abstract|final|sealed|non-sealed|static|strictfp)\s+)*(?:class|interface|enum|record|@interface)\s+(\w+)/gm;

/**
 * The types that a Java file declares at its left margin, with their package.
 *
 * Examples: `package a.b; public class C {}` (on two lines) gives `a.b.C`.
 */
export function declaredJavaTypes(text: string): readonly string[] {
  const before = PACKAGE.exec(text)?.[1];
  return [...text.matchAll(TYPE)].flatMap(([, name]) => {
    if (name === undefined) return [];
    return before === undefined ? name : `${before}.${name}`;
  });
}
