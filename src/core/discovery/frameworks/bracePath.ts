import type { Parameter } from '../../model/endpoint';
import type { PathPiece } from '../graph';

/** What a placeholder in a path becomes. */
export interface Placeholder {
  readonly template: string;
  readonly parameters: readonly Parameter[];
}

/** Reads the placeholders of a path in braces; braces within them (`{id:[0-9]{3}}`) are taken along. */
export function parseBraces(text: string, read: (inner: string) => Placeholder): Omit<PathPiece, 'notes'> {
  const parameters: Parameter[] = [];
  let template = '';
  for (let at = 0; at < text.length; at++) {
    const end = text[at] === '{' ? closingBrace(text, at) : -1;
    if (end < 0) {
      template += text[at] ?? '';
      continue;
    }
    const { template: shown, parameters: found } = read(text.slice(at + 1, end));
    template += shown;
    parameters.push(...found);
    at = end;
  }
  return { template, parameters };
}

function closingBrace(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

/** A parameter by its name and pattern. Examples: `id` with `\d+` is an integer, with `.*` the rest of the path. */
export function patternParameter(name: string, pattern: string | undefined, required = true): Placeholder {
  if (pattern === undefined || pattern === '' || pattern === '[^/]+') {
    return { template: `{${name}}`, parameters: [{ name, in: 'path', type: 'string', required }] };
  }
  if (/^\(?\.[*+]\)?\??$/.test(pattern)) {
    return {
      template: `{${name}*}`,
      parameters: [{ name, in: 'path', type: 'path', required, catchAll: true, pattern }],
    };
  }
  const isInteger = /^[-?(]*(?:\\d|\[0-9\]|\[1-9\](?:\\d|\[0-9\]))[+*]?(?:\{[\d,]+\})?\)?$/.test(pattern);
  const isUuid = /\[[^\]]*a-f[^\]]*\]\{8\}|\[[^\]]*a-f[^\]]*\]\{36\}/i.test(pattern);
  const type = isInteger ? 'integer' : isUuid ? 'uuid' : 'regex';
  return { template: `{${name}}`, parameters: [{ name, in: 'path', type, required, pattern }] };
}
