// Plain undici as a load generator, for comparison: one Client per connection, one request in flight on each.
// Usage: node engineUndici.mjs URL CONNECTIONS SECONDS; prints one line of JSON.
import { performance } from 'node:perf_hooks';
import { Client } from 'undici';

const [url, connections, seconds] = process.argv.slice(2);
const { origin, pathname } = new URL(url);
const latenciesMs = [];
let errors = 0;
let isOver = false;

function next(client) {
  if (isOver) return;
  const startMs = performance.now();
  client.dispatch(
    { path: pathname, method: 'GET' },
    {
      onRequestStart: () => undefined,
      onResponseStart: () => undefined,
      onResponseData: () => undefined,
      onResponseEnd: () => {
        latenciesMs.push(performance.now() - startMs);
        next(client);
      },
      onResponseError: () => {
        errors += isOver ? 0 : 1;
        next(client);
      },
    },
  );
}

const clients = Array.from({ length: Number(connections) }, () => new Client(origin));
for (const client of clients) next(client);
setTimeout(
  () => {
    isOver = true;
    latenciesMs.sort((a, b) => a - b);
    const quantile = (share) => latenciesMs[Math.floor(latenciesMs.length * share)] ?? 0;
    const rps = latenciesMs.length / Number(seconds);
    process.stdout.write(JSON.stringify({ rps, p50Ms: quantile(0.5), p99Ms: quantile(0.99), errors }), () =>
      process.exit(),
    );
  },
  Number(seconds) * 1000,
);
