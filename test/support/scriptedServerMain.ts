import { createServer } from 'node:net';

/**
 * Answers after a time that a script says, and writes down how long each answer really took here: from reading the request to
 * writing the answer. `/constant`: 10 ms. `/bimodal`: 5 ms, every tenth 60 ms. `/tail`: Pareto with index 1.2 from 3 ms to 250 ms.
 * `/stops`: 2 ms, but nothing at all in the first half of each second.
 */
let servicesMs: number[] = [];
let count = 0;
let state = 12_345;

/** Uniform in [0, 1), the same in every process (Lehmer's generator, modulus 2^31 - 1). */
function random(): number {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
}

function delayMs(path: string): number {
  switch (path) {
    case '/bimodal':
      return count % 10 === 0 ? 60 : 5;
    case '/tail':
      return Math.min(250, 3 * (1 - random()) ** (-1 / 1.2));
    case '/stops': {
      const intoSecondMs = performance.now() % 1000;
      return intoSecondMs < 500 ? 500 - intoSecondMs + 2 : 2;
    }
    default:
      return 10;
  }
}

const server = createServer({ noDelay: true }, (socket) => {
  let pending = '';
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    const receivedMs = performance.now();
    const heads = (pending + chunk.toString('latin1')).split('\r\n\r\n');
    pending = heads.pop() ?? '';
    for (const head of heads) {
      count += 1;
      const place = servicesMs.push(Number.NaN) - 1;
      const answer = (): void => {
        servicesMs[place] = performance.now() - receivedMs;
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      };
      setTimeout(answer, delayMs(head.split(' ')[1] ?? ''));
    }
  });
});

process.on('message', () => {
  process.send?.(servicesMs);
  servicesMs = [];
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address ? address.port : 0);
});
