import type { SingleResponse } from '../src/core/model/request';

/** Longer text than this makes the page slow and nobody reads it. */
const MOST_CHARACTERS = 20_000;

/**
 * The body as a person reads it: JSON indented when it is whole JSON, any other text as it came; at most
 * `MOST_CHARACTERS`, then "…".
 */
export function readableBody({ bodyText, truncated }: Pick<SingleResponse, 'bodyText' | 'truncated'>): string {
  const text = truncated ? bodyText : (indentJson(bodyText) ?? bodyText);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

function indentJson(text: string): string | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}
