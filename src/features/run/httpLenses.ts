import { CodeLens, Range, l10n, languages, type TextDocument } from 'vscode';
import { commandLink } from '../../commands';
import { readSetting } from '../../config';
import { parseHttpFile } from '../../core/request/httpFile';
import type { Disposable } from '../../util/disposable';

/** A lens above every request of a `.http` or `.rest` file. */
export function registerHttpLenses(): Disposable {
  return languages.registerCodeLensProvider({ pattern: '**/*.{http,rest}' }, { provideCodeLenses });
}

function provideCodeLenses(document: TextDocument): CodeLens[] {
  if (!readSetting('lenses.enabled', document)) return [];
  return parseHttpFile(document.getText()).map(({ line, problem }) => {
    const title = l10n.t('$(play) Benchmark');
    const place = { uri: document.uri.toString(), line };
    const command = commandLink('benchmarkHttpRequest', title, place);
    return new CodeLens(
      new Range(line - 1, 0, line - 1, 0),
      problem === null ? command : { ...command, tooltip: problem },
    );
  });
}
