import { describeMachine, launchesOf } from '../core/compare/learnedPrior';
import type { RunEnvironment } from '../core/model/run';
import type { StoredComparison } from '../core/model/storedComparison';
import { newRunId } from './runId';
import type { SideBySideResult } from './sideBySide';

/** A finished session in the form in which it is kept. `subject` is the endpoint's id, or `method url`. */
export function storedComparison(
  { comparison, rounds }: Pick<SideBySideResult, 'comparison' | 'rounds'>,
  subject: string,
  environment: Pick<RunEnvironment, 'cpuModel' | 'cores' | 'os'>,
  isCalibration = false,
): StoredComparison {
  const nowMs = Date.now();
  return {
    schemaVersion: 1,
    id: newRunId(nowMs),
    startedAt: new Date(nowMs).toISOString(),
    subject,
    machine: describeMachine(environment),
    isCalibration,
    comparison,
    launches: launchesOf(rounds),
  };
}
