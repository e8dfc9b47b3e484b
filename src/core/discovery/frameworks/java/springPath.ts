import type { PathPiece } from '../../graph';
import { textOf, type Value } from '../../evaluate/values';
import { parseBraces, patternParameter } from '../bracePath';
import { resolvePlaceholders, type JavaConfig } from './javaConfig';

/** A path of an annotation or predicate, with settings put in. */
export function springPath(value: Value | undefined, config: JavaConfig): PathPiece {
  const { text, notes } = value ? textOf(value) : { text: '', notes: [] };
  const resolved = resolvePlaceholders(text, config);
  return { ...parseSpringPath(resolved.text), notes: [...notes, ...resolved.notes] };
}

/**
 * Parses a path pattern of Spring.
 *
 * Examples: `/a/{id:\d+}` is `/a/{id}` with an integer; `/f/{*rest}` is `/f/{rest*}`; `/x/**` is `/x/{0*}`; `/x/*.json`
 * is `/x/{0}.json`.
 */
function parseSpringPath(text: string): Omit<PathPiece, 'notes'> {
  let unnamed = 0;
  const starless = text.replace(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\*\*|\*/g, (part) => {
    if (part.startsWith('{')) return part;
    return part === '**' ? `{*${String(unnamed++)}}` : `{${String(unnamed++)}}`;
  });
  return parseBraces(starless, (inner) => {
    if (inner.startsWith('*')) return patternParameter(inner.slice(1), '.*');
    const colon = inner.indexOf(':');
    return colon < 0
      ? patternParameter(inner, undefined)
      : patternParameter(inner.slice(0, colon), inner.slice(colon + 1));
  });
}
