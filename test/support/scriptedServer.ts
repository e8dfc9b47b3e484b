import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A server in a process of its own that takes as long as its script says; see `scriptedServerMain.ts` for the paths. */
export interface ScriptedServer {
  readonly baseUrl: string;
  /** How long each answer since the last call took at the server, in the order of the requests; all must be answered. */
  takeServicesMs(): Promise<readonly number[]>;
  kill(): void;
}

/** Starts the server on a free port of 127.0.0.1; the caller kills it. */
export async function startScriptedServer(): Promise<ScriptedServer> {
  const entry = new URL('./scriptedServerMain.ts', import.meta.url).pathname;
  const child = fork(entry, { execArgv: ['--import', 'tsx'] });
  const [port] = (await once(child, 'message')) as [number];
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    takeServicesMs: async () => {
      child.send('services');
      const [services] = (await once(child, 'message')) as [readonly number[]];
      return services;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
