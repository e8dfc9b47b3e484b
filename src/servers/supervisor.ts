import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { SERVER_MARK, type FromSupervisor, type ToSupervisor } from './supervisorMessages';

// The process between this program and a server that it started. It does nothing but hold the pipe to its parent: when
// the pipe closes, be it because the parent was killed with SIGKILL, the server and everything it started is ended.

const GRACE_MS = 2000;
const POLL_MS = 50;

let server: ChildProcess | undefined;
let mark = '';
let ending = false;

function say(message: FromSupervisor): void {
  if (process.connected) process.send?.(message, () => undefined);
}

function start(message: Extract<ToSupervisor, { kind: 'start' }>): void {
  mark = message.mark;
  server = spawn(message.command, {
    cwd: message.cwd,
    env: { ...message.env, [SERVER_MARK]: mark },
    shell: true,
    // A group of its own, so that one signal reaches the shell and all it runs.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'inherit'],
    windowsHide: true,
  });
  server.once('spawn', () => say({ kind: 'started', pid: server?.pid ?? 0 }));
  server.once('error', (error) => {
    say({ kind: 'failed', message: error.message });
    void end();
  });
  server.once('exit', (code, signal) => {
    say({ kind: 'exited', code, signal });
    void end();
  });
}

/** Ends the group, then what carries the mark; leaves when nothing is left. */
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  signalAll('SIGTERM');
  const deadline = Date.now() + GRACE_MS;
  while (isAnyAlive() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  if (isAnyAlive()) signalAll('SIGKILL');
  process.exit(0);
}

function signalAll(signal: 'SIGTERM' | 'SIGKILL'): void {
  const pid = server?.pid;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    // Windows has no groups and no polite signal for a console program without a window.
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { windowsHide: true });
    return;
  }
  trySignal(-pid, signal);
  for (const marked of markedProcesses()) trySignal(marked, signal);
}

function isAnyAlive(): boolean {
  const pid = server?.pid;
  if (pid === undefined) return false;
  if (process.platform === 'win32') return false;
  return isGroupAlive(pid) || markedProcesses().length > 0;
}

/** A zombie that nobody has buried yet still takes signals, and is not waited for. */
function isGroupAlive(group: number): boolean {
  if (!trySignal(-group, 0)) return false;
  if (process.platform !== 'linux') return true;
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const [state, , memberOf] = readFileSync(`/proc/${name}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
      return Number(memberOf) === group && state !== 'Z';
    } catch {
      return false;
    }
  });
}

function trySignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Processes that inherited the mark, wherever they moved; on Linux only, elsewhere the group has to do. */
function markedProcesses(): number[] {
  if (process.platform !== 'linux') return [];
  const wanted = `${SERVER_MARK}=${mark}`;
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) return [];
    try {
      const marked = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(wanted);
      return marked && !isZombie(pid) ? [pid] : [];
    } catch {
      return [];
    }
  });
}

function isZombie(pid: number): boolean {
  return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
}

process.on('message', (message: ToSupervisor) => {
  if (message.kind === 'start') start(message);
  else void end();
});
process.on('disconnect', () => void end());
// A closing terminal or window asks everybody to leave; the pipe decides here.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('SIGTERM', () => void end());
