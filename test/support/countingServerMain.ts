import { createServer, type Socket } from 'node:net';

/**
 * Speaks just enough HTTP/1.1 on bare sockets that every byte is known. The first part of the path says how to behave:
 * `/ok` `/ok/SIZE` (body of SIZE bytes), `/delay/MS`, `/bimodal/MS1/MS2` (every tenth answer takes MS2), `/close` (closes
 * after each answer), `/status/CODE`, `/mixed` (200, 200, 404 in turn), `/chunked`, `/reset/N` (resets in the middle of
 * every Nth answer), `/hang`, `/hang/N` (every Nth), `/garbage`, `/trickle/MS` (a byte of the body every MS), `/die/N`
 * (the process ends at the Nth request).
 */
const counts = {
  connections: 0,
  requests: 0,
  answers: 0,
  statuses: {} as Record<string, number>,
  bytesIn: 0,
  bytesOut: 0,
  open: 0,
};

const MAX_EVENTS = 50_000;
const requestsAtMs: number[] = [];
const openAtMs: [atMs: number, open: number][] = [];

function now(): number {
  return performance.timeOrigin + performance.now();
}

function noteOpen(): void {
  if (openAtMs.length < MAX_EVENTS) openAtMs.push([now(), counts.open]);
}

const server = createServer((socket) => {
  counts.connections++;
  counts.open++;
  noteOpen();
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('close', () => {
    counts.open--;
    noteOpen();
  });
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    counts.bytesIn += chunk.length;
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (;;) {
      const headEnd = pending.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const head = pending.subarray(0, headEnd).toString('latin1');
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      const end = headEnd + 4 + length;
      if (pending.length < end) return;
      pending = pending.subarray(end);
      counts.requests++;
      if (requestsAtMs.length < MAX_EVENTS) requestsAtMs.push(now());
      behave(socket, (head.split(' ')[1] ?? '/').split('/').slice(1));
    }
  });
});

function behave(socket: Socket, [name = '', first = '', second = '']: string[]): void {
  const nth = counts.requests;
  switch (name) {
    case 'delay':
      setTimeout(() => answer(socket, 200, 'slow'), Number(first));
      return;
    case 'bimodal':
      setTimeout(() => answer(socket, 200, 'slow'), nth % 10 === 0 ? Number(second) : Number(first));
      return;
    case 'close':
      answer(socket, 200, 'bye', 'Connection: close\r\n');
      socket.end();
      return;
    case 'status':
      answer(socket, Number(first), 'status');
      return;
    case 'mixed':
      answer(socket, nth % 3 === 0 ? 404 : 200, 'mixed');
      return;
    case 'chunked':
      write(socket, 200, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n');
      return;
    case 'reset':
      if (nth % Number(first) !== 0) answer(socket, 200, 'whole');
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', () => socket.resetAndDestroy());
      return;
    case 'hang':
      if (first !== '' && nth % Number(first) !== 0) answer(socket, 200, 'whole');
      return;
    case 'garbage':
      socket.write('this is not HTTP at all\r\n\r\n');
      return;
    case 'trickle':
      trickle(socket, Number(first));
      return;
    case 'die':
      if (nth >= Number(first)) process.exit(1);
      answer(socket, 200, 'alive');
      return;
    default:
      answer(socket, 200, 'x'.repeat(Number(first) || 2));
  }
}

function answer(socket: Socket, status: number, body: string, extra = ''): void {
  write(socket, status, `HTTP/1.1 ${status} Some Reason\r\n${extra}Content-Length: ${body.length}\r\n\r\n${body}`);
}

function write(socket: Socket, status: number, text: string): void {
  if (socket.destroyed) return;
  counts.answers++;
  counts.statuses[status] = (counts.statuses[status] ?? 0) + 1;
  counts.bytesOut += text.length;
  socket.write(text);
}

function trickle(socket: Socket, ms: number): void {
  socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n');
  const timer = setInterval(() => socket.write('t'), ms);
  socket.on('close', () => clearInterval(timer));
}

process.on('message', (wish) => process.send?.(wish === 'timeline' ? { requestsAtMs, openAtMs } : counts));
process.on('disconnect', () => process.exit(0));
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
