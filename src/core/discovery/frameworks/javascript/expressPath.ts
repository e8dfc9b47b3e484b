import type { Parameter } from '../../../model/endpoint';
import type { PathPiece } from '../../graph';

const TOKEN =
  /\\(.)|:(?:"([^"]+)"|([a-zA-Z_$][\w$]*))(?:\(((?:[^()\\]|\\.|\([^()]*\))*)\))?([?*+])?|\*([a-zA-Z_$][\w$]*)|(\*)|\(((?:[^()\\]|\\.)*)\)(\?)?|([{}])/g;

/**
 * Parses a path of path-to-regexp, of Express 4 and of Express 5.
 *
 * Examples: `/a/:id(\\d+)` is `/a/{id}` with its pattern; `/a/:id?` has an optional `{id}`; `/files/*` is `/files/{0*}`;
 * `/files/*rest` and `/files{/*rest}` are `/files/{rest*}`; `/{*splat}` is `/{splat*}`.
 */
export function parseExpressPath(text: string): Omit<PathPiece, 'notes'> {
  const parameters: Parameter[] = [];
  let unnamed = 0;
  let optionalDepth = 0;
  const add = (parameter: Omit<Parameter, 'in' | 'required'>, isOptional: boolean): string => {
    parameters.push({ ...parameter, in: 'path', required: !isOptional && optionalDepth === 0 });
    return parameter.catchAll ? `{${parameter.name}*}` : `{${parameter.name}}`;
  };
  const template = text.replace(TOKEN, (...groups: (string | undefined)[]) => {
    const [, escaped, quoted, plain, pattern, modifier, splat, star, group, , brace] = groups;
    if (escaped !== undefined) return escaped;
    const name = quoted ?? plain;
    if (name !== undefined) {
      const isMany = modifier === '*' || modifier === '+';
      const type = isMany ? 'path' : pattern === undefined ? 'string' : isDigits(pattern) ? 'integer' : 'regex';
      const extra = { ...(pattern === undefined ? {} : { pattern }), ...(isMany ? { catchAll: true } : {}) };
      return add({ name, type, ...extra }, modifier === '?' || modifier === '*');
    }
    if (splat !== undefined) return add({ name: splat, type: 'path', catchAll: true }, false);
    if (star !== undefined) return add({ name: String(unnamed++), type: 'path', catchAll: true }, true);
    if (group !== undefined) return add({ name: String(unnamed++), type: 'regex', pattern: group }, false);
    optionalDepth += brace === '{' ? 1 : -1;
    return '';
  });
  return { template, parameters };
}

function isDigits(pattern: string): boolean {
  return /^(?:\\d|\[0-9\])[+*]?(?:\{[\d,]+\})?$/.test(pattern);
}

/** A prefix and a path with one slash between them; a path of `/` is the prefix itself. */
export function joinExpress(prefix: string, path: string): string {
  if (prefix === '') return path;
  const base = prefix.replace(/\/+$/, '');
  const rest = path.replace(/^\/+/, '');
  return rest === '' ? base || '/' : `${base}/${rest}`;
}
