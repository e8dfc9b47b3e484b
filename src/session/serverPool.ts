import type { Server } from '../core/model/server';
import { bareHost, portOf } from '../core/request/urlPlace';
import { isListening } from '../servers/freePort';
import type { RunningServer, SupervisorCommand } from '../servers/runningServer';
import { startServer } from '../servers/startServer';
import type { Disposable } from '../util/disposable';
import type { ServerSource } from './benchmarkOrder';

export interface ServerPoolOptions {
  readonly supervisor: SupervisorCommand;
  /** Hears the output of every started server. */
  readonly onOutput: (serverName: string, text: string) => void;
  /** Called when a server came up or ended. */
  readonly onChange?: () => void;
}

interface Entry {
  readonly folder: string | null;
  readonly definition: string;
  readonly starting: Promise<RunningServer>;
  running: RunningServer | null;
}

/** The servers that were started here. They stay up from run to run; what a person started is used and never stopped. */
export class ServerPool implements ServerSource, Disposable {
  readonly #options: ServerPoolOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: ServerPoolOptions) {
    this.#options = options;
  }

  /**
   * Answers with the base URL of the server, started first when it has a command and does not run. A server that was
   * started with another definition is restarted. Rejects with a `ServerStartError` or `CancelledError`.
   */
  async ensure(
    server: Server,
    folder: string | null,
    allowedAddresses: readonly string[] | null,
    signal: AbortSignal,
  ): Promise<{ baseUrl: string; started: boolean }> {
    const baseUrl = server.baseUrl.replace(/\/+$/, '');
    if (!server.start) return { baseUrl, started: false };
    const key = keyOf(server.name, folder);
    const definition = JSON.stringify(server);
    const known = this.#entries.get(key);
    if (known?.definition === definition) return { baseUrl: (await known.starting).baseUrl, started: false };
    if (known) await this.stop(server.name, folder);
    if (await isUpAlready(baseUrl)) return { baseUrl, started: false };
    const starting = startServer({
      server,
      folder: folder ?? process.cwd(),
      supervisor: this.#options.supervisor,
      allowedAddresses,
      onOutput: (text) => this.#options.onOutput(server.name, text),
      signal,
    });
    const entry: Entry = { folder, definition, starting, running: null };
    this.#entries.set(key, entry);
    try {
      entry.running = await starting;
    } catch (error) {
      this.#forget(key, entry);
      throw error;
    }
    void entry.running.ended.then(() => this.#forget(key, entry));
    this.#options.onChange?.();
    return { baseUrl: entry.running.baseUrl, started: true };
  }

  /** The servers that are up, in the order of their start. */
  running(): readonly RunningServer[] {
    return [...this.#entries.values()].flatMap(({ running }) => running ?? []);
  }

  /** Ends a server that was started here, and settles when it is gone; nothing happens when there is none. */
  async stop(name: string, folder: string | null): Promise<void> {
    const key = keyOf(name, folder);
    const entry = this.#entries.get(key);
    if (!entry) return;
    await this.#end(entry);
    this.#forget(key, entry);
  }

  /** Ends the servers that were started for a workspace folder. */
  async stopFolder(folder: string | null): Promise<void> {
    await this.#endAll([...this.#entries].filter(([, entry]) => entry.folder === folder));
  }

  async stopAll(): Promise<void> {
    await this.#endAll([...this.#entries]);
  }

  dispose(): void {
    void this.stopAll();
  }

  async #endAll(entries: readonly (readonly [string, Entry])[]): Promise<void> {
    await Promise.all(entries.map(([, entry]) => this.#end(entry)));
    for (const [key, entry] of entries) this.#forget(key, entry);
  }

  async #end(entry: Entry): Promise<void> {
    const running = await entry.starting.catch(() => null);
    await running?.stop();
  }

  #forget(key: string, entry: Entry): void {
    if (this.#entries.get(key) !== entry) return;
    this.#entries.delete(key);
    this.#options.onChange?.();
  }
}

function keyOf(name: string, folder: string | null): string {
  return JSON.stringify([folder, name]);
}

async function isUpAlready(baseUrl: string): Promise<boolean> {
  if (baseUrl.includes('{port}')) return false;
  const url = new URL(baseUrl);
  return await isListening(bareHost(url), portOf(url));
}
