import { availableParallelism, cpus, loadavg } from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { checkProfile } from '../core/plan/checkProfile';
import type { LoadResult, RunPlan } from '../core/model/runPlan';
import { resolveAddresses } from '../http/addresses';
import { Channel, type Port } from '../protocol/channel';
import type { HostToLoadgen, LoadgenToHost } from '../protocol/loadgen';
import { toDisposable } from '../util/disposable';
import { describeError, UserError } from '../util/errors';
import { LoadRun } from './loadRun';
import type { PartSetup } from '../protocol/loadPart';
import type { PartEvents } from './part';
import { LoadPart } from './phases';
import { pickAddress } from './pickAddress';
import { servePart, ThreadPart } from './threadPart';

/** The load generator's process: one run, then it ends; and it ends when its parent is gone. */
function main(): void {
  let current: LoadRun | null = null;
  let isStopped = false;

  async function start(plan: RunPlan): Promise<LoadResult> {
    if (current) throw new UserError('busy', 'A run is already under way in this load generator.');
    checkProfile(plan.profile);
    const url = new URL(plan.request.url);
    // A proxy finds the host by itself.
    const address =
      plan.proxy === undefined
        ? await pickAddress(await resolveAddresses(url, plan.allowedAddresses), url)
        : url.hostname;
    current = new LoadRun({
      plan,
      address,
      cores: availableParallelism(),
      maySpin: hasSpareCores,
      readIdleMs: () => cpus().reduce((sum, { times }) => sum + times.idle, 0),
      createPart,
      createThread: (setup, events) => new ThreadPart(new Worker(__filename), setup, events),
      onSnapshot: (snapshot) => channel.notify('run/snapshot', snapshot),
      onCheckpoint: (checkpoint) => channel.notify('run/checkpoint', checkpoint),
    });
    const result = current.run();
    if (isStopped) current.stop();
    return result;
  }

  const channel = new Channel<LoadgenToHost, HostToLoadgen>(
    processPort(),
    {
      'run/start': start,
      'run/stop': () => {
        isStopped = true;
        current?.stop();
      },
    },
    (error) => process.stderr.write(`${describeError(error)}\n`),
  );
  // Ctrl+C reaches the whole group of processes; the parent decides what becomes of the run.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => process.exit(0));
}

function createPart(setup: PartSetup, events: PartEvents): LoadPart {
  return new LoadPart(setup, Math.random, events);
}

/** One core for the server, one for each loop that spins, and nobody else waiting (Windows has no load average: 0). */
function hasSpareCores(loops: number): boolean {
  const cores = availableParallelism();
  return cores > loops && (loadavg()[0] ?? 0) <= cores - loops;
}

function processPort(): Port {
  return {
    post: (message) => void process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => {
      process.on('message', listener);
      return toDisposable(() => process.off('message', listener));
    },
  };
}

if (isMainThread) main();
else if (parentPort) servePart(parentPort, createPart);
