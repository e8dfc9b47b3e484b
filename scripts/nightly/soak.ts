/**
 * Loads a counting server for a long time and holds the load generator to what must not change with the length of a run:
 * its memory, and that not one request is lost. Build first (`npm run build`): the product's own process is what runs.
 * Usage: `npm run soak -- [--minutes 30] [--only closing]`. Each scene gets an equal part of the time. Ends with exit code 1
 * when a bound is broken. Load goes to 127.0.0.1 only.
 */
import { parseArgs } from 'node:util';
import type { LoadProfile } from '../../src/core/model/loadProfile';
import type { LoadResult } from '../../src/core/model/runPlan';
import { startCountingServer, type CountingServer } from '../../test/support/countingServer';
import { countedSince } from '../../test/support/exactness';
import { planFor, runLoad } from '../../test/support/loadRuns';

interface Scene {
  readonly name: string;
  readonly path: string;
  readonly profile: Partial<LoadProfile>;
}

const closed = (connections: number) => ({ kind: 'closed', connections, pipelining: 1 }) as const;

const SCENES: readonly Scene[] = [
  { name: 'keep-alive', path: '/ok', profile: { model: closed(64) } },
  { name: 'two threads', path: '/ok', profile: { model: closed(64), threads: 2 } },
  { name: '1,000 connections', path: '/delay/20', profile: { model: closed(1000) } },
  { name: 'closing', path: '/close', profile: { model: closed(16) } },
  { name: 'resets', path: '/reset/50', profile: { model: closed(16) } },
  {
    name: 'open loop',
    path: '/delay/2',
    profile: { model: { kind: 'open', ratePerS: 2000, arrivals: 'poisson', maxConnections: 64 } },
  },
  { name: 'undici', path: '/ok', profile: { model: closed(64), transport: 'undici' } },
];

/** Memory of the whole process of the generator, Node included. */
const MOST_MB = { default: 150, 'two threads': 220, undici: 250 } as Readonly<Record<string, number>>;
/** What may be added between the second and the last fifth of a scene. */
const MOST_GROWTH_MB = 12;
const MOST_ROWS = 1200;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, only: { type: 'string', default: '' } },
});

void main();

async function main(): Promise<void> {
  const minutes = Number(values.minutes);
  const scenes = SCENES.filter(({ name }) => name.includes(values.only));
  if (!(minutes > 0) || scenes.length === 0) {
    console.error('Usage: npm run soak -- [--minutes 30] [--only NAME]; no such scene, or no time.');
    process.exit(2);
  }
  const durationMs = Math.round((minutes * 60_000) / scenes.length);
  const server = await startCountingServer();
  let broken = 0;
  try {
    for (const scene of scenes) {
      const faults = await soak(scene, server, durationMs);
      for (const fault of faults) console.log(`  BROKEN: ${fault}`);
      broken += faults.length;
    }
  } finally {
    await server.kill();
  }
  console.log(broken === 0 ? 'Every bound held.' : `${broken} bounds are broken.`);
  process.exitCode = broken === 0 ? 0 : 1;
}

/** Runs one scene, prints a line and answers with what was broken. */
async function soak({ name, path, profile }: Scene, server: CountingServer, durationMs: number): Promise<string[]> {
  const start = await server.counts();
  const memoryMB: number[] = [];
  const plan = planFor(server.baseUrl + path, {
    stop: { durationMs, requests: null },
    warmup: { kind: 'fixed', durationMs: 1000 },
    threads: 1,
    ...profile,
  });
  const { result } = await runLoad(plan, ({ snapshot }) => {
    if (snapshot.phase === 'measure' && snapshot.generator) memoryMB.push(snapshot.generator.rssMB);
  });
  const counts = await countedSince(server, start);
  const fifth = Math.floor(memoryMB.length / 5);
  const early = median(memoryMB.slice(fifth, 2 * fifth));
  const late = median(memoryMB.slice(-fifth));
  const { requests, throughputRps, latencyMs, errors } = result.summary;
  console.log(
    `${name}: ${result.summary.durationS.toFixed(0)} s, ${requests} answers, ${throughputRps.toFixed(0)}/s, p99 ${latencyMs.p99.toFixed(2)} ms, ${JSON.stringify(errors)}, memory ${early.toFixed(0)} → ${late.toFixed(0)} MB, at most ${Math.max(...memoryMB).toFixed(0)} MB`,
  );
  const most = MOST_MB[name] ?? MOST_MB['default'] ?? 0;
  return [
    ...(result.state === 'complete' ? [] : [`the run ended as ${result.state}`]),
    ...(late - early <= MOST_GROWTH_MB ? [] : [`memory grew by ${(late - early).toFixed(1)} MB`]),
    ...(Math.max(...memoryMB) <= most ? [] : [`memory went above ${most} MB`]),
    ...(result.series.tMs.length <= MOST_ROWS ? [] : [`${result.series.tMs.length} rows are too many`]),
    ...lost(result, counts.requests, counts.answers, counts.connections),
  ];
}

function lost({ accounting, summary }: LoadResult, requests: number, answers: number, connections: number): string[] {
  const { sent, warmup, measured, drained, failed, aborted } = accounting;
  return [
    ...(sent === requests ? [] : [`the server read ${requests} requests, ${sent} were sent`]),
    ...(warmup + measured + drained === answers ? [] : [`the server gave ${answers} answers`]),
    ...(sent === warmup + measured + drained + failed + aborted ? [] : ['requests are missing in the accounting']),
    ...(summary.connectionsOpened === connections ? [] : [`the server saw ${connections} connections`]),
  ];
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}
