import { ProgressLocation, window } from 'vscode';

/** Shows a notice while `work` goes on; its “Cancel” aborts the signal. Settles as `work` does. */
export async function cancellableNotice<Result>(
  title: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (_, token) => {
      const abort = new AbortController();
      const listening = token.onCancellationRequested(() => abort.abort());
      try {
        return await work(abort.signal);
      } finally {
        listening.dispose();
      }
    },
  );
}
