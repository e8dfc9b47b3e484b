import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createConnection } from 'node:net';
import { stopTree } from '../../scripts/processTree.mjs';
import { freePort } from './freePort';

/** A server that a test started. */
export interface RunningApp {
  readonly baseUrl: string;
  readonly port: number;
  readonly pid: number;
  /** What it wrote to standard output and standard error so far. */
  output(): string;
  /** Ends it with everything it started. */
  stop(): Promise<void>;
}

export interface AppCommand {
  readonly program: string;
  /** `{port}` stands for the free port that was chosen, here and in `env`. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** How long it may take until it listens. */
  readonly timeoutMs?: number;
}

/** Starts a server on a free port of 127.0.0.1 and waits until it accepts connections. */
export async function startApp(command: AppCommand): Promise<RunningApp> {
  const port = await freePort();
  const fill = (text: string): string => text.replaceAll('{port}', String(port));
  const env = Object.fromEntries(Object.entries(command.env ?? {}).map(([name, value]) => [name, fill(value)]));
  const child = spawn(command.program, command.args.map(fill), {
    cwd: command.cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-20_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const pid = await pidOf(child);
  try {
    await waitForPort(port, command.timeoutMs ?? 20_000, () => child.exitCode !== null || child.signalCode !== null);
  } catch (cause) {
    await stopTree(pid);
    throw new Error(`${command.program} did not listen on port ${port}. It said:\n${output}`, { cause });
  }
  return { baseUrl: `http://127.0.0.1:${port}`, port, pid, output: () => output, stop: () => stopTree(pid) };
}

function pidOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid ?? 0));
  });
}

async function waitForPort(port: number, timeoutMs: number, hasEnded: () => boolean): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (hasEnded()) throw new Error('The process ended.');
    if (await accepts(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Nothing listened within ${timeoutMs} ms.`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
