import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { startSampler } from '../../src/servers/sampler';

// What it costs to watch a server: CPU of a process that does nothing else, alternately with and without the sampler.
// Usage: npm run bench:servers [-- ROUNDS [SECONDS]]

const ROUNDS = Number(process.argv[2] ?? 4);
const SECONDS = Number(process.argv[3] ?? 8);
const GOAL_PERCENT = 1;

if (process.send) {
  process.once('message', ({ port, watch }: { port: number; watch: boolean }) => void measure(port, watch));
} else {
  void compare().then((code) => (process.exitCode = code));
}

async function compare(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const costs: Record<'with' | 'without', number[]> = { with: [], without: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const watch of round % 2 === 0 ? [true, false] : [false, true]) {
      const percent = await oneProcess(port, watch);
      costs[watch ? 'with' : 'without'].push(percent);
      console.log(`${watch ? 'with   ' : 'without'}  ${percent.toFixed(3)} % of a core`);
    }
  }
  server.close();
  const cost = median(costs.with) - median(costs.without);
  const verdict = cost < GOAL_PERCENT ? 'reached' : 'NOT reached';
  console.log(`Sampling costs ${cost.toFixed(2)} % of a core (median of ${ROUNDS} rounds of ${SECONDS} s).`);
  console.log(`Goal: less than ${GOAL_PERCENT} %: ${verdict}.`);
  return cost < GOAL_PERCENT ? 0 : 1;
}

async function oneProcess(port: number, watch: boolean): Promise<number> {
  const child: ChildProcess = fork(import.meta.filename, process.argv.slice(2), { execArgv: ['--import', 'tsx'] });
  child.send({ port, watch });
  const [percent] = (await once(child, 'message')) as [number];
  child.disconnect();
  return percent;
}

/** The port is the parent's, so that a real tree is watched: this process is in it. */
async function measure(port: number, watch: boolean): Promise<void> {
  const sampler = watch ? startSampler(port) : null;
  sampler?.begin();
  await pause(500);
  const before = process.cpuUsage();
  const beganMs = performance.now();
  await pause(SECONDS * 1000);
  const { user, system } = process.cpuUsage(before);
  const percent = (user + system) / 10 / (performance.now() - beganMs);
  sampler?.end();
  sampler?.dispose();
  process.send?.(percent);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
