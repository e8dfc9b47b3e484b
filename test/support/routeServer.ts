import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What came and went for one path; bytes are those of whole requests and answers. */
export interface RouteCounts {
  requests: number;
  bytesIn: number;
  bytesOut: number;
}

/** How a path is answered. */
export interface Route {
  readonly status?: number;
  readonly body?: string;
  readonly delayMs?: number;
}

/** A server that counts every path by itself, on bare sockets, so that every byte is known. */
export class RouteServer {
  readonly paths: string[] = [];
  readonly counts = new Map<string, RouteCounts>();
  readonly #routes: Readonly<Record<string, Route>>;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(routes: Readonly<Record<string, Route>>) {
    this.#routes = routes;
    this.#server = createServer((socket) => this.#serve(socket));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  reset(): void {
    this.paths.length = 0;
    this.counts.clear();
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    let pending = '';
    let last = Promise.resolve();
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      for (;;) {
        const headEnd = pending.indexOf('\r\n\r\n');
        if (headEnd < 0) return;
        const end = headEnd + 4 + Number(/\r\ncontent-length: *(\d+)/i.exec(pending.slice(0, headEnd))?.[1] ?? 0);
        if (pending.length < end) return;
        const [method = '', path = ''] = pending.split(' ');
        this.#count(path, { requests: 1, bytesIn: end, bytesOut: 0 });
        this.paths.push(path);
        pending = pending.slice(end);
        // Answers go out in the order of their requests.
        last = last.then(() => this.#answer(socket, method, path));
      }
    });
  }

  async #answer(socket: Socket, method: string, path: string): Promise<void> {
    const { status = 200, body = 'ok', delayMs = 0 } = this.#routes[path.split('?')[0] ?? ''] ?? { status: 404 };
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (socket.destroyed) return;
    const head = `HTTP/1.1 ${status} Reason\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n`;
    const text = method === 'HEAD' ? head : head + body;
    this.#count(path, { requests: 0, bytesIn: 0, bytesOut: text.length });
    socket.write(text);
  }

  #count(path: string, { requests, bytesIn, bytesOut }: RouteCounts): void {
    const counts = this.counts.get(path) ?? { requests: 0, bytesIn: 0, bytesOut: 0 };
    counts.requests += requests;
    counts.bytesIn += bytesIn;
    counts.bytesOut += bytesOut;
    this.counts.set(path, counts);
  }
}
