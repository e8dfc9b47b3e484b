import { languages, workspace } from 'vscode';
import { isSettingChanged } from '../../config';
import { SOURCE_DOCUMENTS } from '../../platform/vscode/sourceDocuments';
import type { Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { LensProvider } from './lensProvider';

/** Lenses in the languages that discovery reads. */
export function registerLenses(services: Services): Disposable {
  const store = new DisposableStore();
  const provider = store.add(new LensProvider(services));
  store.add(languages.registerCodeLensProvider(SOURCE_DOCUMENTS, provider));
  store.add(
    workspace.onDidChangeConfiguration((event) => {
      if (isSettingChanged(event, 'lenses.enabled')) provider.refresh();
    }),
  );
  return store;
}
