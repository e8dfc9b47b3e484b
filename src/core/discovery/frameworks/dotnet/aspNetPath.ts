import type { Parameter, ParameterType } from '../../../model/endpoint';
import type { PathPiece } from '../../graph';
import { textOf, type Value } from '../../evaluate/values';
import { parseBraces } from '../bracePath';

const TYPES: Readonly<Record<string, ParameterType>> = {
  int: 'integer',
  long: 'integer',
  min: 'integer',
  max: 'integer',
  range: 'integer',
  guid: 'uuid',
  bool: 'boolean',
  decimal: 'number',
  double: 'number',
  float: 'number',
  datetime: 'date',
};

/** A route template as an argument. Slashes around it do not count. */
export function aspNetPath(value: Value | undefined): PathPiece {
  const { text, notes } = value ? textOf(value) : { text: '', notes: [] };
  return { ...parseAspNetPath(text), notes };
}

/**
 * Parses a route template of ASP.NET Core.
 *
 * Examples: `{id:int?}` is an optional integer `{id}`; `{**rest}` and `{*rest}` are `{rest*}`; `{a=1}` has the default 1;
 * `{x:regex(^\d{{3}}$)}` keeps its pattern.
 */
export function parseAspNetPath(text: string): Omit<PathPiece, 'notes'> {
  const bare = text.replace(/^~?\/+|\/+$/g, '');
  return parseBraces(bare === '' ? '' : `/${bare}`, (inner) => {
    const [, stars = '', name = inner, rest = ''] = /^(\*{0,2})([\w-]+)([\s\S]*)$/.exec(inner) ?? [];
    const fallback = /^(?::[^=]*)?=(.*)$/.exec(rest)?.[1];
    const isOptional = rest.endsWith('?') || fallback !== undefined;
    const pattern = /:regex\((.*)\)/.exec(rest)?.[1]?.replaceAll('{{', '{').replaceAll('}}', '}');
    const constraints = rest
      .split(':')
      .slice(1)
      .map((part) => /^\w+/.exec(part)?.[0] ?? '');
    const type = constraints.map((one) => TYPES[one]).find(Boolean) ?? (pattern === undefined ? 'string' : 'regex');
    const isRest = stars !== '';
    const parameter: Parameter = {
      name,
      in: 'path',
      type: isRest ? 'path' : type,
      required: !isOptional,
      ...(isRest ? { catchAll: true } : {}),
      ...(pattern === undefined ? {} : { pattern }),
      ...(fallback === undefined ? {} : { default: fallback.replace(/\?$/, '') }),
    };
    return { template: isRest ? `{${name}*}` : `{${name}}`, parameters: [parameter] };
  });
}
