/**
 * The arguments of a command line as Windows writes it, with quotes around what has spaces.
 *
 * Example: `"C:\Program Files\node.exe" app.js` → `C:\Program Files\node.exe`, `app.js`.
 */
export function splitCommandLine(text: string): readonly string[] {
  return [...text.matchAll(/(?:"[^"]*"|[^\s"])+/g)].map(([word]) => word.replaceAll('"', ''));
}
