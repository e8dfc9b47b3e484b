import { HTTP_METHODS, type HttpMethod } from '../model/endpoint';
import { UserError } from '../../util/errors';
import { importedRequest, type ImportedRequest } from './importedRequest';

/**
 * One request out of an HTTP archive (HAR 1.2, as browsers save their network log); `number` counts from 1. Fails with
 * `har-invalid`, `target-url` and `header-invalid`.
 */
export function parseHar(text: string, number: number): ImportedRequest {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new UserError('har-invalid', 'This is no HTTP archive, because it is not JSON: save it again.', { cause });
  }
  const entries = asObject(asObject(document)['log'])['entries'];
  if (!Array.isArray(entries)) throw harInvalid('This is no HTTP archive: it has no "log.entries".');
  const entry: unknown = entries[number - 1];
  if (entry === undefined)
    throw harInvalid(`The archive has ${entries.length} requests, so there is no number ${number}.`);
  const request = asObject(asObject(entry)['request']);
  const method = HTTP_METHODS.find((each) => each === String(request['method']).toUpperCase());
  if (!method) throw harInvalid(`Request ${number} has no method that can be sent.`);
  const headers = pairsOf(request['headers']).filter(([name]) => !/^(?:host|:.*)$/i.test(name));
  const { body, type } = bodyOf(asObject(request['postData']), method);
  const isTyped = type === undefined || headers.some(([name]) => name.toLowerCase() === 'content-type');
  return importedRequest({
    method,
    url: String(request['url']),
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

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function harInvalid(sentence: string): UserError {
  return new UserError('har-invalid', sentence);
}
