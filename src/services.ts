import { join } from 'node:path';
import { Uri, window, workspace, type ExtensionContext, type LogOutputChannel, type OutputChannel } from 'vscode';
import { readLoadCaps } from './config';
import { EndpointIndex } from './platform/vscode/endpointIndex';
import { EndpointTargets } from './platform/vscode/endpointTargets';
import { EditClock } from './platform/vscode/editClock';
import { ErrorReporter } from './platform/vscode/errorReporter';
import { RunHistory } from './platform/vscode/runHistory';
import { SecretStore } from './platform/vscode/secretStore';
import { teamFileAt } from './platform/vscode/readTeamFile';
import { WorkspaceMemory } from './platform/vscode/workspaceMemory';
import { readEnvironment } from './platform/node/environment';
import { LoadProcess } from './platform/node/loadProcess';
import { RouteCache } from './platform/node/routeCache';
import { resolveHost } from './platform/node/resolveHost';
import { proxyFor } from './core/request/proxy';
import { CompareDesk } from './features/compare/compareDesk';
import { ManyDesk } from './features/compare/manyDesk';
import { MixDesk } from './features/mix/mixDesk';
import { ResultModel } from './features/results/resultModel';
import { editorPrompts } from './features/run/editorPrompts';
import { RequestDesk } from './features/run/requestDesk';
import { RunCenter } from './features/run/runCenter';
import { ServerDesk } from './features/server/serverDesk';
import { SweepDesk } from './features/sweep/sweepDesk';
import { VariantsDesk } from './features/variants/variantsDesk';
import { WatchDesk } from './features/watch/watchDesk';
import type { SessionServices } from './session/benchmarkOrder';
import { envOfFiles } from './session/envFiles';
import { ServerPool } from './session/serverPool';
import type { SideBySideServices } from './session/sideBySide';
import { DisposableStore, type Disposable } from './util/disposable';

/** What a benchmark needs; the whole without the one that runs it. */
export interface RunParts {
  readonly log: LogOutputChannel;
  readonly errors: ErrorReporter;
  readonly index: EndpointIndex;
  readonly targets: EndpointTargets;
  readonly edits: EditClock;
  readonly memory: WorkspaceMemory;
  readonly secrets: SecretStore;
  readonly history: RunHistory;
  readonly results: ResultModel;
  readonly servers: ServerDesk;
  /** What started servers print. */
  readonly serverOutput: OutputChannel;
  readonly session: Omit<SessionServices, 'store'>;
  /** Loads two servers in turn. */
  readonly pairs: SideBySideServices['load'];
  readonly extensionUri: Uri;
}

/** Everything that features share. Built once, by hand, in the order of need. */
export interface Services extends RunParts, Disposable {
  readonly runs: RunCenter;
  readonly requests: RequestDesk;
  readonly sweeps: SweepDesk;
  readonly compares: CompareDesk;
  readonly many: ManyDesk;
  readonly variants: VariantsDesk;
  readonly mixes: MixDesk;
  readonly watches: WatchDesk;
  /** Ends what is under way and keeps what it measured; for the few seconds that VS Code waits for. */
  shutDown(): Promise<void>;
}

/** Wires every class of the extension. Starts the indexer's thread; touches neither the network nor a server. */
export function createServices(context: ExtensionContext): Services {
  const store = new DisposableStore();
  const pathOf = (name: string): string => context.asAbsolutePath(`dist/${name}.js`);
  const log = store.add(window.createOutputChannel('Endpoint Profiler', { log: true }));
  const serverOutput = store.add(window.createOutputChannel('Endpoint Profiler: Server'));
  const errors = new ErrorReporter(log);
  const memory = new WorkspaceMemory(context.workspaceState);
  const secrets = new SecretStore(context.secrets);
  const routes = new RouteCache((context.storageUri ?? context.globalStorageUri).fsPath, versionOf(context));
  const index = store.add(new EndpointIndex(pathOf('indexer'), routes, log));
  const edits = store.add(new EditClock());
  const history = store.add(new RunHistory(context.globalStorageUri, log));
  const results = store.add(new ResultModel({ index, history, memory, edits }));
  const load = store.add(new LoadProcess({ entry: pathOf('loadgen'), log: (message) => log.info(message) }));
  const supervisor = { script: pathOf('supervisor') };
  const pool = store.add(
    new ServerPool({
      supervisor,
      onOutput: (_name, text) => serverOutput.append(text),
      onChange: () => servers.poolChanged(),
    }),
  );
  const servers = store.add(new ServerDesk({ index, memory, pool, log }));
  const parts: RunParts = {
    log,
    errors,
    index,
    targets: new EndpointTargets(index),
    edits,
    memory,
    secrets,
    history,
    results,
    servers,
    serverOutput,
    session: {
      prompts: editorPrompts,
      consents: memory,
      load,
      servers: pool,
      readEnvironment: (folder) => readEnvironment(folder, versionOf(context)),
      resolveHost,
      caps: readLoadCaps,
      secretOf: (name, folder) => secrets.valueOf(name, folder),
      envOf: envOfFiles(async (folder) => ({ files: (await teamFileAt(folder, log)).envFiles, confined: true })),
      loginOf: async (name, folder) => (await teamFileAt(folder, log)).logins.get(name),
      proxyFor: (url) => proxyFor(url, process.env, workspace.getConfiguration('http').get<string>('proxy') ?? null),
    },
    pairs: load,
    extensionUri: context.extensionUri,
  };
  const runs = store.add(new RunCenter(parts));
  const sweeps = store.add(new SweepDesk(parts, runs, context.globalStorageUri));
  const places = {
    supervisor,
    storage: join(context.globalStorageUri.fsPath, 'copies'),
    comparisons: join(context.globalStorageUri.fsPath, 'comparisons'),
  };
  const compares = store.add(new CompareDesk(parts, runs, places));
  return {
    ...parts,
    runs,
    requests: store.add(new RequestDesk(parts, runs)),
    sweeps,
    compares,
    many: store.add(new ManyDesk(parts, runs, compares, places)),
    mixes: new MixDesk(parts, runs),
    variants: store.add(new VariantsDesk(parts, runs, pool, context.globalStorageUri)),
    watches: store.add(new WatchDesk(parts, runs)),
    shutDown: async () => {
      await runs.finish();
      await pool.stopAll();
    },
    dispose: () => store.dispose(),
  };
}

function versionOf(context: ExtensionContext): string {
  const { version } = context.extension.packageJSON as { readonly version?: unknown };
  return typeof version === 'string' ? version : 'unknown';
}
