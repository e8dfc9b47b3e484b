import { commands, type Command, type Disposable } from 'vscode';

/** Every command that package.json contributes, by the name the code uses; `test/unit/manifest.test.ts` holds both equal. */
export const COMMANDS = {
  benchmarkEndpoint: 'endpointProfiler.benchmarkEndpoint',
  benchmarkWithLoad: 'endpointProfiler.benchmarkWithLoad',
  rerunAndCompare: 'endpointProfiler.rerunAndCompare',
  compareWithCommit: 'endpointProfiler.compareWithCommit',
  compareRuns: 'endpointProfiler.compareRuns',
  compareMany: 'endpointProfiler.compareMany',
  compareServers: 'endpointProfiler.compareServers',
  benchmarkAllServers: 'endpointProfiler.benchmarkAllServers',
  benchmarkMix: 'endpointProfiler.benchmarkMix',
  copyServersTable: 'endpointProfiler.copyServersTable',
  calibrateComparison: 'endpointProfiler.calibrateComparison',
  watchEndpoint: 'endpointProfiler.watchEndpoint',
  pinRun: 'endpointProfiler.pinRun',
  unpinRun: 'endpointProfiler.unpinRun',
  openComparison: 'endpointProfiler.openComparison',
  copyVerdict: 'endpointProfiler.copyVerdict',
  sweepEndpoint: 'endpointProfiler.sweepEndpoint',
  editRequest: 'endpointProfiler.editRequest',
  setAuthorization: 'endpointProfiler.setAuthorization',
  setSecret: 'endpointProfiler.setSecret',
  importCurl: 'endpointProfiler.importCurl',
  importHar: 'endpointProfiler.importHar',
  saveRequest: 'endpointProfiler.saveRequest',
  copyAsCurl: 'endpointProfiler.copyAsCurl',
  benchmarkHttpRequest: 'endpointProfiler.benchmarkHttpRequest',
  goToEndpoint: 'endpointProfiler.goToEndpoint',
  revealEndpoint: 'endpointProfiler.revealEndpoint',
  showResults: 'endpointProfiler.showResults',
  cancelRun: 'endpointProfiler.cancelRun',
  openRun: 'endpointProfiler.openRun',
  deleteRun: 'endpointProfiler.deleteRun',
  exportRun: 'endpointProfiler.exportRun',
  chooseServer: 'endpointProfiler.chooseServer',
  startServer: 'endpointProfiler.startServer',
  compareWithServer: 'endpointProfiler.compareWithServer',
  restartServer: 'endpointProfiler.restartServer',
  stopServer: 'endpointProfiler.stopServer',
  refreshEndpoints: 'endpointProfiler.refreshEndpoints',
  groupByFile: 'endpointProfiler.groupByFile',
  groupByPath: 'endpointProfiler.groupByPath',
  openWalkthrough: 'endpointProfiler.openWalkthrough',
  showLog: 'endpointProfiler.showLog',
} as const;

export type CommandName = keyof typeof COMMANDS;

/**
 * Registers the handler of a command. What a menu, a lens or another extension passes is `unknown` until the handler has
 * looked at it; what the handler throws goes to `onError`, so that nothing fails without a sentence.
 */
export function registerCommand(
  name: CommandName,
  handler: (...args: unknown[]) => unknown,
  onError: (error: unknown) => void,
): Disposable {
  return commands.registerCommand(COMMANDS[name], async (...args: unknown[]) => {
    try {
      return await handler(...args);
    } catch (error) {
      onError(error);
      return undefined;
    }
  });
}

/** A command as a lens or a tree item carries it. */
export function commandLink(name: CommandName, title: string, ...args: unknown[]): Command {
  return { command: COMMANDS[name], title, arguments: args };
}
