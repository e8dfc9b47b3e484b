import { l10n, window, type LogOutputChannel } from 'vscode';
import { CancelledError, describeError, errorCode } from '../../util/errors';

/** The one place that tells a person of a failure: a sentence and a way to the log. What was cancelled stays silent. */
export class ErrorReporter {
  readonly #log: LogOutputChannel;

  constructor(log: LogOutputChannel) {
    this.#log = log;
  }

  /** May be handed around as a callback. Does not wait for the person. */
  readonly report = (error: unknown): void => {
    if (error instanceof CancelledError || errorCode(error) === 'aborted') return;
    this.#log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (error instanceof Error && error.cause) this.#log.error(describeError(error.cause));
    const showLog = l10n.t('Show Log');
    void window.showErrorMessage(describeError(error), showLog).then((choice) => {
      if (choice === showLog) this.#log.show(true);
    });
  };
}
