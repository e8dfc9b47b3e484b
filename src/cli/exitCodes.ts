import type { Run } from '../core/model/run';
import { CancelledError, errorCode } from '../util/errors';

/** The exit codes of the command line; a contract. */
export const EXIT = { done: 0, broken: 1, usage: 2, unreachable: 3, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const UNREACHABLE = new Set([
  'refused',
  'reset',
  'timeout',
  'dns',
  'tls',
  'malformed',
  'ports',
  'descriptors',
  'unreachable',
  'other',
  'target-unknown-host',
  'server-exited',
  'server-timeout',
  'server-spawn',
  'port-taken',
  'side-lost',
]);

/** The exit code of a run that has ended. */
export function exitCodeOf(run: Pick<Run, 'state' | 'summary' | 'accounting'>): ExitCode {
  if (run.state === 'cancelled') return EXIT.interrupted;
  if ((run.summary.errors.check ?? 0) > 0) return EXIT.broken;
  const { measured, drained } = run.accounting;
  return measured + drained === 0 ? EXIT.unreachable : EXIT.done;
}

/** The exit code for anything thrown, decided by its code. */
export function exitCodeFor(error: unknown): ExitCode {
  if (error instanceof CancelledError) return EXIT.interrupted;
  const code = errorCode(error);
  return code !== undefined && UNREACHABLE.has(code) ? EXIT.unreachable : EXIT.usage;
}
