import { withCommitSides, type CommitStates, type CopyServices } from './commitSides';
import {
  sideBySide,
  type SideBySideEvents,
  type SideBySideOrder,
  type SideBySideResult,
  type SideBySideServices,
} from './sideBySide';

/** The working tree of a folder against a commit of it, on the same kind of server. */
export interface CommitOrder extends Omit<SideBySideOrder, 'sides'>, CommitStates {}

export interface CommitServices extends SideBySideServices, CopyServices {}

/**
 * Makes a copy of both states, prepares both, starts both, compares, and takes everything away again, however it ends. The
 * working tree itself is neither run nor written to, so it may be edited meanwhile. Rejects as `sideBySide` and
 * `withCommitSides` do.
 */
export function compareWithCommit(
  order: CommitOrder,
  services: CommitServices,
  events: SideBySideEvents,
  signal: AbortSignal,
): Promise<SideBySideResult> {
  return withCommitSides(order, services, events, signal, ({ sides, warnings }) =>
    sideBySide({ ...order, sides, warnings: [...order.warnings, ...warnings] }, services, events, signal),
  );
}
