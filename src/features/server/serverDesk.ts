import { EventEmitter, l10n, window, workspace, type LogOutputChannel, type WorkspaceFolder } from 'vscode';
import { readServers, readSetting } from '../../config';
import { setContextKey } from '../../contextKeys';
import type { Server } from '../../core/model/server';
import type { ServerPool } from '../../session/serverPool';
import type { EndpointIndex } from '../../platform/vscode/endpointIndex';
import { readTeamFile } from '../../platform/vscode/readTeamFile';
import type { WorkspaceMemory } from '../../platform/vscode/workspaceMemory';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { UserError } from '../../util/errors';
import { pickServer } from './pickServer';

interface ServerDeskParts {
  readonly index: EndpointIndex;
  readonly memory: WorkspaceMemory;
  readonly pool: ServerPool;
  readonly log: LogOutputChannel;
}

/** Knows which server each folder is measured on, and starts and stops those that have a command. */
export class ServerDesk implements Disposable {
  readonly #parts: ServerDeskParts;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly #told = new Set<string>();

  /** Fires when a started server came up or ended. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: ServerDeskParts) {
    this.#parts = parts;
  }

  /** To be called when the pool's servers have changed. */
  poolChanged(): void {
    setContextKey('endpointProfiler.serverStarted', this.#parts.pool.running().length > 0);
    this.#changed.fire();
  }

  /** Servers that settings and the team file name; the settings win where both use a name. */
  async configured(folder: WorkspaceFolder): Promise<readonly Server[]> {
    if (!workspace.isTrusted) return [];
    const own = readServers(folder);
    const team = (await readTeamFile(folder, this.#parts.log)).servers;
    return [...own, ...team.filter(({ name }) => !own.some((each) => each.name === name))];
  }

  /** The server chosen for a folder; asks when none is. A definition in settings or team file that was edited is used as it is now. */
  async serverFor(folder: WorkspaceFolder): Promise<Server | undefined> {
    const chosen = this.#parts.memory.server(folder.uri.toString());
    if (!chosen) return this.choose(folder);
    return (await this.configured(folder)).find(({ name }) => name === chosen.name) ?? chosen;
  }

  /** Asks which server to use and remembers it. Undefined when the person gave up. */
  async choose(folder: WorkspaceFolder): Promise<Server | undefined> {
    if (!workspace.isTrusted)
      throw new UserError('untrusted', l10n.t('Servers are used in a trusted workspace only: trust this one first.'));
    const server = await pickServer(folder, await this.configured(folder), this.routeFiles(folder));
    if (server) await this.#parts.memory.rememberServer(folder.uri.toString(), server);
    return server;
  }

  /** Starts the folder's server when it has a command. Rejects with a `ServerStartError`, `no-command` or `CancelledError`. */
  async start(folder: WorkspaceFolder, signal: AbortSignal): Promise<Server | undefined> {
    const server = await this.serverFor(folder);
    if (!server) return undefined;
    if (!server.start) {
      const sentence = l10n.t('“{0}” has no command to start it with. Choose a server that has one.', server.name);
      throw new UserError('no-command', sentence);
    }
    await this.#parts.pool.ensure(server, pathOf(folder), null, signal);
    return server;
  }

  /** Stops the servers that were started here, those of one folder when it is given. */
  async stop(folder?: WorkspaceFolder): Promise<void> {
    if (folder) await this.#parts.pool.stopFolder(pathOf(folder));
    else await this.#parts.pool.stopAll();
  }

  /** Makes sure that edited code is what a comparison measures: restarts what was started here, says so of what was not. */
  async refresh(folder: WorkspaceFolder, server: Server): Promise<void> {
    const isOurs = this.#parts.pool.running().some(({ name }) => name === server.name);
    if (isOurs) {
      if (readSetting('restartServerBeforeCompare', folder)) await this.#parts.pool.stop(server.name, pathOf(folder));
      return;
    }
    if (this.#told.has(server.baseUrl)) return;
    this.#told.add(server.baseUrl);
    void window.showInformationMessage(
      l10n.t(
        '{0} was not started by Endpoint Profiler. If it does not load edited code by itself, restart it before you compare.',
        server.name,
      ),
    );
  }

  /** Files that declare routes, relative to the folder: the application is probably made near them. */
  routeFiles(folder: WorkspaceFolder): readonly string[] {
    const here = this.#parts.index.all().filter((each) => each.folder.uri.toString() === folder.uri.toString());
    return [...new Set(here.map(({ endpoint }) => endpoint.file))];
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function pathOf(folder: WorkspaceFolder): string | null {
  return folder.uri.scheme === 'file' ? folder.uri.fsPath : null;
}
