import { LoadProcess } from '../../src/platform/node/loadProcess';
import { loadgenEntry, planFor } from './loadRuns';

/** Starts a long run and prints the load generator's process id once it measures, to be killed by a test. */
const load = new LoadProcess({ entry: loadgenEntry(), log: () => undefined });
let isTold = false;
const threads = Number(process.argv[3] ?? 1);
void load.run(planFor(process.argv[2] ?? '', { threads, stop: { durationMs: 30_000, requests: null } }), {
  signal: new AbortController().signal,
  onSnapshot: () => {
    if (!isTold) console.log(load.pids[0]);
    isTold = true;
  },
});
