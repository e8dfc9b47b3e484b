import { HTTP_METHODS, type HttpMethod } from '../model/endpoint';
import { UserError } from '../../util/errors';

/** One request of a mix as a person writes it down. */
export interface MixEntry {
  readonly method: HttpMethod;
  /** Path template of an endpoint, or a path with its query where a URL says which server is meant. */
  readonly path: string;
  /** Which of the team's requests for the endpoint; null for the one without a name. */
  readonly requestName: string | null;
  readonly weight: number;
}

const FORM = /^([A-Z]+) +(\/\S*)(?: +#(\S+(?: \S+)*))?$/;

/**
 * Reads `METHOD /path` with a weight before it and the name of a request behind it, either of which may be missing. Fails
 * with `bad-mix`.
 *
 * Examples: `GET /authors`; `3 GET /author/{id}`; `0.5 POST /author #new`
 */
export function parseMixEntry(text: string): MixEntry {
  const [, weight, rest = ''] = /^(?:(\S+) +)?([A-Z]+ +\/.*)$/.exec(text.trim()) ?? [];
  const named = parseMixRequest(rest);
  if (!named) {
    throw new UserError(
      'bad-mix',
      `"${text}" is no request of a mix: write a method and a path with a weight before them, like "3 GET /authors".`,
    );
  }
  const value = weight === undefined ? 1 : /^\d+(\.\d+)?$/.test(weight) ? Number(weight) : Number.NaN;
  if (!(value > 0)) throw new UserError('bad-mix', `The weight in "${text}" must be a number above 0.`);
  return { ...named, weight: value };
}

/** `METHOD /path` or `METHOD /path #name`; undefined for anything else. */
export function parseMixRequest(text: string): Omit<MixEntry, 'weight'> | undefined {
  const [, word, path, name] = FORM.exec(text.trim()) ?? [];
  const method = HTTP_METHODS.find((each) => each === word);
  if (!method || path === undefined) return undefined;
  return { method, path, requestName: name ?? null };
}

/** As a person knows it. Example: "GET /author/{id} #new" */
export function nameOfEntry({ method, path, requestName }: Omit<MixEntry, 'weight'>): string {
  return `${method} ${path}${requestName === null ? '' : ` #${requestName}`}`;
}
