import { describeError } from '../../util/errors';
import { HTTP_METHODS, type HttpMethod } from '../model/endpoint';
import type { LoginRequest } from '../model/login';
import type { RequestTemplate } from '../model/request';
import type { Server } from '../model/server';
import { validateHeaders } from './headers';
import { childOf, parseJsonTree, pathOf, propertiesOf, valueOf, type JsonNode } from './jsonc';
import { loginRequest, parseLoginTake } from './login';
import { nameOfEntry, type MixEntry } from './mixEntries';
import { readMixes } from './mixNodes';
import { parseTargetUrl } from './targetGuard';
import { takeFeeds } from './typedFeeds';

/** Where the team file lies, relative to the workspace folder. */
export const TEAM_FILE = '.vscode/endpoint-profiler.json';

/** What is sent for one endpoint, as the team wrote it down. Missing parts are proposed as usual. */
export interface TeamRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [name: string, value: string])[] | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Text as it is sent; an object in the file is written as JSON. */
  readonly body: string | null;
  /** The login whose token it carries. */
  readonly login: LoginRequest | null;
}

export interface TeamFile {
  readonly servers: readonly Server[];
  /** Key is `GET /author/{id}`: method in capitals, one space, path template; with ` #name` behind it for a further one. */
  readonly requests: ReadonlyMap<string, TeamRequest>;
  readonly logins: ReadonlyMap<string, LoginRequest>;
  /** Several requests that are loaded together, by the name of the mix. */
  readonly mixes: ReadonlyMap<string, readonly MixEntry[]>;
  /** Files whose values `${env:NAME}` stands for, relative to the folder, the first one that has it; null for `.env`. */
  readonly envFiles: readonly string[] | null;
}

/** What there is without a file. */
export const NO_TEAM_FILE: TeamFile = {
  servers: [],
  requests: new Map(),
  logins: new Map(),
  mixes: new Map(),
  envFiles: null,
};

/** One mistake; `offset` and `length` are in UTF-16 units, `line` and `column` 1-based. */
export interface TeamFileMistake {
  readonly sentence: string;
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

export interface TeamFileResult {
  readonly file: TeamFile;
  readonly mistakes: readonly TeamFileMistake[];
}

/** More than any hand-written file; a deeper or larger one is refused before it is walked. */
const MAX_CHARS = 1_000_000;

/**
 * Reads the team file (JSON with comments and trailing commas). What is right is used even when something else is wrong;
 * every mistake has a sentence and a place. An empty text is an empty file.
 *
 * Example: `{"servers": {"dev": {"baseUrl": "http://127.0.0.1:{port}", "command": "flask run -p {port}"}}}`
 */
export function parseTeamFile(text: string): TeamFileResult {
  const reader = new Reader(text);
  return { file: reader.read(), mistakes: reader.mistakes };
}

class Reader {
  readonly mistakes: TeamFileMistake[] = [];
  readonly #text: string;
  #logins: ReadonlyMap<string, LoginRequest> = new Map();

  constructor(text: string) {
    this.#text = text;
  }

  read(): TeamFile {
    const empty = NO_TEAM_FILE;
    if (this.#text.trim() === '') return empty;
    if (this.#text.length > MAX_CHARS) {
      this.#report(0, 1, 'The file is larger than 1 MB: this is not a team file.');
      return empty;
    }
    const { root, errors } = parseJsonTree(this.#text);
    for (const { offset, length, sentence } of errors) this.#report(offset, length, sentence);
    if (!root) return empty;
    if (!this.#isObject(root, 'The file')) return empty;
    this.#onlyKeys(root, ['$schema', 'servers', 'logins', 'requests', 'mixes', 'envFiles']);
    const logins = new Map<string, LoginRequest>();
    for (const [name, node] of this.#entries(root, 'logins')) {
      const login = this.#login(name, node);
      if (login) logins.set(name, login);
    }
    this.#logins = logins;
    const servers = this.#entries(root, 'servers').flatMap(([name, node]) => this.#server(name, node) ?? []);
    const requests = new Map<string, TeamRequest>();
    for (const [key, node] of this.#entries(root, 'requests')) {
      const request = this.#request(key, node);
      if (request) requests.set(key, request);
    }
    return { servers, requests, logins, mixes: this.#mixes(root, requests), envFiles: this.#envFiles(root) };
  }

  #server(name: string, node: JsonNode): Server | undefined {
    const what = `Server "${name}"`;
    if (!this.#isObject(node, what)) return undefined;
    this.#onlyKeys(node, [
      'description',
      'dir',
      'baseUrl',
      'command',
      'cwd',
      'env',
      'prepare',
      'readyPath',
      'readyTimeoutMs',
      'login',
    ]);
    const baseUrl = this.#word(node, 'baseUrl');
    if (baseUrl === undefined) {
      if (!childOf(node, 'baseUrl')) {
        this.#reportAt(node, `${what} needs a "baseUrl", like "http://127.0.0.1:8000".`);
      }
      return undefined;
    }
    try {
      parseTargetUrl(baseUrl.replaceAll('{port}', '1'));
    } catch (error) {
      this.#reportAt(childOf(node, 'baseUrl') ?? node, describeError(error));
      return undefined;
    }
    const command = this.#word(node, 'command');
    const dir = this.#folder(node, 'dir');
    const description = this.#word(node, 'description');
    const login = this.#knownLogin(node);
    const about = {
      ...(description === undefined ? {} : { description }),
      ...(dir === undefined ? {} : { dir }),
      ...(login ? { login: login.name } : {}),
    };
    const cwd = within(dir, this.#word(node, 'cwd'));
    const prepare = this.#word(node, 'prepare');
    const readyPath = this.#word(node, 'readyPath');
    const readyTimeoutMs = this.#timeout(node);
    const env = this.#textMap(node, 'env');
    const trimmed = baseUrl.replace(/\/+$/, '');
    if (command === undefined) {
      if (baseUrl.includes('{port}')) {
        this.#reportAt(node, `${what} has {port} in its "baseUrl" but no "command" that could be told the port.`);
        return undefined;
      }
      for (const key of ['cwd', 'env', 'prepare', 'readyPath', 'readyTimeoutMs']) {
        const unused = childOf(node, key);
        if (unused) this.#reportAt(unused, `${what} has "${key}" but no "command" that it could be for.`);
      }
      return { name, baseUrl: trimmed, ...about };
    }
    return {
      name,
      baseUrl: trimmed,
      ...about,
      start: {
        command,
        ...(cwd === undefined ? {} : { cwd }),
        ...(env === undefined ? {} : { env }),
        ...(prepare === undefined ? {} : { prepare }),
        ...(readyPath === undefined ? {} : { readyPath }),
        ...(readyTimeoutMs === undefined ? {} : { readyTimeoutMs }),
      },
    };
  }

  #request(key: string, node: JsonNode): TeamRequest | undefined {
    const what = `Request "${key}"`;
    const method = key.split(' ')[0] as HttpMethod;
    if (!HTTP_METHODS.includes(method) || !/^\S+ \/\S*(?: #\S+(?: \S+)*)?$/.test(key)) {
      this.#reportAt(
        node.parent?.children?.[0] ?? node,
        `"${key}" names no endpoint: write it like "GET /author/{id}", or "GET /author/{id} #name" for a further request.`,
      );
      return undefined;
    }
    if (!this.#isObject(node, what)) return undefined;
    this.#onlyKeys(node, ['path', 'query', 'headers', 'body', 'login']);
    const headers = this.#headers(node);
    if (!headers) return undefined;
    const path = this.#textMap(node, 'path') ?? {};
    const query = this.#textMap(node, 'query');
    const pairs = query === undefined ? null : Object.entries(query);
    const body = this.#body(node);
    try {
      takeFeeds(
        { path: key },
        { method, path, query: pairs ?? [], headers, body: body === null ? null : { text: body } },
      );
    } catch (error) {
      this.#reportAt(node, describeError(error));
      return undefined;
    }
    return { path, query: pairs, headers, body, login: this.#knownLogin(node) ?? null };
  }

  #login(name: string, node: JsonNode): LoginRequest | undefined {
    const what = `Login "${name}"`;
    if (!/^[A-Za-z_][\w.-]*$/.test(name)) {
      this.#reportAt(node, `"${name}" cannot be the name of a login: use letters, digits, "-" and "_".`);
      return undefined;
    }
    if (!this.#isObject(node, what)) return undefined;
    this.#onlyKeys(node, ['method', 'path', 'headers', 'body', 'token']);
    const word = this.#word(node, 'method') ?? 'POST';
    const method = HTTP_METHODS.find((each) => each === word);
    const path = this.#word(node, 'path');
    const token = this.#word(node, 'token');
    const headers = this.#headers(node);
    if (!method || path === undefined || token === undefined) {
      const mend = method ? 'a "path" like "/login" and a "token" like "$.access_token"' : 'a "method" like "POST"';
      this.#reportAt(node, `${what} needs ${mend}.`);
      return undefined;
    }
    if (!headers) return undefined;
    const body = this.#body(node);
    try {
      const take = parseLoginTake(token);
      const login = { name, method, path, headers, body: body === null ? null : { text: body }, take };
      loginRequest(login, 'http://127.0.0.1');
      return login;
    } catch (error) {
      this.#reportAt(node, describeError(error));
      return undefined;
    }
  }

  #mixes(root: JsonNode, requests: ReadonlyMap<string, TeamRequest>): TeamFile['mixes'] {
    const node = childOf(root, 'mixes');
    if (!node) return new Map();
    const mixes = readMixes(node, (at, sentence) => this.#reportAt(at, sentence));
    for (const [name, entries] of mixes) {
      const unknown = entries.map(nameOfEntry).find((each) => each.includes(' #') && !requests.has(each));
      if (unknown === undefined) continue;
      const at = childOf(node, name) ?? node;
      this.#reportAt(at, `There is no request "${unknown}" here: describe it under "requests".`);
    }
    return mixes;
  }

  /** The login that a server or a request names. */
  #knownLogin(node: JsonNode): LoginRequest | undefined {
    const name = this.#word(node, 'login');
    const login = name === undefined ? undefined : this.#logins.get(name);
    if (name !== undefined && !login) {
      this.#reportAt(childOf(node, 'login') ?? node, `There is no login "${name}" here: describe it under "logins".`);
    }
    return login;
  }

  #headers(node: JsonNode): RequestTemplate['headers'] | undefined {
    const headers = Object.entries(this.#textMap(node, 'headers') ?? {});
    try {
      validateHeaders(headers);
      return headers;
    } catch (error) {
      this.#reportAt(childOf(node, 'headers') ?? node, describeError(error));
      return undefined;
    }
  }

  #body(node: JsonNode): string | null {
    const body = childOf(node, 'body');
    if (body === undefined) return null;
    return body.type === 'string' ? String(body.value) : JSON.stringify(valueOf(body));
  }

  #envFiles(root: JsonNode): readonly string[] | null {
    const node = childOf(root, 'envFiles');
    if (!node) return null;
    const files = (node.children ?? []).filter(({ type, value }) => type === 'string' && value !== '');
    if (node.type !== 'array' || files.length !== (node.children ?? []).length) {
      this.#reportAt(node, '"envFiles" must be a list of files, like [".env", ".env.local"].');
    }
    return files.map(({ value }) => String(value));
  }

  #timeout(node: JsonNode): number | undefined {
    const found = childOf(node, 'readyTimeoutMs');
    if (!found) return undefined;
    const value: unknown = found.value;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 600_000) return value;
    this.#reportAt(found, '"readyTimeoutMs" must be a whole number of milliseconds from 100 to 600000.');
    return undefined;
  }

  /** A folder, relative to the workspace folder; one beside it is allowed, because variants often lie there. */
  #folder(node: JsonNode, key: string): string | undefined {
    const text = this.#word(node, key);
    if (text === undefined) return undefined;
    const found = childOf(node, key) ?? node;
    if (/^([/\\]|[A-Za-z]:)/.test(text)) {
      this.#reportAt(found, `"${key}" must be relative to the workspace folder, like "../other" or "services/api".`);
      return undefined;
    }
    return text.replaceAll('\\', '/').replace(/\/+$/, '');
  }

  #word(node: JsonNode, key: string): string | undefined {
    const found = childOf(node, key);
    if (!found) return undefined;
    if (found.type === 'string' && found.value !== '') return String(found.value);
    this.#reportAt(found, `"${key}" must be a text that is not empty.`);
    return undefined;
  }

  /** An object of texts; numbers and booleans are taken as they are written. */
  #textMap(node: JsonNode, key: string): Record<string, string> | undefined {
    const found = childOf(node, key);
    if (!found) return undefined;
    const map: [string, string][] = [];
    for (const [name, value] of this.#entries(node, key)) {
      if (value.type === 'string' || value.type === 'number' || value.type === 'boolean') {
        map.push([name, String(value.value)]);
      } else {
        this.#reportAt(value, `"${name}" in "${key}" must be a text or a number.`);
      }
    }
    // fromEntries defines own properties, so that a key "__proto__" stays a key.
    return Object.fromEntries(map);
  }

  #entries(node: JsonNode, key: string): (readonly [string, JsonNode])[] {
    const found = childOf(node, key);
    if (!found || !this.#isObject(found, `"${key}"`)) return [];
    return propertiesOf(found);
  }

  #isObject(node: JsonNode, what: string): boolean {
    if (node.type === 'object') return true;
    this.#reportAt(node, `${what} must be an object in braces: { … }.`);
    return false;
  }

  #onlyKeys(node: JsonNode, known: readonly string[]): void {
    for (const property of node.children ?? []) {
      const key = property.children?.[0];
      if (!key || known.includes(String(key.value))) continue;
      const path = pathOf(node);
      const where = path === '' ? 'here' : `in "${path}"`;
      this.#reportAt(key, `"${String(key.value)}" is not known ${where}; known are ${known.join(', ')}.`);
    }
  }

  #reportAt(node: JsonNode, sentence: string): void {
    this.#report(node.offset, node.length, sentence);
  }

  #report(offset: number, length: number, sentence: string): void {
    const before = this.#text.slice(0, offset);
    const line = before.split('\n').length;
    this.mistakes.push({ sentence, offset, length, line, column: offset - (before.lastIndexOf('\n') + 1) + 1 });
  }
}

/** The working directory that is meant where the code lies in a folder of its own; an absolute one stays. */
function within(dir: string | undefined, cwd: string | undefined): string | undefined {
  if (dir === undefined || (cwd !== undefined && /^([/\\]|[A-Za-z]:)/.test(cwd))) return cwd;
  return cwd === undefined ? dir : `${dir}/${cwd}`;
}
