import { l10n, window } from 'vscode';
import { parseLevels } from '../../core/plan/parseLevels';
import { describeError, UserError } from '../../util/errors';

/** The most connections that the editor's own load takes for one level. */
const MOST_CONNECTIONS = 1024;

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

/** The levels of a list that `askLevels` let pass. Fails with `bad-levels`. */
export function levelsOf(text: string): readonly number[] {
  return parseLevels(text, l10n.t('The list'), (part) => {
    const value = /^\d+$/.test(part) ? Number(part) : 0;
    if (value >= 1 && value <= MOST_CONNECTIONS) return value;
    throw new UserError('bad-levels', l10n.t('“{0}” is no whole number from 1 to {1}.', part, MOST_CONNECTIONS));
  });
}
