/** A piece of the language that the grammar does not know, and what stands in its place; both have the same length. */
type Gap = readonly [pattern: RegExp, instead: (whole: string) => string];

const BLANK = (whole: string): string => whole.replaceAll(/[^\n]/g, ' ');
const NAME = (whole: string): string => whole.replaceAll(/[^\n]/g, '_');
const TYPES = 'string|number|boolean|any|object|symbol|unknown|never';

const GAPS: readonly Gap[] = [
  // `import defer * as x`, `import source x`.
  [/(?<=^[ \t]*import )(?:defer(?= +\*)|source(?= +\w+ +from\b))/gm, BLANK],
  // `export type * from './types'`.
  [/(?<=^[ \t]*export )type(?= *\*)/gm, BLANK],
  // `typeof import('./x')` and `import('./x').Name` as types.
  [/(?<=\btypeof\s+)import\s*\([^()]*\)|(?<=[:<|]\s*)import\s*\([^()]*\)(?=\.\w+\s*[;,<>)|=[])/g, NAME],
  // `interface Box<in out T>`.
  [/(?<=[<,]\s*)in out(?= +\w)/g, BLANK],
  // `accessor` before a field, in JavaScript.
  [/(?<=^|[{;\s])accessor(?=\s+[\w#[])/g, BLANK],
  // `(string) => void`: a parameter named as a type is.
  [new RegExp(`(?<=[(,]\\s*)(?:${TYPES})(?=\\s*[,)][^()]*\\)?\\s*=>)`, 'g'), NAME],
  // `typeof string`, of a variable that is named as a type is.
  [new RegExp(`(?<=\\btypeof\\s+)(?:${TYPES})\\b`, 'g'), NAME],
  // `['a'?]`, an item of a tuple that may be missing.
  [/(?<=['"\w>\]])\?(?=\s*[\],])/g, BLANK],
  // `href="/x?a=1&b=2"` in JSX.
  [/&(?=\w+=)/g, NAME],
];

/**
 * Texts of the same length in which what the grammar does not know of the language is replaced, one after the other, for a file
 * that it finds an error in. Whoever asks parses each and keeps what helps.
 *
 * Examples: ``sql<{ id: number }[]>`select` `` loses its type; `(string) => void` is `(______) => void`; an ampersand within the
 * text of JSX on the line of the error becomes an underscore.
 */
export function closeGaps(text: string, errorLine: number): string[] {
  const texts = [withoutTagTypes(text), ...GAPS.map(([pattern, instead]) => text.replace(pattern, instead))];
  const lines = text.split('\n');
  const line = lines[errorLine - 1];
  if (line?.includes('&'))
    texts.push([...lines.slice(0, errorLine - 1), line.replaceAll('&', '_'), ...lines.slice(errorLine)].join('\n'));
  return texts.filter((one) => one !== text);
}

/** Takes the type arguments out of tagged templates. */
function withoutTagTypes(text: string): string {
  let result = text;
  for (let end = text.indexOf('>`'); end >= 0; end = text.indexOf('>`', end + 2)) {
    const start = openingOf(text, end);
    if (start === null) continue;
    result = result.slice(0, start) + BLANK(text.slice(start, end + 1)) + result.slice(end + 1);
  }
  return result;
}

/** Where the `<` stands that the `>` at `end` closes, when a name or a call stands before it. */
function openingOf(text: string, end: number): number | null {
  let depth = 0;
  for (let at = end; at >= 0 && end - at < 4000; at--) {
    const char = text[at];
    if (char === '`') return null;
    if (char === '>' && text[at - 1] !== '=') depth++;
    if (char === '<' && --depth === 0) return /[\w)\]]/.test(text[at - 1] ?? '') ? at : null;
  }
  return null;
}
