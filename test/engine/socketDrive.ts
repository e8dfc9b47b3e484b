import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { RequestTemplate } from '../../src/core/model/request';
import type { ErrorKind } from '../../src/core/model/run';
import type { LaneListener, Transport, TransportOptions } from '../../src/loadgen/transport/transport';

export interface Answer {
  readonly lane: number;
  readonly status: number;
  readonly startUs: number;
  readonly firstByteUs: number;
  readonly endUs: number;
  readonly headBytes: number;
  readonly bodyBytes: number;
}

/** Keeps `pipelining` requests in flight on every lane until `requests` were sent, and writes down all that it hears. */
export class ClosedDriver implements LaneListener {
  readonly answers: Answer[] = [];
  readonly failures: ErrorKind[] = [];
  readonly connectUs: number[] = [];
  sentCount = 0;
  sentBytes = 0;
  issued = 0;
  isPaused = false;
  readonly transport: Transport;
  readonly #outstanding: number[];
  readonly #requests: number;
  readonly #pipelining: number;
  #settled: () => void = () => undefined;

  constructor(create: (listener: LaneListener) => Transport, requests: number, pipelining: number) {
    this.#requests = requests;
    this.#pipelining = pipelining;
    this.transport = create(this);
    this.#outstanding = Array.from({ length: this.transport.lanes }, () => 0);
  }

  /** Resolves when every request is answered or lost; rejects after `withinMs`. */
  async run(withinMs = 10_000): Promise<this> {
    const settled = new Promise<void>((resolve) => (this.#settled = resolve));
    this.transport.open();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`Not settled: ${this.describe()}`)), withinMs);
    });
    try {
      await Promise.race([settled, late]);
    } finally {
      clearTimeout(timer);
      this.transport.close();
    }
    return this;
  }

  describe(): string {
    return `${this.issued} issued, ${this.answers.length} answered, lost: ${this.failures.join() || 'none'}`;
  }

  sent(_lane: number, bytes: number): void {
    this.sentCount += 1;
    this.sentBytes += bytes;
  }

  answered(...fields: Parameters<LaneListener['answered']>): void {
    const [lane, status, startUs, firstByteUs, endUs, headBytes, bodyBytes] = fields;
    this.answers.push({ lane, status, startUs, firstByteUs, endUs, headBytes, bodyBytes });
    this.#settle(lane);
  }

  failed(lane: number, kind: ErrorKind): void {
    this.failures.push(kind);
    this.#settle(lane);
  }

  connected(_lane: number, connectUs: number): void {
    this.connectUs.push(connectUs);
  }

  ready(lane: number): void {
    while (!this.isPaused && this.issued < this.#requests && (this.#outstanding[lane] ?? 0) < this.#pipelining) {
      this.issued += 1;
      this.#outstanding[lane] = (this.#outstanding[lane] ?? 0) + 1;
      this.transport.send(lane);
    }
  }

  #settle(lane: number): void {
    this.#outstanding[lane] = (this.#outstanding[lane] ?? 0) - 1;
    if (this.answers.length + this.failures.length === this.#requests) setImmediate(this.#settled);
  }
}

/** A raw server: `behave` is called for each request head that came on a connection, with its number there. */
export interface RawServer {
  readonly port: number;
  readonly counts: { requests: number; connections: number; bytesRead: number; bytesWritten: number };
  /** Connections that are open now. */
  open(): number;
  close(): Promise<void>;
}

export async function startRawServer(
  behave: (socket: Socket, requestOnConnection: number) => void,
  listen: { host?: string; path?: string; port?: number } = {},
): Promise<RawServer> {
  const counts = { requests: 0, connections: 0, bytesRead: 0, bytesWritten: 0 };
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    counts.connections += 1;
    sockets.add(socket);
    let onConnection = 0;
    let tail = '';
    socket.on('data', (chunk: Buffer) => {
      counts.bytesRead += chunk.length;
      const heads = (tail + chunk.toString('latin1')).split('\r\n\r\n');
      tail = heads.pop() ?? '';
      for (let left = heads.length; left > 0; left -= 1) {
        counts.requests += 1;
        behave(socket, (onConnection += 1));
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      counts.bytesWritten += socket.bytesWritten;
      sockets.delete(socket);
    });
  });
  const port = await listening(server, listen);
  return {
    port,
    counts,
    open: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export async function listening(
  server: Server,
  listen: { host?: string; path?: string; port?: number } = {},
): Promise<number> {
  server.listen(listen.path === undefined ? { host: '127.0.0.1', port: 0, ...listen } : listen);
  await once(server, 'listening');
  return listen.path === undefined ? (server.address() as AddressInfo).port : 0;
}

export function optionsFor(
  port: number,
  more: Partial<TransportOptions> & { readonly send?: Partial<RequestTemplate>; readonly scheme?: string } = {},
): TransportOptions {
  const { send, scheme = 'http', ...rest } = more;
  const request = {
    method: 'GET' as const,
    url: `${scheme}://127.0.0.1:${port}/a?b=c`,
    headers: [],
    body: null,
    ...send,
  };
  return { request, lanes: 1, pipelining: 1, timeoutMs: 2_000, insecureTls: false, address: '127.0.0.1', ...rest };
}
