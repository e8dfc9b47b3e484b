import { l10n, window } from 'vscode';
import { readLoadCaps } from '../../config';
import { connectionLevels } from '../../core/plan/connectionLevels';
import { describeError } from '../../util/errors';

/** Asks for the levels of a sweep as a list; undefined when the person gave up. */
export async function askLevels(title: string, start: string): Promise<string | undefined> {
  return await window.showInputBox({
    title,
    value: start,
    prompt: l10n.t(
      'Connections, rising, with commas; … goes on like the three numbers before it. Each takes about 4 s.',
    ),
    ignoreFocusOut: true,
    validateInput: (text) => {
      try {
        return levelsOf(text).length < 2 ? l10n.t('Give at least two numbers, such as 1, 2, 4, 8.') : undefined;
      } catch (error) {
        return describeError(error);
      }
    },
  });
}

/** The levels of a list that `askLevels` let pass. Fails with `bad-levels` and `over-cap`. */
export function levelsOf(text: string): readonly number[] {
  return connectionLevels(text, l10n.t('The list'), readLoadCaps());
}
