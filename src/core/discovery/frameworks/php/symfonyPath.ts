import type { Parameter } from '../../../model/endpoint';
import type { PathPiece } from '../../graph';
import { settle, textOf, type Value } from '../../evaluate/values';
import { lastName } from '../arguments';
import { parseBraces, patternParameter } from '../bracePath';

/** Constants of `Symfony\Component\Routing\Requirement\Requirement`. */
const REQUIREMENTS: Readonly<Record<string, string>> = {
  ASCII_SLUG: '[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*',
  CATCH_ALL: '.+',
  DIGITS: '[0-9]+',
  POSITIVE_INT: '[1-9][0-9]*',
};

/** Regular expressions by parameter from a `requirements` argument. */
export function symfonyRequirements(value: Value | undefined): Map<string, string> {
  const settled = value && settle(value);
  const found = new Map<string, string>();
  if (settled?.t !== 'dict') return found;
  for (const [name, given] of settled.entries) {
    const one = settle(given);
    if (one.t === 'str') found.set(name, one.text);
    else if (one.t === 'symbol') found.set(name, REQUIREMENTS[lastName(one.path)] ?? lastName(one.path));
  }
  return found;
}

/** A path with its requirements and the names that have defaults. */
export function symfonyPath(
  value: Value | undefined,
  requirements: ReadonlyMap<string, string>,
  defaults: ReadonlySet<string> = new Set(),
): PathPiece {
  const { text, notes } = value ? textOf(value) : { text: '', notes: [] };
  return { ...parseSymfonyPath(text, requirements, defaults), notes };
}

/**
 * Parses a path of Symfony.
 *
 * Examples: `/a/{id<\d+>}` is `/a/{id}` with an integer; `{page<\d+>?1}` has the default 1; `{slug:post}` is `{slug}`;
 * `{path}` with the requirement `.+` is `{path*}`.
 */
export function parseSymfonyPath(
  text: string,
  requirements: ReadonlyMap<string, string> = new Map(),
  defaults: ReadonlySet<string> = new Set(),
): Omit<PathPiece, 'notes'> {
  return parseBraces(text, (inner) => {
    const [, name = inner, inline, mark, given] = /^!?(\w+)(?::[\w.]+)?(?:<(.*?)>)?(?:(\?)([^?]*))?$/.exec(inner) ?? [];
    const pattern = inline ?? requirements.get(name);
    const isRequired = mark === undefined && !defaults.has(name);
    const made = named(name, pattern, isRequired);
    if (given === undefined || given === '') return made;
    return { ...made, parameters: made.parameters.map((one): Parameter => ({ ...one, default: given })) };
  });
}

function named(name: string, pattern: string | undefined, isRequired: boolean): ReturnType<typeof patternParameter> {
  if (pattern !== undefined && /^(?:UUID|UID|ULID|DATE_YMD)/.test(pattern)) {
    const type = pattern.startsWith('UUID') ? 'uuid' : pattern === 'DATE_YMD' ? 'date' : 'string';
    return { template: `{${name}}`, parameters: [{ name, in: 'path', type, required: isRequired }] };
  }
  if (pattern !== undefined && /^[\w-]+(?:\|[\w-]+)+$/.test(pattern)) {
    const enumValues = pattern.split('|');
    return {
      template: `{${name}}`,
      parameters: [{ name, in: 'path', type: 'enum', required: isRequired, enumValues }],
    };
  }
  return patternParameter(name, pattern, isRequired);
}
