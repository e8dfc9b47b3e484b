import type { Parameter } from '../../../model/endpoint';
import { HOLE, type PathPiece } from '../../graph';
import { nameOf, settle, textOf, type Value } from '../../evaluate/values';
import { patternParameter } from '../bracePath';
import { parseRegexPath } from '../regexPath';

/** Regular expressions by parameter. */
export type Requirements = ReadonlyMap<string, string>;

/** A path as text, symbol or regular expression. */
export function rackPath(value: Value | undefined, requirements: Requirements = new Map()): PathPiece {
  const settled = value && settle(value);
  if (!settled) return { template: '', parameters: [], notes: [] };
  if (settled.t === 'regex') {
    const source = settled.source
      .replace(/^\\A|\\[zZ]$/g, '')
      .replaceAll('\\/', '/')
      .replaceAll('(?<', '(?P<');
    return parseRegexPath(source);
  }
  const { text, notes } = textOf(settled);
  return { ...parseRackPath(text, requirements), notes };
}

/**
 * Parses a path of Rails, Sinatra or Grape.
 *
 * Examples: `/a/:id` is `/a/{id}`; `/f/*rest` is `/f/{rest*}`; `/f/*` is `/f/{splat*}`; `(/:locale)/a` has an optional
 * `{locale}`; `/a(.:format)` and `/a.?:format?` are `/a`.
 */
function parseRackPath(text: string, requirements: Requirements = new Map()): Omit<PathPiece, 'notes'> {
  const parameters: Parameter[] = [];
  let depth = 0;
  const plain = text.replace(/\(\.:format\)|\.\?:format\?|\.:format\?/g, '').replace(/\/\?(?=[:*])/g, '/');
  const template = plain.replace(
    /:([a-zA-Z_]\w*)(\?)?|\*([a-zA-Z_]\w*)?|([()])\??/g,
    (_, name?: string, optional?: string, glob?: string, bracket?: string) => {
      if (bracket !== undefined) {
        depth += bracket === '(' ? 1 : -1;
        return '';
      }
      const pattern = name === undefined ? '.*' : requirements.get(name);
      const made = patternParameter(name ?? glob ?? 'splat', pattern, depth === 0 && optional === undefined);
      parameters.push(...made.parameters);
      return made.template;
    },
  );
  return { template: template.replace(/\/\?$/, ''), parameters };
}

/** The regular expressions in `constraints: { id: /\d+/ }` or `requirements:`. */
export function requirementsIn(value: Value | undefined): Map<string, string> {
  const settled = value && settle(value);
  const found = new Map<string, string>();
  if (settled?.t !== 'dict') return found;
  for (const [name, given] of settled.entries) {
    const pattern = settle(given);
    if (pattern.t === 'regex') found.set(name, pattern.source);
  }
  return found;
}

/** Everything below a mount whose own routes are not in the workspace. */
export function belowMount(value: Value): PathPiece {
  return {
    template: `/${HOLE}`,
    parameters: [],
    notes: [`${nameOf(value)} is mounted here; what it answers below is not known from the code alone.`],
  };
}
