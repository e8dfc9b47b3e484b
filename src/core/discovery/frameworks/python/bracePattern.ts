import type { Parameter } from '../../../model/endpoint';
import type { PathPiece } from '../../graph';
import { parseBraces } from '../bracePath';

/** What stands after the colon of a parameter says of its value. */
export type SpecReader = (spec: string) => Pick<Parameter, 'type' | 'pattern' | 'enumValues' | 'catchAll'>;

/**
 * Reads a path with `{name}` and `{name:spec}`, where a spec may hold braces itself.
 *
 * Examples: `/a/{id:\d{4}}` is `/a/{id}` with what `read` says of `\d{4}`; a brace that holds no name stays text.
 */
export function parseNamedBraces(text: string, read: SpecReader): Omit<PathPiece, 'notes'> {
  return parseBraces(text, (inner) => {
    const [, name, spec] = /^([a-zA-Z_]\w*)(?::([\s\S]*))?$/.exec(inner) ?? [];
    if (name === undefined) return { template: `{${inner}}`, parameters: [] };
    const type = spec === undefined ? ({ type: 'string' } as const) : read(spec);
    const parameter: Parameter = { name, in: 'path', required: true, ...type };
    return { template: type.catchAll ? `{${name}*}` : `{${name}}`, parameters: [parameter] };
  });
}
