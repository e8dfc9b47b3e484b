/**
 * Two HTTP servers in one process, so that it can see whether requests to one ever overlap with requests to the other. Each
 * answers after `WORK_MS` milliseconds of work (arguments: of the first, of the second). Sends `{ ports }` when it listens, and
 * answers any message with `{ overlaps, served }`.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const work = process.argv.slice(2, 4).map(Number);
const open = [0, 0];
const served = [0, 0];
let overlaps = 0;

function serve(side: 0 | 1): Server {
  return createServer((_request, response) => {
    if ((open[1 - side] ?? 0) > 0) overlaps += 1;
    open[side] = (open[side] ?? 0) + 1;
    const untilMs = performance.now() + (work[side] ?? 0);
    setImmediate(() => {
      while (performance.now() < untilMs);
      response.end(side === 0 ? 'first' : 'second!');
      open[side] = (open[side] ?? 0) - 1;
      served[side] = (served[side] ?? 0) + 1;
    });
  });
}

const servers = [serve(0), serve(1)];
let listening = 0;
for (const server of servers) {
  server.listen(0, '127.0.0.1', () => {
    listening += 1;
    if (listening === 2) process.send?.({ ports: servers.map((one) => (one.address() as AddressInfo).port) });
  });
}
process.on('message', () => process.send?.({ overlaps, served }));
process.on('disconnect', () => process.exit(0));
