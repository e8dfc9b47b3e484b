import type { Server } from '../core/model/server';
import type { Disposable } from '../util/disposable';
import { UserError } from '../util/errors';

/** How to run the supervisor: the node binary, its arguments, and the script (`dist/supervisor.js`). */
export interface SupervisorCommand {
  readonly script: string;
  readonly execPath?: string;
  readonly execArgv?: readonly string[];
}

export interface StartOptions {
  /** Must have `start`; `{port}` in `baseUrl`, `start.command` and values of `start.env` becomes one free port. */
  readonly server: Server;
  /** Absolute; `start.cwd` is relative to it. */
  readonly folder: string;
  readonly supervisor: SupervisorCommand;
  /** Addresses that the target guard let pass for this base URL; null allows any. */
  readonly allowedAddresses: readonly string[] | null;
  /** Hears the server's output as it comes, both streams, in pieces of any size. */
  readonly onOutput: (text: string) => void;
  /** Stops the start and whatever was started. */
  readonly signal: AbortSignal;
}

/** How a server ended: `code` or `signal`, as Node tells it. */
export interface ServerExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A server that this program started and that answered at least once. */
export interface RunningServer extends Disposable {
  readonly name: string;
  /** With the real port in it. */
  readonly baseUrl: string;
  readonly port: number;
  /** The shell that runs the command; the process that listens is it or a descendant. */
  readonly pid: number;
  /** Settles once when the server has ended, whoever ended it. */
  readonly ended: Promise<ServerExit>;
  /** The last lines of its output, oldest first, at most 200. */
  logTail(): readonly string[];
  /** Ends the whole process group (SIGTERM, after 2 s SIGKILL) and settles when it is gone. Idempotent. */
  stop(): Promise<void>;
}

/** The server could not be brought up. Codes: `server-exited`, `server-timeout`, `server-spawn`, `port-taken`. */
export class ServerStartError extends UserError {
  constructor(
    code: string,
    sentence: string,
    /** The last lines that the server wrote, oldest first. */
    readonly tail: readonly string[],
    options?: { cause?: unknown },
  ) {
    super(code, sentence, options);
  }
}
