import type { Parameter, ParameterType } from '../../model/endpoint';
import { HOLE, type PathPiece } from '../graph';

const STRINGS = new Set([
  '[^/]+',
  '[^/.]+',
  '[^/]*',
  '[^/]+?',
  '[^./]+',
  '\\w+',
  '[\\w-]+',
  '[-\\w]+',
  '[\\w\\-]+',
  '[\\-\\w]+',
  '[\\w.-]+',
  '[-a-zA-Z0-9_]+',
  '[a-zA-Z0-9_-]+',
  '[\\w_-]+',
]);
const PATHS = new Set(['.+', '.*', '.+?', '.*?']);
/** Longer than any person writes; keeps the recursion over groups within the stack. */
const LENGTH_LIMIT = 2000;
const QUANTIFIER = /^(?:[*+?]|\{\d*,?\d*\})\??/;

/** What a regular expression for one part of a path says of its value. */
export function typeOfPattern(pattern: string): Pick<Parameter, 'type' | 'pattern' | 'enumValues' | 'catchAll'> {
  if (PATHS.has(pattern)) return { type: 'path', catchAll: true };
  if (STRINGS.has(pattern)) return { type: 'string' };
  if (/^(?:\\d|\[0-9\])[+*]$/.test(pattern)) return { type: 'integer' };
  if (/\{8\}.*\{4\}.*\{12\}/.test(pattern) || /^\[[0-9a-fA-F\\-]{4,}\]\{36\}$/.test(pattern)) return { type: 'uuid' };
  if (/^[\w-]+(?:\|[\w-]+)+$/.test(pattern)) return { type: 'enum', enumValues: pattern.split('|') };
  // What takes any character takes slashes too.
  if (/(?<!\\)\.[*+]/.test(pattern) || pattern.includes('(?:/[^/]+)+'))
    return { type: 'path', catchAll: true, pattern };
  return { type: 'regex', pattern };
}

/**
 * Reads a regular expression as a path. Named groups are parameters, unnamed ones are called `arg1`, `arg2`; optional parts
 * are left out, and what is neither text nor a group becomes a hole with a sentence.
 *
 * Examples: `^a/(?P<id>\d+)/$` is `a/{id}/` with an integer; `/f/(.*)` is `/f/{arg1*}`; `x/?$` is `x`; `v\d+/x` is `v{…}/x`.
 */
export function parseRegexPath(source: string): PathPiece {
  if (source.length > LENGTH_LIMIT) {
    return { template: HOLE, parameters: [], notes: ['The pattern of the path is too long to be read.'] };
  }
  const reader = new PatternReader();
  const template = reader.read(source.replace(/^(?:\^|\\A|\(\?[aimsux]+\))+/, '').replace(/(?<!\\)(?:\$|\\[zZ])$/, ''));
  return { template, parameters: reader.parameters, notes: [...reader.notes] };
}

class PatternReader {
  readonly parameters: Parameter[] = [];
  readonly notes = new Set<string>();
  #unnamed = 0;

  read(text: string): string {
    let out = '';
    let at = 0;
    while (at < text.length) {
      const end = atomEnd(text, at);
      const atom = text.slice(at, end);
      const quantifier = QUANTIFIER.exec(text.slice(end))?.[0] ?? '';
      at = end + quantifier.length;
      if (atom === '|') {
        this.notes.add('The pattern has alternatives; the first of them is shown.');
        return out;
      }
      out += this.#atom(atom, quantifier);
    }
    return out.replaceAll(new RegExp(`${HOLE}{2,}`, 'g'), HOLE);
  }

  #atom(atom: string, quantifier: string): string {
    if (atom.startsWith('(')) return this.#group(atom, quantifier);
    if (/^(?:\^|\$|\\[AZzbB])$/.test(atom)) return '';
    const literal = literalOf(atom, quantifier);
    if (literal === undefined) {
      this.notes.add(`A part of the path is what the pattern ${atom}${quantifier} matches.`);
      return HOLE;
    }
    return /^[*?]|^\{0/.test(quantifier) ? '' : literal;
  }

  #group(atom: string, quantifier: string): string {
    const head = /^\((?:\?P?<(\w+)>|\?(:|[=!]|<[=!]|[aimsux-]+:?)|)/.exec(atom);
    const body = atom.slice(head?.[0].length ?? 1, -1);
    const kind = head?.[2];
    if (kind !== undefined && !kind.endsWith(':')) return '';
    const isOptional = /^[*?]|^\{0/.test(quantifier);
    if (isOptional && !PATHS.has(body)) {
      if (kind === undefined && head?.[1] === undefined) this.#unnamed++;
      return '';
    }
    if (kind !== undefined) return this.read(body);
    const name = head?.[1] ?? `arg${++this.#unnamed}`;
    const type = typeOfPattern(body);
    this.parameters.push({ name, in: 'path', required: true, ...type });
    return type.catchAll ? `{${name}*}` : `{${name}}`;
  }
}

/** The text that an atom stands for; undefined when it stands for several. */
function literalOf(atom: string, quantifier: string): string | undefined {
  if (atom.startsWith('\\')) return /^\\[dDwWsS]/.test(atom) ? undefined : atom.slice(1);
  if (atom.startsWith('[')) return /^\[\\?[^\]\\^]\]$/.test(atom) ? atom.slice(1, -1).replace('\\', '') : undefined;
  // A dot on its own is meant as one more often than not.
  return atom === '.' && quantifier !== '' && quantifier !== '?' ? undefined : atom;
}

/** Where the atom that begins at `at` ends: an escape, a class, a group with all that it holds, or one character. */
function atomEnd(text: string, at: number): number {
  const first = text[at];
  if (first === '\\') return Math.min(text.length, at + 2);
  if (first === '[') {
    for (let end = at + 2; end < text.length; end++) {
      if (text[end] === '\\') end++;
      else if (text[end] === ']') return end + 1;
    }
    return text.length;
  }
  if (first !== '(') return at + 1;
  let end = at + 1;
  while (end < text.length && text[end] !== ')') end = atomEnd(text, end);
  return Math.min(text.length, end + 1);
}

/** The types of path converters by the names that Django and werkzeug share. */
export const CONVERTER_TYPES: Readonly<Record<string, ParameterType>> = {
  str: 'string',
  string: 'string',
  default: 'string',
  slug: 'string',
  int: 'integer',
  float: 'number',
  uuid: 'uuid',
  path: 'path',
};
