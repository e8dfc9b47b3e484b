import { HTTP_METHODS, type HttpMethod } from '../model/endpoint';
import type { RequestTemplate } from '../model/request';
import { describeError, UserError } from '../../util/errors';
import { importedRequest } from './importedRequest';

/** One request of a `.http` or `.rest` file. */
export interface HttpFileRequest {
  /** From `# @name`, or what stands behind `###`; null where there is none. */
  readonly name: string | null;
  /** 1-based line of the method and URL. */
  readonly line: number;
  /** Null when it cannot be sent as it stands; `problem` is then the sentence that says why. */
  readonly request: RequestTemplate | null;
  readonly problem: string | null;
}

const REQUEST_LINE = new RegExp(
  `^(?:(${HTTP_METHODS.join('|')})\\s+)?((?:https?://|/|\\{\\{|[\\w.-]+:\\d)\\S*.*?)(?:\\s+HTTP/\\d(?:\\.\\d)?)?$`,
);
const MAX_CHARS = 2_000_000;
/** A variable may name another one, but not for ever. */
const MOST_NESTED = 8;

/**
 * Reads the requests of a file as the REST client and JetBrains write them: `###` between them, `@name = value`, `{{name}}`,
 * comments with `#` or `//`, query lines that begin with `?` or `&`. Scripts and handlers are left out, no file is read, `{{$processEnv X}}`
 * becomes `${secret:X}` and `{{$dotenv X}}` becomes `${env:X}`. Fails with `http-file` when the text is longer than 2 MB.
 *
 * Example: `@host = http://127.0.0.1:8000⏎### All⏎GET {{host}}/author⏎Accept: application/json`
 */
export function parseHttpFile(text: string): readonly HttpFileRequest[] {
  if (text.length > MAX_CHARS)
    throw new UserError('http-file', 'The file is longer than 2 MB: this is no file of requests.');
  const lines = text.split(/\r?\n/);
  const variables = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^@([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) variables.set(name, value ?? '');
  }
  const requests: HttpFileRequest[] = [];
  let from = 0;
  for (let at = 0; at <= lines.length; at += 1) {
    if (at < lines.length && !/^###/.test(lines[at] ?? '')) continue;
    const title = from > 0 ? /^###+\s*(.*?)\s*$/.exec(lines[from - 1] ?? '')?.[1] : undefined;
    const request = readBlock(lines.slice(from, at), from + 1, title, variables);
    if (request) requests.push(request);
    from = at + 1;
  }
  return requests;
}

function readBlock(
  lines: readonly string[],
  firstLine: number,
  title: string | undefined,
  variables: ReadonlyMap<string, string>,
): HttpFileRequest | undefined {
  let name = title === undefined || title === '' ? null : title;
  let at = 0;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    name = /^(?:#|\/\/)\s*@name[\s=]+(\S+)/.exec(line)?.[1] ?? name;
    if (line.trim() !== '' && !/^(?:#|\/\/|@)/.test(line)) break;
  }
  const found = REQUEST_LINE.exec((lines[at] ?? '').trim());
  if (!found) return undefined;
  const line = firstLine + at;
  try {
    const fill = (text: string): string => fillVariables(text, variables);
    const { method, url, headers, body } = readMessage(found, lines.slice(at + 1), fill);
    return { name, line, request: importedRequest({ method, url, headers, body }).request, problem: null };
  } catch (error) {
    return { name, line, request: null, problem: describeError(error) };
  }
}

function readMessage(found: RegExpExecArray, rest: readonly string[], fill: (text: string) => string): RequestTemplate {
  let target = found[2] ?? '';
  const headers: [string, string][] = [];
  let at = 0;
  for (; at < rest.length && rest[at]?.trim() !== ''; at += 1) {
    const line = (rest[at] ?? '').trim();
    if (/^(?:#|\/\/|@[\w.-]+\s*=)/.test(line)) continue;
    if (/^[?&]/.test(line)) target += line.replace(/\s+HTTP\/[\d.]+$/, '');
    else if (/^[<>]/.test(line)) break;
    else {
      const colon = line.indexOf(':');
      if (colon < 1)
        throw new UserError('http-file', `"${line}" is no header: write it like "Accept: application/json".`);
      headers.push([line.slice(0, colon).trim(), fill(line.slice(colon + 1).trim())]);
    }
  }
  const body = fill(bodyOf(rest.slice(at)));
  const method = (found[1] ?? 'GET') as HttpMethod;
  return { method, url: absolute(fill(target), headers), headers, body: body === '' ? null : { text: body } };
}

function bodyOf(lines: readonly string[]): string {
  const kept: string[] = [];
  for (const line of lines) {
    if (/^>\s|^>>|^<>\s/.test(line)) break;
    if (/^<@?\s+\S/.test(line) && !/^<\s*\{%/.test(line) && kept.every((each) => each.trim() === '')) {
      const file = line.replace(/^<@?\w*\s+/, '');
      throw new UserError(
        'http-file',
        `The body is in the file "${file}", which an import does not read: write it here.`,
      );
    }
    kept.push(line);
  }
  return kept.join('\n').trim();
}

function absolute(target: string, headers: readonly (readonly [string, string])[]): string {
  if (/^https?:\/\//i.test(target)) return target;
  if (!target.startsWith('/')) return `http://${target}`;
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  if (host === undefined)
    throw new UserError('http-file', `"${target}" names no server: write a whole URL or a Host header.`);
  return `http://${host}${target}`;
}

function fillVariables(text: string, variables: ReadonlyMap<string, string>, depth = 0): string {
  return text.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (whole, inside: string) => {
    const [, source, name] = /^\$(processEnv|dotenv|env\.)\s*%?([A-Za-z_]\w*)$/.exec(inside) ?? [];
    if (name !== undefined) return `\${${source === 'dotenv' ? 'env' : 'secret'}:${name}}`;
    const value = variables.get(inside);
    if (value === undefined || depth >= MOST_NESTED) {
      const why = inside.startsWith('$') ? 'is made up for each request' : 'has no value in this file';
      throw new UserError('http-file', `${whole} ${why}: write a value in its place.`);
    }
    return fillVariables(value, variables, depth + 1);
  });
}
