import type { SideBySideEvents, SideBySideServices } from '../../src/session/sideBySide';
import type { CommitOrder, CommitServices } from '../../src/session/compareWithCommit';
import { DEFAULT_LAUNCH_PRIOR } from '../../src/core/compare/launchInterval';
import type { Server } from '../../src/core/model/server';
import { LoadProcess } from '../../src/platform/node/loadProcess';
import { loadgenEntry } from './loadRuns';

/**
 * A server that works for `WORK_MS` for each answer (as `work.js` exports it), says what `answer.js` says and can be told by
 * `work.js` to end. It prints its environment's size when it starts.
 */
export const SERVER_FILES: Readonly<Record<string, string>> = {
  'server.js': `
const { createServer } = require('node:http');
const { workMs, status = 200, endAfter = Infinity } = require('./work.js');
let served = 0;
createServer((request, response) => {
  const until = performance.now() + workMs;
  while (performance.now() < until);
  if (++served > endAfter) { console.error('out of cheese'); process.exit(7); }
  response.statusCode = request.url === '/' ? 200 : status;
  response.end(JSON.stringify({ environment: Object.entries(process.env).join().length, cwd: process.cwd().length }));
}).listen(Number(process.argv[2]), '127.0.0.1');
`,
  'work.js': 'module.exports = { workMs: 2 };\n',
};

export const PAIRED_SERVER: Server = {
  name: 'dev',
  baseUrl: 'http://127.0.0.1:{port}',
  start: { command: 'exec node server.js {port}' },
};

/** As short as an interval allows: 1 s blocks, six of them, after half a second of warm-up. */
export const SHORT_PACE = {
  warmup: { leastMs: 500, leastRequestsPerArm: 50, mostMs: 1500 },
  blocks: 6,
  shortBlocks: true,
} as const;

export function orderFor(folder: string, change: Partial<CommitOrder> = {}): CommitOrder {
  return {
    folder,
    against: 'HEAD',
    candidate: null,
    server: PAIRED_SERVER,
    request: (baseUrl) => ({ method: 'GET', url: `${baseUrl}/item`, headers: [], body: null }),
    id: 'GET /item',
    load: { connections: 2, pipelining: 1, timeoutMs: 2000, transport: 'auto', http2: false, insecureTls: false },
    margin: 0.03,
    budgetMs: 60_000,
    quick: true,
    prior: DEFAULT_LAUNCH_PRIOR,
    seed: 7,
    warnings: [],
    pace: SHORT_PACE,
    ...change,
  };
}

export interface TestServices extends CommitServices {
  readonly load: SideBySideServices['load'] & { dispose(): void };
}

/** Real load generator and supervisor; every question is answered with yes. */
export function servicesFor(storage: string): TestServices {
  return {
    load: new LoadProcess({ entry: loadgenEntry(), log: () => undefined }),
    resolveHost: () => Promise.reject(new Error('no name is looked up here')),
    prompts: { confirm: () => Promise.resolve(true) },
    consents: { has: () => false, add: () => undefined },
    storage,
    supervisor: { script: 'dist/supervisor.js' },
    onOutput: () => undefined,
  };
}

/** Aborts as soon as something happens whose description holds the text: a step's sentence, `warmup`, or `measure`. */
export function abortAt(text: string): { readonly events: SideBySideEvents; readonly signal: AbortSignal } {
  const abort = new AbortController();
  const look = (what: string): void => {
    if (what.includes(text)) abort.abort();
  };
  return {
    events: { onStep: (sentence) => look(sentence), onProgress: ({ phase }) => look(phase) },
    signal: abort.signal,
  };
}
