import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ServerCommand } from '../core/model/server';
import { bareHost, portOf } from '../core/request/urlPlace';
import { CancelledError, UserError } from '../util/errors';
import { findFreePort, isListening } from './freePort';
import { inheritedEnvironment } from './inheritedEnvironment';
import { LogTail } from './logTail';
import { ServerStartError, type RunningServer, type ServerExit, type StartOptions } from './runningServer';
import type { FromSupervisor, ToSupervisor } from './supervisorMessages';
import { waitUntilAnswers } from './waitUntilAnswers';

const DEFAULT_READY_TIMEOUT_MS = 30_000;
/** The supervisor's own grace and a little. */
const STOP_LIMIT_MS = 5000;

/**
 * Starts a server under a supervisor and waits until it answers over HTTP, with any status. Rejects with a
 * `ServerStartError` that carries the end of its log, or with `CancelledError`; nothing is left running then. The server
 * ends with this process, however this process ends.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { server, signal } = options;
  const start = server.start;
  if (!start) {
    throw new UserError('no-command', `Server "${server.name}" has no command to start it with: start it yourself.`);
  }
  if (signal.aborted) throw new CancelledError();
  const wantsPort = JSON.stringify(server).includes('{port}');
  const freePort = wantsPort ? await findFreePort() : 0;
  const fill = (text: string): string => text.replaceAll('{port}', String(freePort));
  const baseUrl = fill(server.baseUrl).replace(/\/+$/, '');
  const url = new URL(baseUrl);
  const port = portOf(url);
  await requireFree(server.name, bareHost(url), port);

  const cwd = resolve(options.folder, start.cwd ?? '.');
  requireFolder(server.name, cwd);
  const supervised = new SupervisedProcess(options, fill(start.command), cwd, environmentFor(start, fill));
  const running: RunningServer = {
    name: server.name,
    baseUrl,
    port,
    get pid() {
      return supervised.pid;
    },
    ended: supervised.ended,
    logTail: () => supervised.log.lines(),
    stop: () => supervised.stop(),
    dispose: () => void supervised.stop(),
  };
  try {
    await Promise.race([
      waitUntilAnswers({
        url: `${baseUrl}${(start.readyPath ?? '/').replace(/^\/?/, '/')}`,
        timeoutMs: start.readyTimeoutMs ?? DEFAULT_READY_TIMEOUT_MS,
        allowedAddresses: options.allowedAddresses,
        signal: AbortSignal.any([signal, supervised.endedSignal]),
      }),
      supervised.failed,
    ]);
  } catch (error) {
    const exit = supervised.exit;
    await supervised.stop();
    if (isAborted(signal)) throw new CancelledError();
    if (error instanceof ServerStartError) throw error;
    if (exit) throw serverExited(server.name, exit, supervised.log);
    throw serverTimeout(server.name, baseUrl, start, supervised.log, error);
  }
  return running;
}

/** One supervisor and the server below it. */
class SupervisedProcess {
  readonly log = new LogTail();
  readonly ended: Promise<ServerExit>;
  /** Rejects when the command could not be run at all. */
  readonly failed: Promise<never>;
  pid = 0;
  exit: ServerExit | null = null;
  readonly #child: ChildProcess;
  readonly #ended = new AbortController();
  #stopping: Promise<void> | undefined;

  constructor(options: StartOptions, command: string, cwd: string, env: Record<string, string>) {
    const { supervisor } = options;
    this.#child = fork(supervisor.script, {
      ...(supervisor.execPath === undefined ? {} : { execPath: supervisor.execPath }),
      execArgv: [...(supervisor.execArgv ?? [])],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A session of its own: what ends this process's group must not end the one that cleans up.
      detached: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.log.push(text);
        options.onOutput(text);
      });
    }
    let fail: (error: Error) => void = () => undefined;
    this.failed = new Promise((_, reject) => (fail = reject));
    this.failed.catch(() => undefined);
    this.ended = new Promise((settle) => {
      const end = (exit: ServerExit): void => {
        this.exit ??= exit;
        this.#ended.abort();
        settle(this.exit);
      };
      this.#child.on('message', (message: FromSupervisor) => {
        if (message.kind === 'started') this.pid = message.pid;
        else if (message.kind === 'exited') end({ code: message.code, signal: message.signal });
        else fail(serverSpawn(options.server.name, message.message, this.log));
      });
      this.#child.once('error', (error) => {
        fail(serverSpawn(options.server.name, error.message, this.log));
        end({ code: null, signal: null });
      });
      this.#child.once('exit', () => {
        this.#endGroup();
        end({ code: null, signal: 'SIGKILL' });
      });
    });
    this.#tell({ kind: 'start', command, cwd, env, mark: randomUUID() });
  }

  get endedSignal(): AbortSignal {
    return this.#ended.signal;
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise<void>((settle) => this.#child.once('exit', () => settle()));
    this.#tell({ kind: 'stop' });
    const limit = setTimeout(() => {
      this.#endGroup();
      this.#child.kill('SIGKILL');
    }, STOP_LIMIT_MS);
    await gone;
    clearTimeout(limit);
  }

  /** The supervisor did this unless it was killed itself. */
  #endGroup(): void {
    if (this.pid === 0 || process.platform === 'win32') return;
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch {
      // Nothing is left of the group.
    }
  }

  #tell(message: ToSupervisor): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}

function environmentFor(start: ServerCommand, fill: (text: string) => string): Record<string, string> {
  const env = inheritedEnvironment();
  for (const [name, value] of Object.entries(start.env ?? {})) env[name] = fill(value);
  return env;
}

/** Asked anew after a wait. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

async function requireFree(name: string, host: string, port: number): Promise<void> {
  if (!(await isListening(host, port))) return;
  throw new ServerStartError(
    'port-taken',
    `Server "${name}" was not started, because something else listens on ${host}:${port} already: stop that, or write {port} in the command and the base URL.`,
    [],
  );
}

function requireFolder(name: string, cwd: string): void {
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() === true) return;
  throw new ServerStartError('server-spawn', `Server "${name}" cannot start in "${cwd}": there is no such folder.`, []);
}

function serverExited(name: string, exit: ServerExit, log: LogTail): ServerStartError {
  const how = exit.signal === null ? `with code ${exit.code ?? 'unknown'}` : `by ${exit.signal}`;
  return new ServerStartError(
    'server-exited',
    `Server "${name}" ended ${how} before it answered${lastWords(log)}`,
    log.lines().slice(-20),
  );
}

function serverTimeout(
  name: string,
  baseUrl: string,
  start: ServerCommand,
  log: LogTail,
  cause: unknown,
): ServerStartError {
  const seconds = (start.readyTimeoutMs ?? DEFAULT_READY_TIMEOUT_MS) / 1000;
  return new ServerStartError(
    'server-timeout',
    `Server "${name}" did not answer at ${baseUrl} within ${seconds} s: check that it listens on that port${lastWords(log)}`,
    log.lines().slice(-20),
    { cause },
  );
}

function serverSpawn(name: string, reason: string, log: LogTail): ServerStartError {
  return new ServerStartError('server-spawn', `Server "${name}" could not be started: ${reason}.`, log.lines());
}

function lastWords(log: LogTail): string {
  const words = log.lastWords();
  return words === null ? ' and wrote nothing.' : `. Its last line: ${words}`;
}
