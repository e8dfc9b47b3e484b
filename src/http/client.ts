import { isIP, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { buildConnector, Client, errors, type Dispatcher } from 'undici';
import type { BodyContent, RequestTemplate, SingleResponse } from '../core/model/request';
import { unixPathOf } from '../core/request/unixSocket';
import { bareHost, portOf } from '../core/request/urlPlace';
import { CancelledError, errorCode } from '../util/errors';
import { resolveAddresses } from './addresses';
import { closedByUs, requestFailed, timedOut } from './failures';
import { openTunnel, proxyAuthorization } from './proxyTunnel';

export type HttpVersion = '1.1' | '2';

/** Hears of one request on an `HttpConnection`. Ends with exactly one of `ended` and `failed`. */
export interface ExchangeListener {
  /** The connection is open and the request is about to be written to it. */
  started(): void;
  head(status: number, statusText: string, headers: () => [name: string, value: string][]): void;
  data(chunk: Uint8Array): void;
  ended(): void;
  failed(error: unknown): void;
}

export interface HttpConnectionOptions {
  readonly request: RequestTemplate;
  /** The IP address to connect to, or a Unix socket as `unix:/path`, whatever the URL's name resolves to. */
  readonly address: string;
  readonly insecureTls: boolean;
  /** URL of a proxy; `address` is then not looked at, because the proxy finds the host. */
  readonly proxy?: string | null;
  readonly http2: boolean;
  /** Requests in flight at once on the connection. */
  readonly pipelining: number;
  readonly connectTimeoutMs: number;
  /** The connection begins to open. */
  readonly onConnecting?: () => void;
  /** `version`: what was agreed on when the connection opened. */
  readonly onConnected?: (version: HttpVersion) => void;
}

/** One connection at a time to one server, reopened when it closed; it sends the same request again and again. */
export interface HttpConnection {
  /**
   * Sends the request, or another one to the same server, opening the connection first when needed. Returns a function that
   * takes this one request back.
   */
  send(listener: ExchangeListener, other?: RequestTemplate): (reason: Error) => void;
  /** Bytes on the present socket since it opened; null for HTTP/2, where they are not to be had. */
  traffic(): { readonly read: number; readonly written: number } | null;
  /** Closes at once; requests in flight fail with `error`. */
  destroy(error: Error): void;
}

/** Opens lazily: nothing is sent before the first `send`. */
export function openConnection(options: HttpConnectionOptions): HttpConnection {
  const url = new URL(options.request.url);
  const proxy = options.proxy ? new URL(options.proxy) : null;
  // A proxy passes plain requests on (RFC 9112 section 3.2.2); anything else goes through a tunnel.
  const isForwarded = proxy !== null && url.protocol === 'http:';
  let socket: { readonly bytesRead: number; readonly bytesWritten: number } | null = null;
  const unixPath = unixPathOf(options.address);
  const connectorOptions = {
    ...(unixPath === null ? {} : { socketPath: unixPath }),
    rejectUnauthorized: !options.insecureTls,
    allowH2: options.http2,
    // Without TLS nothing is negotiated: HTTP/2 was asked for, so it is spoken from the first byte.
    useH2c: options.http2 && url.protocol === 'http:',
    timeout: options.connectTimeoutMs,
  };
  const connect = buildConnector(connectorOptions);
  const settings = {
    pipelining: options.pipelining,
    allowH2: options.http2,
    maxConcurrentStreams: options.pipelining,
    // Time limits are the caller's: undici's own have a resolution of half a second.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Only the server ends an idle connection; a hint of one second must not make every answer the last.
    keepAliveTimeout: 600_000,
    keepAliveTimeoutThreshold: 0,
    connect: (to: buildConnector.Options, done: buildConnector.Callback) => {
      options.onConnecting?.();
      const servername = to.servername ?? (isIP(url.hostname) ? undefined : url.hostname);
      const target = { ...to, hostname: options.address, ...(servername === undefined ? {} : { servername }) };
      const connected: buildConnector.Callback = (...result) => {
        socket = result[1];
        if (result[1]) options.onConnected?.(versionOf(result[1], connectorOptions.useH2c));
        done(...result);
      };
      if (proxy === null || isForwarded) connect(proxy === null ? target : to, connected);
      else tunnel(proxy, url, options.connectTimeoutMs, (inner) => connect({ ...to, ...inner }, connected), done);
    },
  };
  const client = new Client(isForwarded ? proxy.origin : url.origin, settings);
  const prepare = (template: RequestTemplate): Dispatcher.DispatchOptions =>
    isForwarded ? forwardOptions(template, proxy) : dispatchOptions(template, new URL(template.url));
  const request = prepare(options.request);
  return {
    send: (listener, other) => {
      const exchange = new Exchange(listener);
      const isSame = other === undefined || other === options.request;
      client.dispatch(isSame ? request : prepare(other), exchange);
      return (reason) => exchange.abort(reason);
    },
    traffic: () => (socket && !options.http2 ? { read: socket.bytesRead, written: socket.bytesWritten } : null),
    destroy: (error) => void client.destroy(error).catch(() => undefined),
  };
}

function versionOf(socket: Socket, isClearHttp2: boolean): HttpVersion {
  const isAgreed = socket instanceof TLSSocket && socket.alpnProtocol === 'h2';
  return isAgreed || isClearHttp2 ? '2' : '1.1';
}

/** Opens a tunnel and gives it to undici as the socket to speak over; a failure goes to `done`. */
function tunnel(
  proxy: URL,
  to: URL,
  timeoutMs: number,
  speak: (inner: { httpSocket: Socket; servername: string }) => void,
  done: buildConnector.Callback,
): void {
  const host = bareHost(to);
  const authority = `${to.hostname}:${portOf(to)}`;
  openTunnel({ proxy, authority, timeoutMs }, (error, socket) => {
    if (socket) speak({ httpSocket: socket, servername: isIP(host) ? '' : host });
    else done(error ?? closedByUs(), null);
  });
}

/** Between undici's handler and ours. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #listener: ExchangeListener;
  #controller: Dispatcher.DispatchController | null = null;
  #abortReason: Error | null = null;
  #status = 0;
  #settled = false;

  constructor(listener: ExchangeListener) {
    this.#listener = listener;
  }

  abort(reason: Error): void {
    this.#abortReason = reason;
    this.#controller?.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // undici writes a request again when the connection closed before its turn; a load generator counts that as lost.
    const isRetry = this.#controller !== null;
    this.#controller = controller;
    if (this.#abortReason) controller.abort(this.#abortReason);
    else if (isRetry) controller.abort(closedByUs());
    else this.#listener.started();
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, _: unknown, statusText?: string): void {
    if (status < 200) return;
    this.#status = status;
    this.#listener.head(status, statusText ?? '', () => pairHeaders(controller.rawHeaders));
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#listener.data(chunk);
  }

  onResponseEnd(): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#listener.ended();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (this.#settled) return;
    this.#settled = true;
    // The length that a 304 names is that of the body it does not have (RFC 9110 section 15.4.5).
    if (this.#status === 304 && errorCode(error) === LENGTH_MISMATCH) this.#listener.ended();
    else this.#listener.failed(this.#abortReason ?? withParserCode(error, this.#status > 0));
  }
}

const LENGTH_MISMATCH = 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';

/**
 * undici 7 looks up its parser's error codes in a table that is keyed the other way round, so that they are all undefined;
 * an error without data left to parse came from the end of the connection. Lengths that contradict each other in the head, an upgrade
 * that nobody asked for and interim answers that it does not know have codes of a connection that broke.
 */
function withParserCode(error: Error, hasHead: boolean): Error {
  const code = errorCode(error);
  const isOddHead = !hasHead && (code === LENGTH_MISMATCH || /^bad (upgrade|response)$/.test(error.message));
  if (isOddHead) return Object.assign(new Error(error.message, { cause: error }), { code: 'HPE_INVALID' });
  if (!(error instanceof errors.HTTPParserError) || code !== undefined) return error;
  return Object.assign(error, { code: 'data' in error && error.data ? 'HPE_INVALID' : 'HPE_INVALID_EOF_STATE' });
}

export interface SendOptions {
  /** For the whole exchange, connecting included. */
  readonly timeoutMs: number;
  readonly insecureTls: boolean;
  /** Reading stops there; the answer is then marked `truncated`. */
  readonly maxBodyBytes: number;
  readonly signal?: AbortSignal;
  /** The addresses that were let pass; a name that resolves elsewhere by now is refused. */
  readonly allowedAddresses?: readonly string[] | null;
  /** URL of a proxy to go through. */
  readonly proxy?: string | null;
  /** Speak HTTP/2, unless the server agrees to HTTP/1.1 only. */
  readonly http2?: boolean;
}

/**
 * Sends one request and reads its answer; redirects are answers, not followed. Raises `CancelledError` on abort and
 * UserErrors `refused`, `reset`, `timeout`, `dns`, `tls`, `malformed`, `ports`, `descriptors`, `unreachable`, `other`,
 * `bad-request` (the request cannot be written) and `address-not-allowed`.
 */
export async function sendOnce(request: RequestTemplate, options: SendOptions): Promise<SingleResponse> {
  const url = new URL(request.url);
  const signal = options.signal ?? new AbortController().signal;
  if (signal.aborted) throw new CancelledError();
  const deadlineMs = performance.now() + options.timeoutMs;
  const addresses = options.proxy ? [url.hostname] : await resolveAddresses(url, options.allowedAddresses ?? null);
  for (const [position, address] of addresses.entries()) {
    try {
      return await exchangeOnce(request, address, deadlineMs, { ...options, signal });
    } catch (error) {
      if (error instanceof CancelledError) throw error;
      // `localhost` is often two addresses and the server listens on one of them.
      if (errorCode(error) !== 'ECONNREFUSED' || position === addresses.length - 1) {
        throw requestFailed(url, error, options);
      }
    }
  }
  throw requestFailed(url, null, options);
}

function exchangeOnce(
  request: RequestTemplate,
  address: string,
  deadlineMs: number,
  options: SendOptions & { readonly signal: AbortSignal },
): Promise<SingleResponse> {
  const { signal, insecureTls, maxBodyBytes } = options;
  const startMs = performance.now();
  const leftMs = Math.max(1, deadlineMs - startMs);
  let httpVersion: HttpVersion = '1.1';
  const connection = openConnection({
    request,
    address,
    insecureTls,
    proxy: options.proxy ?? null,
    http2: options.http2 === true,
    pipelining: 1,
    connectTimeoutMs: leftMs,
    onConnected: (agreed) => (httpVersion = agreed),
  });
  let release = (): void => undefined;
  return new Promise<SingleResponse>((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let bodyBytes = 0;
    let answer: Pick<SingleResponse, 'status' | 'statusText' | 'headers'> = { status: 0, statusText: '', headers: [] };
    const onAbort = (): void => reject(new CancelledError());
    const timer = setTimeout(() => reject(timedOut()), leftMs);
    signal.addEventListener('abort', onAbort);
    release = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const finish = (truncated: boolean): void => {
      const body = Buffer.concat(chunks).subarray(0, maxBodyBytes);
      const durationMs = performance.now() - startMs;
      resolve({ ...answer, bodyText: body.toString('utf8'), bodyBytes, truncated, durationMs, httpVersion });
    };
    try {
      connection.send({
        started: () => undefined,
        head: (status, statusText, headers) => (answer = { status, statusText, headers: headers() }),
        data: (chunk) => {
          bodyBytes += chunk.byteLength;
          chunks.push(chunk);
          if (bodyBytes > maxBodyBytes) finish(true);
        },
        ended: () => finish(false),
        failed: reject,
      });
    } catch (error) {
      reject(error instanceof Error ? error : closedByUs());
    }
  }).finally(() => {
    release();
    connection.destroy(closedByUs());
  });
}

/** The whole URL as the target, and the host that is meant: how a proxy is asked to pass a request on. */
function forwardOptions(request: RequestTemplate, proxy: URL): Dispatcher.DispatchOptions {
  const url = new URL(request.url);
  const credentials = proxyAuthorization(proxy);
  const hasHost = request.headers.some(([name]) => name.toLowerCase() === 'host');
  const headers = [
    ...(hasHost ? [] : [['Host', url.host] as const]),
    ...(credentials ? [credentials] : []),
    ...request.headers,
  ];
  return { ...dispatchOptions({ ...request, headers }, url), path: url.origin + url.pathname + url.search };
}

function dispatchOptions(request: RequestTemplate, url: URL): Dispatcher.DispatchOptions {
  return {
    method: request.method,
    path: url.pathname + url.search,
    headers: request.headers.flat(),
    body: request.body ? bodyBytes(request.body) : null,
    // Pipelining is asked for by the caller; undici would hold back all but GET and HEAD.
    idempotent: true,
    blocking: false,
  };
}

function bodyBytes(body: BodyContent): Buffer {
  return 'text' in body ? Buffer.from(body.text, 'utf8') : Buffer.from(body.base64, 'base64');
}

function pairHeaders(raw: Dispatcher.DispatchController['rawHeaders']): [string, string][] {
  const parts = Array.isArray(raw)
    ? raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')))
    : [];
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) pairs.push([parts[index] ?? '', parts[index + 1] ?? '']);
  return pairs;
}
