import { sendOnce } from '../http/client';

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 500;
/** A server that accepts and then loads its models for a while is asked again rather than waited for. */
const ASK_TIMEOUT_MS = 2000;

/**
 * Asks a URL until any HTTP answer comes. Rejects with the last failure when none came in time, or when `signal` is
 * aborted.
 */
export async function waitUntilAnswers(options: {
  readonly url: string;
  readonly timeoutMs: number;
  readonly allowedAddresses: readonly string[] | null;
  readonly signal: AbortSignal;
}): Promise<void> {
  const deadline = performance.now() + options.timeoutMs;
  let waitMs = FIRST_WAIT_MS;
  for (;;) {
    options.signal.throwIfAborted();
    const leftMs = deadline - performance.now();
    try {
      await sendOnce(
        { method: 'GET', url: options.url, headers: [], body: null },
        {
          timeoutMs: Math.max(1, Math.min(ASK_TIMEOUT_MS, leftMs)),
          signal: options.signal,
          insecureTls: true,
          maxBodyBytes: 0,
          allowedAddresses: options.allowedAddresses,
        },
      );
      return;
    } catch (error) {
      if (options.signal.aborted || performance.now() + waitMs > deadline) throw error;
    }
    await pause(waitMs, options.signal);
    waitMs = Math.min(waitMs * 1.5, LONGEST_WAIT_MS);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
