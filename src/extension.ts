import type { ExtensionContext } from 'vscode';
import { registerCompare } from './features/compare/registerCompare';
import { registerEndpoints } from './features/endpoints/registerEndpoints';
import { registerLenses } from './features/lenses/registerLenses';
import { registerMix } from './features/mix/registerMix';
import { registerResults } from './features/results/registerResults';
import { registerRun } from './features/run/registerRun';
import { registerRuns } from './features/runs/registerRuns';
import { registerServer } from './features/server/registerServer';
import { registerVariants } from './features/variants/registerVariants';
import { registerWatch } from './features/watch/registerWatch';
import { registerSweep } from './features/sweep/registerSweep';
import { createServices, type Services } from './services';

/** What `deactivate`, which VS Code calls without arguments, has to end. */
let active: Services | undefined;

/** Builds the services and one thing per feature; nothing here waits. */
export function activate(context: ExtensionContext): void {
  const services = createServices(context);
  active = services;
  context.subscriptions.push(services);
  context.subscriptions.push(registerEndpoints(services));
  context.subscriptions.push(registerLenses(services));
  context.subscriptions.push(registerRuns(services));
  context.subscriptions.push(registerRun(services));
  context.subscriptions.push(registerSweep(services));
  context.subscriptions.push(registerCompare(services));
  context.subscriptions.push(registerMix(services));
  context.subscriptions.push(registerVariants(services));
  context.subscriptions.push(registerWatch(services));
  context.subscriptions.push(registerServer(services));
  context.subscriptions.push(registerResults(services));
}

/** Keeps what a run in its middle has measured and ends the servers that were started. */
export async function deactivate(): Promise<void> {
  await active?.shutDown();
  active = undefined;
}
