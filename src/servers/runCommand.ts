import { spawn } from 'node:child_process';
import { CancelledError, UserError } from '../util/errors';
import { inheritedEnvironment } from './inheritedEnvironment';
import { LogTail } from './logTail';

export interface CommandOptions {
  /** One shell line. */
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly onOutput: (text: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Runs a command to its end. Rejects with `prepare-failed`, with the end of what it wrote, when it fails or takes too long, and
 * with `CancelledError` on abort; its whole process group is ended then.
 */
export async function runCommand(options: CommandOptions): Promise<void> {
  const { command, cwd, env, timeoutMs, signal } = options;
  if (signal.aborted) throw new CancelledError();
  const log = new LogTail();
  const child = spawn(command, {
    cwd,
    shell: true,
    detached: process.platform !== 'win32',
    env: { ...inheritedEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const end = (): void => {
    if (child.pid === undefined) return;
    try {
      if (process.platform === 'win32') child.kill('SIGKILL');
      else process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  const late = AbortSignal.timeout(timeoutMs);
  const ending = AbortSignal.any([signal, late]);
  ending.addEventListener('abort', end, { once: true });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log.push(text);
      options.onOutput(text);
    });
  }
  try {
    const reason = await new Promise<string | null>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, killedBy) =>
        resolve(code === 0 ? null : killedBy ? `signal ${killedBy}` : `exit code ${code ?? 'unknown'}`),
      );
    });
    if (isAborted(signal)) throw new CancelledError();
    if (reason === null) return;
    const how = isAborted(late) ? `took longer than ${Math.round(timeoutMs / 1000)} s` : `failed (${reason})`;
    const tail = log.lines().slice(-5).join(' | ');
    throw new UserError('prepare-failed', `The command "${command}" ${how}${tail === '' ? '' : `: ${tail}`}.`);
  } finally {
    ending.removeEventListener('abort', end);
  }
}

/** Not narrowed by an earlier look at the signal. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
