import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Run } from '../../src/core/model/run';
import { startApp, type AppCommand } from '../support/processes';
import { pythonProgram } from '../support/python';

const APPS = path.resolve(import.meta.dirname, 'apps');
const CLI = path.resolve(import.meta.dirname, '../../dist/cli.js');
const CONNECTIONS = 4;
/** Few enough that the server's whole access log is kept. */
const REQUESTS = 160;
/** One request is sent before the load, to see what answers. */
const SERVED = REQUESTS + 1;

interface Case {
  readonly name: string;
  readonly command: AppCommand;
  readonly path: string;
  /** A line of the server's own access log for this path; null for a server that writes none. */
  readonly logged: RegExp | null;
  /** Whether the server answers more than one request on a connection. */
  readonly keepsAlive: boolean;
}

const python = (app: string, args: readonly string[]): AppCommand => ({
  program: pythonProgram(),
  args,
  cwd: path.join(APPS, app),
  env: { PORT: '{port}', PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1' },
});

const CASES: readonly Case[] = [
  {
    name: "Flask's development server",
    command: python('flask', ['app.py']),
    path: '/ping',
    logged: /"GET \/ping HTTP\/1\.1" 200/g,
    keepsAlive: false,
  },
  {
    name: 'Flask behind a gunicorn sync worker',
    command: python('flask', ['-m', 'gunicorn', 'app:app', '--bind', '127.0.0.1:{port}', '--access-logfile', '-']),
    path: '/ping',
    logged: /"GET \/ping HTTP\/1\.1" 200/g,
    keepsAlive: false,
  },
  {
    name: 'FastAPI on uvicorn',
    command: python('fastapi', [
      '-m',
      'uvicorn',
      'app:app',
      '--host',
      '127.0.0.1',
      '--port',
      '{port}',
      '--no-use-colors',
    ]),
    path: '/health',
    logged: /"GET \/health HTTP\/1\.1" 200/g,
    keepsAlive: true,
  },
  { name: 'Sanic', command: python('sanic', ['app.py']), path: '/plain', logged: null, keepsAlive: true },
  {
    name: 'Express',
    command: {
      program: process.execPath,
      args: ['server.js'],
      cwd: path.join(APPS, 'express'),
      env: { PORT: '{port}' },
    },
    path: '/health',
    logged: null,
    keepsAlive: true,
  },
];

describe('load on real servers', () => {
  for (const { name, command, path: route, logged, keepsAlive } of CASES) {
    it(`counts what ${name} answered`, { timeout: 60_000 }, async () => {
      const app = await startApp(command);
      try {
        const { summary, accounting, state } = await bench(`${app.baseUrl}${route}`);
        const shown = JSON.stringify({ summary, accounting });
        assert.equal(state, 'complete');
        assert.equal(summary.requests, REQUESTS, shown);
        assert.deepEqual(summary.statuses, { 200: REQUESTS }, shown);
        assert.deepEqual(summary.errors, {}, shown);
        assert.equal(accounting.sent, REQUESTS, shown);
        assert.ok(summary.latencyMs.min > 0 && summary.latencyMs.min <= summary.latencyMs.p50, shown);
        if (keepsAlive) assert.equal(summary.connectionsOpened, CONNECTIONS, shown);
        else assert.equal(summary.connectionsOpened, REQUESTS, shown);
        if (logged) assert.equal(await countLogged(() => app.output(), logged), SERVED);
      } finally {
        await app.stop();
      }
    });
  }
});

async function bench(url: string): Promise<Run> {
  const load = ['-n', String(REQUESTS), '-c', String(CONNECTIONS), '--warmup', '0', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, 'bench', url, ...load]);
  return JSON.parse(stdout) as Run;
}

/** The log reaches this process a little after the last answer. */
async function countLogged(output: () => string, line: RegExp): Promise<number> {
  const count = (): number => output().match(line)?.length ?? 0;
  for (let tries = 0; tries < 20 && count() < SERVED; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return count();
}
