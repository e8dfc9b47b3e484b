import type { Parameter } from '../../../model/endpoint';
import type { PathPiece } from '../../graph';

type Parsed = Omit<PathPiece, 'notes'>;

/** A parameter without a name of its own. */
const UNNAMED = 'path';

const BRACE = /\{([\w$-]+)(\.\.\.)?(?::((?:[^{}]|\{[^{}]*\})*))?\}|\*$/g;
const COLON = /\\(.)|:(\w+)(?:<([^<>]*)>)?(\?)?|\*(\w*)|\+(?=\/|$)/g;

/**
 * Parses a path of net/http, chi or gorilla/mux.
 *
 * Examples: `/a/{id:[0-9]+}` is `/a/{id}` with its pattern; `/f/{p...}` and `/f/{p:.*}` are `/f/{p*}`; `/f/*` is
 * `/f/{path*}`.
 */
export function parseBracePath(text: string): Parsed {
  const parameters: Parameter[] = [];
  const template = text.replace(
    BRACE,
    (whole, name: string | undefined, dots: string | undefined, pattern?: string) => {
      if (name === undefined || dots !== undefined || (pattern !== undefined && /^\.[*+]$/.test(pattern))) {
        parameters.push({ name: name ?? UNNAMED, in: 'path', type: 'path', required: whole !== '*', catchAll: true });
        return `{${name ?? UNNAMED}*}`;
      }
      parameters.push({ name, in: 'path', required: true, ...typeOfPattern(pattern) });
      return `{${name}}`;
    },
  );
  return { template, parameters };
}

/**
 * Parses a path of gin, echo, fiber or httprouter.
 *
 * Examples: `/a/:id` is `/a/{id}`; `/f/*rest` is `/f/{rest*}`; fiber's `/a/:id<int>` and `/a/:id?` have a type, and may be left out.
 */
export function parseColonPath(text: string): Parsed {
  const parameters: Parameter[] = [];
  const template = text.replace(
    COLON,
    (whole, escaped?: string, name?: string, constraint?: string, optional?: string, rest?: string) => {
      if (escaped !== undefined) return escaped;
      if (name !== undefined) {
        parameters.push({ name, in: 'path', required: optional === undefined, ...typeOfConstraint(constraint) });
        return `{${name}}`;
      }
      const own = rest === undefined || rest === '' ? UNNAMED : rest;
      parameters.push({ name: own, in: 'path', type: 'path', required: whole === '+', catchAll: true });
      return `{${own}*}`;
    },
  );
  return { template, parameters };
}

function typeOfPattern(pattern: string | undefined): Pick<Parameter, 'type' | 'pattern'> {
  if (pattern === undefined) return { type: 'string' };
  const isDigits = /^\^?(?:\\d|\[0-9\]|\[:digit:\])[+*]?(?:\{[\d,]+\})?\$?$/.test(pattern);
  return { type: isDigits ? 'integer' : 'regex', pattern };
}

function typeOfConstraint(constraint: string | undefined): Pick<Parameter, 'type' | 'pattern'> {
  if (constraint === undefined) return { type: 'string' };
  const pattern = /^regex\((.*)\)$/.exec(constraint)?.[1];
  if (pattern !== undefined) return typeOfPattern(pattern);
  if (/^(?:int|min|max|range)\b/.test(constraint)) return { type: 'integer' };
  if (/^float\b/.test(constraint)) return { type: 'number' };
  if (/^bool\b/.test(constraint)) return { type: 'boolean' };
  return { type: constraint === 'guid' ? 'uuid' : 'string' };
}

/** A group's prefix before a path, as most routers put them together. Examples: `/v1/` and `/x` are `/v1/x`. */
export function joinSlashed(prefix: string, path: string): string {
  if (prefix === '' || path === '') return prefix + path;
  const rest = path.startsWith('/') || path.startsWith('\uE000') ? path : `/${path}`;
  return prefix.replace(/\/+$/, '') + rest;
}
