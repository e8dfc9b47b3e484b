import type { RunWarning } from '../../core/model/run';
import type { Server } from '../../core/model/server';
import type { Comparison } from '../../core/model/comparison';
import { compareWithCommit, type CommitServices } from '../../session/compareWithCommit';
import { serverSide } from '../../session/serverSide';
import {
  sideBySide,
  type Side,
  type SideBySideEvents,
  type SideBySideOrder,
  type SideBySideResult,
} from '../../session/sideBySide';

/** A round of settled choices without the two sides. */
export type ContestOrder = Omit<SideBySideOrder, 'sides'>;

/** What is measured side by side, and how the two sides come about. */
export interface Contest {
  readonly labels: Comparison['labels'];
  /** The commit that the working tree is held against; null where the sides are two servers. */
  readonly commit: string | null;
  readonly warnings: readonly RunWarning[];
  run(
    order: ContestOrder,
    services: CommitServices,
    events: SideBySideEvents,
    signal: AbortSignal,
  ): Promise<SideBySideResult>;
}

/** The working tree of a folder against a commit, both on copies of the same server. */
export function commitContest(
  folder: string,
  server: Server,
  against: string,
  warnings: readonly RunWarning[] = [],
): Contest {
  return {
    labels: { before: against, after: 'working tree' },
    commit: against,
    warnings,
    run: (order, services, events, signal) =>
      compareWithCommit({ ...order, folder, against, candidate: null, server }, services, events, signal),
  };
}

/** Two servers of one folder, on the working tree itself. One without a command must be up; it is not restarted. */
export function serverContest(folder: string, before: Server, after: Server): Contest {
  return {
    labels: { before: before.name, after: after.name },
    commit: null,
    warnings: [],
    run: (order, services, events, signal) =>
      sideBySide(
        { ...order, sides: { before: sideOf(before, folder, services), after: sideOf(after, folder, services) } },
        services,
        events,
        signal,
      ),
  };
}

function sideOf(server: Server, folder: string, { supervisor, onOutput }: CommitServices): Side {
  const { name, baseUrl, start } = server;
  if (start) return serverSide({ label: name, server, folder, env: {}, supervisor, onOutput });
  const running = { baseUrl: baseUrl.replace(/\/+$/, ''), pid: null, close: () => Promise.resolve() };
  return { label: name, isRestarted: false, open: () => Promise.resolve(running) };
}
