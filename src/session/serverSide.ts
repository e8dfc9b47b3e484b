import type { Server } from '../core/model/server';
import type { SupervisorCommand } from '../servers/runningServer';
import { startServer } from '../servers/startServer';
import type { Side } from './sideBySide';

export interface ServerSideOptions {
  readonly label: string;
  /** With a command and `{port}` in its base URL. */
  readonly server: Server;
  /** Where it runs. */
  readonly folder: string;
  /** On top of the server's own environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly supervisor: SupervisorCommand;
  readonly onOutput: (label: string, text: string) => void;
}

/** A side that is started anew for each round, on a free port. */
export function serverSide({ label, server, folder, env, supervisor, onOutput }: ServerSideOptions): Side {
  const start = server.start && { ...server.start, env: { ...server.start.env, ...env } };
  return {
    label,
    isRestarted: true,
    open: async (signal) => {
      const running = await startServer({
        server: { ...server, ...(start ? { start } : {}), name: label },
        folder,
        supervisor,
        allowedAddresses: null,
        onOutput: (text) => onOutput(label, text),
        signal,
      });
      return {
        baseUrl: running.baseUrl,
        pid: running.pid,
        lastWords: () => running.logTail().findLast((line) => line.trim() !== '') ?? null,
        close: () => running.stop(),
      };
    },
  };
}
