import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A process or thread wakes up so often between asking a run to end and its result: each may have to wait for a core. */
export const CANCEL_HOPS = 6;

const SLEEPER = `
const { parentPort } = require('node:worker_threads');
const sleep = new Int32Array(new SharedArrayBuffer(4));
const lagsMs = [];
let isOver = false;
parentPort.once('message', () => (isOver = true));
(function turn() {
  const startMs = performance.now();
  Atomics.wait(sleep, 0, 0, 2);
  lagsMs.push(performance.now() - startMs - 2);
  if (isOver) parentPort.postMessage(lagsMs);
  else setImmediate(turn);
})();
`;

/** How much later than it should have a thread woke up that only slept: what this machine adds to every wait. */
export interface MachineLag {
  /** `share` of the waits, 0 to 1, were no later than this. */
  readonly ms: (share: number) => number;
}

/** Watches the machine until `stop` is called. */
export async function watchLag(): Promise<{ stop(): Promise<MachineLag> }> {
  const worker = new Worker(SLEEPER, { eval: true });
  await once(worker, 'online');
  return {
    stop: async () => {
      const answer = once(worker, 'message');
      worker.postMessage('stop');
      const [lagsMs] = (await answer) as [number[]];
      await worker.terminate();
      lagsMs.sort((a, b) => a - b);
      return { ms: (share) => Math.max(0, lagsMs[Math.max(0, Math.ceil(share * lagsMs.length) - 1)] ?? 0) };
    },
  };
}
