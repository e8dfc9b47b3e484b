import { availableParallelism, cpus, loadavg } from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { checkMix } from '../core/plan/checkMix';
import { checkProfile } from '../core/plan/checkProfile';
import type { PairPlan, PairResult } from '../core/model/pairPlan';
import type { RequestTemplate } from '../core/model/request';
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
import { PairRound } from './pair/pairRound';
import { pickAddress } from './pickAddress';
import { servePart, ThreadPart } from './threadPart';

interface Stoppable<T> {
  run(): Promise<T>;
  stop(): void;
}

/** The load generator's process: one run, then it ends; and it ends when its parent is gone. */
function main(): void {
  let current: Stoppable<unknown> | null = null;
  let isStopped = false;

  async function start(plan: RunPlan): Promise<LoadResult> {
    refuseSecond(current);
    checkProfile(plan.profile);
    if (plan.mix) checkMix(plan.mix.requests);
    // A proxy finds the host by itself.
    const address =
      plan.proxy === undefined
        ? await addressOf(plan.request, plan.allowedAddresses)
        : new URL(plan.request.url).hostname;
    const run = new LoadRun({
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
    return begin(run);
  }

  async function startPair(plan: PairPlan): Promise<PairResult> {
    refuseSecond(current);
    const { before, after } = plan.sides;
    const addresses = {
      before: await addressOf(before.request, before.allowedAddresses),
      after: await addressOf(after.request, after.allowedAddresses),
    };
    return begin(new PairRound(plan, addresses, (progress) => channel.notify('pair/progress', progress)));
  }

  function begin<T>(run: Stoppable<T>): Promise<T> {
    current = run;
    const result = run.run();
    if (isStopped) run.stop();
    return result;
  }

  const channel = new Channel<LoadgenToHost, HostToLoadgen>(
    processPort(),
    {
      'run/start': start,
      'pair/start': startPair,
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

function refuseSecond(current: Stoppable<unknown> | null): void {
  if (current) throw new UserError('busy', 'A run is already under way in this load generator.');
}

/** The IP address to load, looked up once. */
async function addressOf({ url }: RequestTemplate, allowed: readonly string[] | null): Promise<string> {
  const target = new URL(url);
  return pickAddress(await resolveAddresses(target, allowed), target);
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
