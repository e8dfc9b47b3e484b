import { HTTP_METHODS, type HttpMethod } from '../model/endpoint';
import type { RequestTemplate } from '../model/request';
import { UserError } from '../../util/errors';
import { basicCredentials } from './authorization';
import { hasHeader } from './headers';
import { importedRequest, type ImportedRequest } from './importedRequest';
import { quoteWord, shellWords } from './shellWords';

/** Options that take a value and say nothing about the request itself. */
const IGNORED_WITH_VALUE = new Set(
  [
    '-o -w -m -c -D -r -y -Y -z -C -K -E -U -P -Q -t --output --write-out --max-time --connect-timeout --cookie-jar',
    '--dump-header --range --retry --retry-delay --retry-max-time --max-redirs --limit-rate --cacert --capath --cert',
    '--key --cert-type --key-type --pass --ciphers --tls-max --proto --proto-redir --resolve --connect-to --interface',
    '--local-port --stderr --trace --trace-ascii --noproxy -x --proxy --proxy-user --socks5 --dns-servers --keepalive-time',
  ]
    .join(' ')
    .split(' '),
);
const SHORT_WITH_VALUE = new Set('XHdubAeFToTwmcDrzyYCKEUPQtx');

/**
 * Reads a `curl` command as it is copied from a browser, a document or a shell. Nothing is run and no file is read. Fails with
 * `curl-invalid` for what is no such command or needs a file, `shell-quote`, `target-url` and `header-invalid`.
 *
 * Examples: `curl -X POST http://127.0.0.1:8000/a -H 'Accept: x' -d '{"b":1}'`; `curl 127.0.0.1/a -u me:pw --compressed -k`
 */
export function parseCurl(command: string): ImportedRequest {
  const words = shellWords(command.trim().replace(/^\$\s+/, ''));
  const start = words.findIndex((word) => /(?:^|[\\/])curl(?:\.exe)?$/.test(word));
  if (start !== 0) throw curlInvalid('This is no curl command: copy one that begins with "curl".');
  const reader = new CurlReader();
  for (const [name, value] of optionsOf(words.slice(1))) reader.take(name, value);
  return reader.finish();
}

/**
 * A request as one command for a POSIX shell. References to secrets stay references. A body of bytes comes out of `base64`.
 * `parseCurl` reads it as the same request.
 */
export function formatCurl({ method, url, headers, body }: RequestTemplate): string {
  const parts = ['curl'];
  if (method === 'HEAD') parts.push('-I');
  else if (method !== (body === null ? 'GET' : 'POST')) parts.push(`-X ${method}`);
  if (/[[\]{}]/.test(url)) parts.push('-g');
  parts.push(quoteWord(url));
  for (const [name, value] of headers) parts.push(`-H ${quoteWord(value === '' ? `${name};` : `${name}: ${value}`)}`);
  if (body === null) return parts.join(' ');
  // Without this line curl would call the body a form.
  if (!hasHeader(headers, 'content-type')) parts.push(`-H 'Content-Type:'`);
  if ('text' in body) return [...parts, `--data-raw ${quoteWord(body.text)}`].join(' ');
  return `printf %s ${quoteWord(body.base64)} | base64 -d | ${[...parts, '--data-binary @-'].join(' ')}`;
}

class CurlReader {
  #url: string | undefined;
  #method: string | undefined;
  #isGet = false;
  #isHead = false;
  #insecure = false;
  readonly #headers: [string, string][] = [];
  readonly #removed = new Set<string>();
  readonly #data: string[] = [];
  #json = false;

  take(name: string, value: string): void {
    switch (name) {
      case '':
      case '--url':
        if (this.#url !== undefined)
          throw curlInvalid(`The command names two URLs, "${value}" is the second: copy one.`);
        this.#url = value;
        return;
      case '-X':
      case '--request':
        this.#method = value;
        return;
      case '-H':
      case '--header':
        this.#header(value);
        return;
      case '-d':
      case '--data':
      case '--data-ascii':
      case '--data-binary':
        if (value.startsWith('@')) throw fileNeeded(value.slice(1));
        this.#data.push(value);
        return;
      case '--data-raw':
        this.#data.push(value);
        return;
      case '--data-urlencode':
        this.#data.push(urlEncoded(value));
        return;
      case '--json':
        if (value.startsWith('@')) throw fileNeeded(value.slice(1));
        this.#data.push(value);
        this.#json = true;
        return;
      case '-u':
      case '--user':
        this.#set('Authorization', `Basic ${basicCredentials(...splitUser(value))}`);
        return;
      case '--oauth2-bearer':
        this.#set('Authorization', `Bearer ${value}`);
        return;
      case '-b':
      case '--cookie':
        if (!value.includes('=')) throw fileNeeded(value);
        this.#set('Cookie', value);
        return;
      case '-A':
      case '--user-agent':
        this.#set('User-Agent', value);
        return;
      case '-e':
      case '--referer':
        this.#set('Referer', value);
        return;
      case '--compressed':
        this.#set('Accept-Encoding', 'gzip, deflate, br');
        return;
      case '-k':
      case '--insecure':
        this.#insecure = true;
        return;
      case '-G':
      case '--get':
        this.#isGet = true;
        return;
      case '-I':
      case '--head':
        this.#isHead = true;
        return;
      case '-F':
      case '--form':
      case '--form-string':
      case '-T':
      case '--upload-file':
        throw curlInvalid(`${name} sends files or a form in parts, which cannot be imported: give the body with -d.`);
    }
  }

  finish(): ImportedRequest {
    if (this.#url === undefined) throw curlInvalid('The curl command has no URL: copy the whole command.');
    const hasData = this.#data.length > 0 && !this.#isGet;
    const method = (this.#method ?? (this.#isHead ? 'HEAD' : hasData ? 'POST' : 'GET')) as HttpMethod;
    if (!HTTP_METHODS.includes(method))
      throw curlInvalid(`"${method}" is no method that can be sent: use GET, POST, ….`);
    const typed = /^[a-z][a-z\d+.-]*:\/\//i.test(this.#url) ? this.#url : `http://${this.#url}`;
    const added = this.#isGet && this.#data.length > 0 ? this.#data.join('&') : '';
    const url = added === '' ? typed : `${typed}${typed.includes('?') ? '&' : '?'}${added}`;
    const headers = [...this.#headers];
    const add = (name: string, value: string): void => {
      if (!hasHeader(headers, name) && !this.#removed.has(name.toLowerCase())) headers.push([name, value]);
    };
    if (hasData) add('Content-Type', this.#json ? 'application/json' : 'application/x-www-form-urlencoded');
    if (this.#json) add('Accept', 'application/json');
    const text = this.#data.join(this.#json ? '' : '&');
    return {
      ...importedRequest({ method, url, headers, body: hasData ? { text } : null }),
      insecureTls: this.#insecure,
    };
  }

  #header(line: string): void {
    if (line.startsWith('@')) throw fileNeeded(line.slice(1));
    const empty = /^([^:;]+);\s*$/.exec(line)?.[1];
    if (empty !== undefined) {
      this.#headers.push([empty.trim(), '']);
      return;
    }
    const colon = line.indexOf(':');
    if (colon < 1) throw curlInvalid(`"${line}" is no header: write it like "Accept: application/json".`);
    const [name, value] = [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    if (value === '') this.#removed.add(name.toLowerCase());
    else this.#headers.push([name, value]);
  }

  #set(name: string, value: string): void {
    if (!hasHeader(this.#headers, name)) this.#headers.push([name, value]);
  }
}

/** Options with their values; a URL has the name ``. Short options may stand together: `-sSk`, `-XPOST`. */
function optionsOf(words: readonly string[]): readonly (readonly [name: string, value: string])[] {
  const options: [string, string][] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word.startsWith('--')) {
      options.push([word, takesValue(word) ? (rest.shift() ?? '') : '']);
    } else if (word.startsWith('-') && word.length > 1) {
      for (let at = 1; at < word.length; at += 1) {
        const letter = word.charAt(at);
        if (!SHORT_WITH_VALUE.has(letter)) options.push([`-${letter}`, '']);
        else {
          const attached = word.slice(at + 1);
          options.push([`-${letter}`, attached === '' ? (rest.shift() ?? '') : attached]);
          break;
        }
      }
    } else options.push(['', word]);
  }
  return options;
}

const LONG_WITH_VALUE =
  /^--(?:url|request|header|data|data-ascii|data-binary|data-raw|data-urlencode|json|user|oauth2-bearer|cookie|user-agent|referer|form|form-string|upload-file)$/;

function takesValue(name: string): boolean {
  return LONG_WITH_VALUE.test(name) || IGNORED_WITH_VALUE.has(name);
}

function urlEncoded(value: string): string {
  const at = value.indexOf('=');
  if (at < 0 && value.includes('@')) throw fileNeeded(value.slice(value.indexOf('@') + 1));
  return at > 0
    ? `${value.slice(0, at)}=${encodeURIComponent(value.slice(at + 1))}`
    : encodeURIComponent(value.slice(at + 1));
}

function splitUser(value: string): [user: string, password: string] {
  const at = value.indexOf(':');
  return at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)];
}

function fileNeeded(file: string): UserError {
  return curlInvalid(
    `The command reads the file "${file}", which an import does not: put its content into the command.`,
  );
}

function curlInvalid(sentence: string): UserError {
  return new UserError('curl-invalid', sentence);
}
