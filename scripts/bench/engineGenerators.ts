import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../src/core/model/run';

const ROOT = join(import.meta.dirname, '../..');
/** `USER_HZ`, 100 on every Linux that Node runs on. */
const CPU_TICKS_PER_S = 100;

/** What a generator says about one run. */
export interface Measured {
  readonly rps: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly errors: number;
  /** CPU of the generator per request, microseconds; null where it cannot be read. */
  readonly cpuUs: number | null;
  /** What of p50 and p99 is the opening of a connection, where each request opens one and the generator counts it in. */
  readonly openingMs?: { readonly p50: number; readonly p99: number };
}

export interface Generator {
  readonly name: string;
  /** A sentence when it cannot run here. */
  missing(): string | null;
  /** Loads `url` for so long; `pin` is what goes before its command. */
  run(url: string, connections: number, seconds: number, pin: readonly string[]): Promise<Measured>;
}

interface Output {
  readonly text: string;
  /** Share of one core, or null where /proc is not there. */
  readonly cpuShare: number | null;
}

/** The product first, then what it is compared with. */
export const GENERATORS: readonly Generator[] = [
  { name: 'ours', missing: () => null, run: runOurs },
  {
    name: 'wrk',
    missing: () => (spawnSync('wrk', ['--version']).error ? 'wrk is not installed.' : null),
    run: runWrk,
  },
  { name: 'autocannon', missing: () => null, run: runAutocannon },
  { name: 'undici', missing: () => null, run: runUndici },
];

async function runOurs(url: string, connections: number, seconds: number, pin: readonly string[]): Promise<Measured> {
  const load = ['-c', String(connections), '-z', `${seconds}s`, '--warmup', '1s', '--threads', '1'];
  const run = await runCli(url, [...load, '--transport', 'socket'], pin);
  const { throughputRps: rps, latencyMs, connectMs, connectionsOpened, requests, errors } = run.summary;
  const errorCount = Object.values(errors).reduce((sum, count) => sum + count, 0);
  const cpuUs = (run.generator.cpuPercent / 100 / rps) * 1e6;
  const measured = { rps, p50Ms: latencyMs.p50, p99Ms: latencyMs.p99, errors: errorCount, cpuUs };
  if (!connectMs || connectionsOpened < 0.9 * requests) return measured;
  return { ...measured, openingMs: { p50: connectMs.p50, p99: connectMs.p99 } };
}

/** What the benchmarks read of a run of the product. */
export type CliRun = Pick<Run, 'summary' | 'generator'>;

/** Runs the product as people do: the command line, and its load generator in a process of its own. */
export async function runCli(url: string, load: readonly string[], pin: readonly string[]): Promise<CliRun> {
  const { text } = await execute([
    ...pin,
    process.execPath,
    join(ROOT, 'dist/cli.js'),
    'bench',
    url,
    ...load,
    '--json',
  ]);
  return JSON.parse(text) as CliRun;
}

async function runWrk(url: string, connections: number, seconds: number, pin: readonly string[]): Promise<Measured> {
  const command = ['wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '5s', '--latency', url];
  const { text, cpuShare } = await execute([...pin, ...command]);
  const rps = Number(/Requests\/sec:\s*([\d.]+)/.exec(text)?.[1]);
  const errors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text)?.slice(1) ?? [];
  return {
    rps,
    p50Ms: durationMs(/^\s+50%\s+(\S+)/m.exec(text)?.[1]),
    p99Ms: durationMs(/^\s+99%\s+(\S+)/m.exec(text)?.[1]),
    errors: errors.reduce((sum, count) => sum + Number(count), 0),
    cpuUs: perRequestUs(cpuShare, rps),
  };
}

async function runAutocannon(
  url: string,
  connections: number,
  seconds: number,
  pin: readonly string[],
): Promise<Measured> {
  const program = join(ROOT, 'node_modules/autocannon/autocannon.js');
  const load = ['-c', String(connections), '-d', String(seconds), '-j', '-n'];
  const { text, cpuShare } = await execute([...pin, process.execPath, program, ...load, url]);
  const result = JSON.parse(text) as {
    requests: { total: number };
    latency: { p50: number; p99: number };
    duration: number;
    errors: number;
  };
  const rps = result.requests.total / result.duration;
  const { p50, p99 } = result.latency;
  return { rps, p50Ms: p50, p99Ms: p99, errors: result.errors, cpuUs: perRequestUs(cpuShare, rps) };
}

async function runUndici(url: string, connections: number, seconds: number, pin: readonly string[]): Promise<Measured> {
  const program = join(import.meta.dirname, 'engineUndici.mjs');
  const command = [process.execPath, program, url, String(connections), String(seconds)];
  const { text, cpuShare } = await execute([...pin, ...command]);
  const result = JSON.parse(text) as Omit<Measured, 'cpuUs'>;
  return { ...result, cpuUs: perRequestUs(cpuShare, result.rps) };
}

function perRequestUs(cpuShare: number | null, rps: number): number | null {
  return cpuShare === null ? null : (cpuShare / rps) * 1e6;
}

/** Examples: `430.00us` → 0.43, `1.20s` → 1200. */
function durationMs(text = ''): number {
  const value = parseFloat(text);
  if (text.endsWith('us')) return value / 1000;
  return text.endsWith('ms') ? value : value * 1000;
}

/** Runs a command and looks at its CPU time until it ends. */
function execute(command: readonly string[]): Promise<Output> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const startMs = performance.now();
  let text = '';
  let complaint = '';
  let cpuShare: number | null = null;
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const sampler = setInterval(() => {
    const cpuS = child.pid === undefined ? null : readCpuSeconds(child.pid);
    if (cpuS !== null && cpuS > 0) cpuShare = cpuS / ((performance.now() - startMs) / 1000);
  }, 50);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(sampler);
      if (code === 0) resolve({ text, cpuShare });
      else reject(new Error(`${command.join(' ')} ended with ${code}: ${complaint.slice(-500)}`));
    });
  });
}

function readCpuSeconds(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / CPU_TICKS_PER_S;
  } catch {
    return null;
  }
}
