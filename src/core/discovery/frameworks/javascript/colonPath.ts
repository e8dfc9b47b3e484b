import type { Parameter } from '../../../model/endpoint';
import type { PathPiece } from '../../graph';

/** How a router of the `:name` family differs from its relatives. */
export interface ColonSyntax {
  /** Brackets around the regular expression of a parameter: `:id(\\d+)` or `:id{\\d+}`. */
  readonly brackets: '()' | '{}';
  /** Name of an unnamed `*`. */
  readonly star: string;
  /** `::` is a colon, as in find-my-way. */
  readonly doubledColon?: boolean;
}

const DIGITS = /^\^?(?:\\d|\[0-9\])(?:[+*]|\{[\d,]+\})?\$?$/;
const UUID = /\[0-9a-f(?:A-F)?\]\{8\}/i;

/**
 * Parses a path of find-my-way (Fastify), Hono, Elysia or Polka.
 *
 * Examples: `/a/:id` is `/a/{id}`; `/a/:id(^\\d+$)` has an integer; `/a/:id?` an optional one; `/f/*` is `/f/{*}` with the
 * name that the syntax gives; `/at/:h-:m` has two; `/p/:rest{.+}` is a catch-all.
 */
export function parseColonPath(text: string, syntax: ColonSyntax): Omit<PathPiece, 'notes'> {
  const parameters: Parameter[] = [];
  let template = '';
  for (let at = 0; at < text.length;) {
    const character = text[at] ?? '';
    if (syntax.doubledColon && text.startsWith('::', at)) {
      template += ':';
      at += 2;
      continue;
    }
    const name = character === ':' ? (/^[\w$]+/.exec(text.slice(at + 1))?.[0] ?? '') : '';
    if (name !== '') {
      at += 1 + name.length;
      const pattern = text[at] === syntax.brackets[0] ? bracketed(text, at, syntax.brackets) : undefined;
      if (pattern !== undefined) at += pattern.length + 2;
      const isOptional = text[at] === '?';
      if (isOptional || text[at] === '+' || (text[at] === '*' && pattern === undefined)) at++;
      const isMany = pattern !== undefined && /^\.[+*]\??$/.test(pattern);
      parameters.push({ name, in: 'path', required: !isOptional, ...typeOfPattern(pattern, isMany) });
      template += isMany ? `{${name}*}` : `{${name}}`;
      continue;
    }
    at++;
    if (character === '*') {
      const rest = /^\w+/.exec(text.slice(at))?.[0] ?? '';
      at += rest.length;
      const given = rest === '' ? syntax.star : rest;
      parameters.push({ name: given, in: 'path', type: 'path', required: rest !== '', catchAll: true });
      template += `{${given}*}`;
    } else template += character;
  }
  return { template, parameters };
}

function typeOfPattern(pattern: string | undefined, isMany: boolean): Pick<Parameter, 'type' | 'pattern' | 'catchAll'> {
  if (pattern === undefined) return { type: 'string' };
  if (isMany) return { type: 'path', catchAll: true };
  if (DIGITS.test(pattern)) return { type: 'integer', pattern };
  return { type: UUID.test(pattern) ? 'uuid' : 'regex', pattern };
}

/** What stands in the brackets that open at `start`, brackets within included. */
function bracketed(text: string, start: number, [open = '', close = '']: string): string | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === open) depth++;
    else if (text[at] === close && --depth === 0) return text.slice(start + 1, at);
  }
  return undefined;
}
