import { HTTP_METHODS, type HttpMethod } from '../model/endpoint';
import { UserError } from '../../util/errors';
import { importedRequest, type ImportedRequest } from './importedRequest';

/** One request of an HTTP archive. */
export interface HarEntry {
  /** Counts from 1. */
  readonly number: number;
  readonly method: string;
  readonly url: string;
  /** Of the answer that was recorded; null for none. */
  readonly status: number | null;
  /** Fails with `har-invalid`, `target-url` and `header-invalid`. */
  read(): ImportedRequest;
}

/**
 * The requests of an HTTP archive (HAR 1.2, as browsers save their network log), in the order of the file. Fails with
 * `har-invalid` when it is none.
 */
export function readHar(text: string): readonly HarEntry[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new UserError('har-invalid', 'This is no HTTP archive, because it is not JSON: save it again.', { cause });
  }
  const entries = asObject(asObject(document)['log'])['entries'];
  if (!Array.isArray(entries)) throw harInvalid('This is no HTTP archive: it has no "log.entries".');
  return entries.map((entry: unknown, at): HarEntry => {
    const request = asObject(asObject(entry)['request']);
    const status = asObject(asObject(entry)['response'])['status'];
    return {
      number: at + 1,
      method: textOf(request['method']).toUpperCase(),
      url: textOf(request['url']),
      status: typeof status === 'number' && status > 0 ? status : null,
      read: () => readRequest(request, at + 1),
    };
  });
}

/** One request out of an archive; `number` counts from 1. Fails like `readHar` and `HarEntry.read`. */
export function parseHar(text: string, number: number): ImportedRequest {
  const entries = readHar(text);
  const entry = entries[number - 1];
  if (entry === undefined)
    throw harInvalid(`The archive has ${entries.length} requests, so there is no number ${number}.`);
  return entry.read();
}

function readRequest(request: Readonly<Record<string, unknown>>, number: number): ImportedRequest {
  const method = HTTP_METHODS.find((each) => each === textOf(request['method']).toUpperCase());
  if (!method) throw harInvalid(`Request ${number} has no method that can be sent.`);
  const headers = pairsOf(request['headers']).filter(([name]) => !/^(?:host|:.*)$/i.test(name));
  const { body, type } = bodyOf(asObject(request['postData']), method);
  const isTyped = type === undefined || headers.some(([name]) => name.toLowerCase() === 'content-type');
  return importedRequest({
    method,
    url: textOf(request['url']),
    headers: isTyped ? headers : [...headers, ['Content-Type', type]],
    body,
  });
}

function bodyOf(
  data: Readonly<Record<string, unknown>>,
  method: HttpMethod,
): { readonly body: { readonly text: string } | null; readonly type?: string } {
  if (method === 'GET' || method === 'HEAD') return { body: null };
  const type = typeof data['mimeType'] === 'string' && data['mimeType'] !== '' ? { type: data['mimeType'] } : {};
  if (typeof data['text'] === 'string' && data['text'] !== '') return { body: { text: data['text'] }, ...type };
  const params = pairsOf(data['params']);
  if (params.length === 0) return { body: null };
  const form = new URLSearchParams(params.map(([name, value]): [string, string] => [name, value]));
  return { body: { text: form.toString() }, ...type };
}

function pairsOf(list: unknown): (readonly [name: string, value: string])[] {
  return (Array.isArray(list) ? list : []).flatMap((each) => {
    const { name, value } = asObject(each);
    return typeof name === 'string' && typeof value === 'string' ? [[name, value] as const] : [];
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function harInvalid(sentence: string): UserError {
  return new UserError('har-invalid', sentence);
}
