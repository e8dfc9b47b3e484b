import type { Problem, ProblemAction } from '../protocol/page';
import { ServerStartError } from '../servers/runningServer';
import { describeError, errorCode } from '../util/errors';

const ACTIONS: Readonly<Record<string, readonly ProblemAction[]>> = {
  refused: ['startServer', 'chooseServer', 'retry'],
  reset: ['retry', 'showLog', 'chooseServer'],
  timeout: ['retry', 'editRequest', 'chooseServer'],
  dns: ['chooseServer', 'retry'],
  unreachable: ['chooseServer', 'retry'],
  tls: ['chooseServer', 'retry'],
  malformed: ['chooseServer', 'retry'],
  'address-not-allowed': ['retry', 'chooseServer'],
  'bad-request': ['editRequest'],
  'target-url': ['chooseServer'],
  'target-unknown-host': ['chooseServer', 'retry'],
  'value-missing': ['editRequest'],
  'path-unknown': ['editRequest'],
  'path-dots': ['editRequest'],
  'header-invalid': ['editRequest'],
  'method-body': ['editRequest'],
  'server-exited': ['showLog', 'retry', 'chooseServer'],
  'server-timeout': ['showLog', 'retry', 'chooseServer'],
  'server-spawn': ['chooseServer', 'showLog'],
  'port-taken': ['chooseServer', 'retry'],
  'no-command': ['chooseServer', 'retry'],
};

/** What to show for anything that ended a session, with the buttons that can mend it. */
export function describeProblem(error: unknown): Problem {
  const code = errorCode(error) ?? 'failed';
  const log = error instanceof ServerStartError ? error.tail.filter((line) => line.trim() !== '') : [];
  return {
    code,
    sentence: describeError(error),
    actions: ACTIONS[code] ?? ['retry', 'showLog'],
    ...(log.length === 0 ? {} : { log }),
  };
}
