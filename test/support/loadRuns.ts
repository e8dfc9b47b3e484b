import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defaultProfile } from '../../src/core/plan/defaultProfile';
import type { LoadProfile } from '../../src/core/model/loadProfile';
import type { RequestTemplate } from '../../src/core/model/request';
import type { LoadResult, RunPlan, Snapshot } from '../../src/core/model/runPlan';
import { LoadProcess } from '../../src/platform/node/loadProcess';

/** The load generator's bundle, as the extension and the command line start it. */
export function loadgenEntry(): string {
  const entry = join(process.cwd(), 'dist', 'loadgen.js');
  if (!existsSync(entry)) throw new Error('dist/loadgen.js is missing: run `npm run build` first.');
  return entry;
}

/** Twenty requests on two connections from one thread, at once: enough to see what a session sends and keeps. */
export function briefProfile(): LoadProfile {
  return {
    ...defaultProfile(),
    model: { kind: 'closed', connections: 2, pipelining: 1 },
    stop: { durationMs: null, requests: 20 },
    warmup: { kind: 'none' },
    threads: 1,
  };
}

/** A plan for tests: four connections, no warm-up, whatever else is given. */
export function planFor(url: string, profile: Partial<LoadProfile>, request: Partial<RequestTemplate> = {}): RunPlan {
  return {
    request: { method: 'GET', url, headers: [], body: null, ...request },
    allowedAddresses: null,
    profile: {
      ...defaultProfile(),
      model: { kind: 'closed', connections: 4, pipelining: 1 },
      warmup: { kind: 'none' },
      timeoutMs: 2000,
      ...profile,
    },
  };
}

export interface TestRun {
  readonly result: LoadResult;
  readonly snapshots: readonly Snapshot[];
  readonly wallMs: number;
}

/** Runs a plan in a process of its own; `whileRunning` may kill and cancel things. */
export async function runLoad(
  plan: RunPlan,
  whileRunning?: (controls: { process: LoadProcess; abort: () => void; snapshot: Snapshot }) => void,
): Promise<TestRun> {
  const process = new LoadProcess({ entry: loadgenEntry(), log: () => undefined });
  const controller = new AbortController();
  const snapshots: Snapshot[] = [];
  const startMs = performance.now();
  try {
    const result = await process.run(plan, {
      signal: controller.signal,
      onSnapshot: (snapshot) => {
        snapshots.push(snapshot);
        whileRunning?.({ process, abort: () => controller.abort(), snapshot });
      },
    });
    return { result, snapshots, wallMs: performance.now() - startMs };
  } finally {
    process.dispose();
  }
}
