import { commands, languages, window } from 'vscode';
import { registerCommand } from '../../commands';
import { setContextKey } from '../../contextKeys';
import { handlerSpan } from '../../platform/vscode/endpoints';
import { revealLine } from '../../platform/vscode/revealLine';
import { SOURCE_DOCUMENTS } from '../../platform/vscode/sourceDocuments';
import type { Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { EndpointHover } from './endpointHover';
import { EndpointTree } from './endpointTree';
import { trackCursor } from './trackCursor';

const WALKTHROUGH = 'endpoint-profiler.endpoint-profiler#start';

/** The Endpoints view, its commands, and the context keys that follow the cursor. */
export function registerEndpoints(services: Services): Disposable {
  const store = new DisposableStore();
  const { index, memory, errors } = services;
  const tree = store.add(new EndpointTree(services));
  store.add(
    window.createTreeView('endpointProfiler.endpoints', {
      treeDataProvider: tree,
      showCollapseAll: true,
      canSelectMany: true,
    }),
  );
  store.add(trackCursor(index));
  store.add(languages.registerHoverProvider(SOURCE_DOCUMENTS, new EndpointHover(index)));

  const group = async (by: 'file' | 'path'): Promise<void> => {
    await memory.rememberGrouping(by);
    setContextKey('endpointProfiler.grouping', by);
    tree.refresh();
  };
  setContextKey('endpointProfiler.grouping', memory.grouping);
  store.add(registerCommand('groupByFile', () => group('file'), errors.report));
  store.add(registerCommand('groupByPath', () => group('path'), errors.report));
  store.add(registerCommand('refreshEndpoints', () => index.refresh(), errors.report));
  store.add(
    registerCommand(
      'openWalkthrough',
      () => commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false),
      errors.report,
    ),
  );
  store.add(registerCommand('showLog', () => services.log.show(), errors.report));
  store.add(
    registerCommand(
      'goToEndpoint',
      async () => {
        const located = await services.targets.pick();
        if (located) await revealLine(located.uri, handlerSpan(located.endpoint).first);
      },
      errors.report,
    ),
  );
  store.add(
    registerCommand(
      'revealEndpoint',
      async (target) => {
        const located = await services.targets.resolve(target);
        if (located) await revealLine(located.uri, handlerSpan(located.endpoint).first);
      },
      errors.report,
    ),
  );
  openWalkthroughIfAsked(errors.report);
  return store;
}

/** `npm start` asks for it by an environment variable; a window that already shows something is left as it is. */
function openWalkthroughIfAsked(report: (error: unknown) => void): void {
  const isEmpty = window.tabGroups.all.every((group) => group.tabs.length === 0);
  if (process.env['ENDPOINT_PROFILER_WALKTHROUGH'] !== '1' || !isEmpty) return;
  commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false).then(undefined, report);
}
