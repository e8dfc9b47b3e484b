import { l10n } from 'vscode';
import type { RunWarning } from '../../core/model/run';
import type { ProblemAction } from '../../protocol/page';
import { UserError } from '../../util/errors';

/** What can be done about a comparison that did not come about. */
export function remedies(code: string, usual: readonly ProblemAction[]): readonly ProblemAction[] {
  if (code === 'no-command' || code === 'fixed-port') return ['proposeCommand', 'editServers'];
  return [...new Set(usual.map((action) => (action === 'retry' ? 'compareAgain' : action)))].filter(
    (action) => action !== 'startServer' && action !== 'chooseServer' && action !== 'editRequest',
  );
}

/** One of the sides is not what it was when the rounds until now were measured. */
export function cannotGoOn(): UserError {
  return new UserError(
    'cannot-go-on',
    l10n.t(
      'The code has changed since these rounds were measured, so more of them would be of something else: compare anew.',
    ),
  );
}

/** Said where an earlier run is confirmed by its commit. */
export function dirtyNote(): RunWarning {
  return {
    code: 'before-was-dirty',
    message: l10n.t(
      'The earlier run was of this commit with uncommitted changes on top, which are not part of the side measured here.',
    ),
  };
}
