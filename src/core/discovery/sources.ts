import type { DiscoveryProblem } from '../model/endpoint';

/** Larger source files are not read: nobody writes routes in them by hand, and parsing one costs seconds. */
export const SOURCE_LIMIT_BYTES = 2_000_000;

/** One file as the index is told of it: new content, or null when it is gone. */
export interface SourceChange {
  /** Relative to the workspace folder, forward slashes. */
  readonly file: string;
  readonly text: string | Uint8Array | null;
  /** Size on disk when the content was left out because of it; `text` is empty then. */
  readonly sizeBytes?: number;
  /** Why the content could not be read; `text` is empty then. */
  readonly unreadable?: string;
}

/** What became of the bytes of a file. */
export type Decoded = { readonly text: string } | { readonly problem: DiscoveryProblem };

/**
 * Turns a change into text, or into the problem that a person is told of.
 *
 * Examples: `{ file: 'a.py', text: Uint8Array [0x80] }` is `not-utf8`; bytes with a NUL are `binary`; a leading byte order
 * mark is dropped.
 */
export function decodeSource(change: SourceChange): Decoded {
  const { file } = change;
  if (change.unreadable !== undefined) {
    return problem(file, 'unreadable', `${file} could not be read (${change.unreadable}); its routes are missing.`);
  }
  const raw = change.text ?? '';
  const bytes = change.sizeBytes ?? raw.length;
  if (bytes > SOURCE_LIMIT_BYTES) {
    const size = (bytes / 1_000_000).toFixed(1);
    return problem(file, 'too-large', `${file} is ${size} MB; files over 2 MB are not searched for routes.`);
  }
  if (typeof raw === 'string') {
    if (raw.includes('\0')) return problem(file, 'binary', `${file} is not text; it is not searched for routes.`);
    return { text: raw.startsWith('\uFEFF') ? raw.slice(1) : raw };
  }
  if (raw.includes(0)) return problem(file, 'binary', `${file} is not text; it is not searched for routes.`);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(raw) };
  } catch {
    return problem(file, 'not-utf8', `${file} is not UTF-8; save it as UTF-8 to have its routes found.`);
  }
}

function problem(file: string, code: DiscoveryProblem['code'], message: string): Decoded {
  return { problem: { file, code, message } };
}
