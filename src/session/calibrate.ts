import { learnedPrior, describeMachine, launchesOf } from '../core/compare/learnedPrior';
import type { LaunchPrior } from '../core/compare/launchInterval';
import type { RunEnvironment } from '../core/model/run';
import type { StoredComparison } from '../core/model/storedComparison';
import { PLANNED_ROUNDS } from '../core/compare/looks';
import { CancelledError } from '../util/errors';
import { withCommitSides } from './commitSides';
import type { CommitOrder, CommitServices } from './compareWithCommit';
import { sideBySide, type SideBySideEvents } from './sideBySide';
import { storedComparison } from './storedComparison';

/** What a calibration found out. */
export interface Calibration {
  readonly stored: StoredComparison;
  /** What is believed of launches now, with everything that was known before. */
  readonly prior: LaunchPrior;
  /** Launches that counted. */
  readonly launches: number;
  readonly state: 'complete' | 'cut-short';
}

export type CalibrationOrder = Omit<CommitOrder, 'against' | 'candidate' | 'quick' | 'prior' | 'margin'>;

export interface CalibrationServices extends CommitServices {
  readonly comparisons: {
    save(stored: StoredComparison): Promise<void>;
    list(): Promise<readonly StoredComparison[]>;
  };
  readonly environment: Pick<RunEnvironment, 'cpuModel' | 'cores' | 'os'>;
}

/**
 * Compares HEAD with itself on two servers, launch by launch, so that what launches of the same code differ by is known for
 * this machine and this server. All planned rounds are measured whatever the first ones say, unless the budget ends before; a
 * person may cut it short, and two whole launches are then enough to learn from. Rejects as `compareWithCommit` does.
 */
export async function calibrate(
  order: CalibrationOrder,
  services: CalibrationServices,
  events: SideBySideEvents,
  signal: AbortSignal,
): Promise<Calibration> {
  const states = { ...order, against: 'HEAD', candidate: 'HEAD' };
  const known = await services.comparisons.list();
  const prior = learnedPrior(known, describeMachine(services.environment));
  const result = await withCommitSides(states, services, events, signal, ({ sides, warnings }) =>
    sideBySide(
      {
        ...order,
        sides,
        prior,
        margin: 0.03,
        quick: false,
        allRounds: true,
        warnings: [...order.warnings, ...warnings.filter(({ code }) => code !== 'no-change')],
      },
      services,
      events,
      signal,
    ),
  );
  const launches = launchesOf(result.rounds).length;
  if (launches < 2 && result.state === 'cancelled') throw new CancelledError();
  const stored = storedComparison(result, order.id, services.environment, true);
  await services.comparisons.save(stored);
  return {
    stored,
    prior: learnedPrior([stored, ...known], stored.machine),
    launches,
    state: launches === PLANNED_ROUNDS ? 'complete' : 'cut-short',
  };
}
