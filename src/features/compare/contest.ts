import { l10n, window } from 'vscode';
import { percentText } from '../../core/compare/words';
import type { RunWarning } from '../../core/model/run';
import type { Server } from '../../core/model/server';
import type { Comparison } from '../../core/model/comparison';
import { calibrate, type Calibration, type CalibrationServices } from '../../session/calibrate';
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
  /** It keeps what it has learned by itself. */
  readonly isCalibration?: boolean;
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

/** HEAD against itself, which teaches what launches of the same code differ by on this machine. */
export function calibrationContest(
  folder: string,
  server: Server,
  known: Pick<CalibrationServices, 'comparisons' | 'environment'>,
  onLearned: (calibration: Calibration) => void,
): Contest {
  return {
    labels: { before: 'HEAD', after: 'HEAD' },
    commit: 'HEAD',
    isCalibration: true,
    warnings: [],
    run: async (order, services, events, signal) => {
      const calibration = await calibrate({ ...order, folder, server }, { ...services, ...known }, events, signal);
      onLearned(calibration);
      const { comparison } = calibration.stored;
      return { comparison, rounds: [], state: calibration.state === 'complete' ? 'decided' : 'cancelled' };
    },
  };
}

/** What a calibration found, as a notice. */
export function tellCalibration({ prior, launches }: Calibration): void {
  void window.showInformationMessage(
    l10n.t(
      'Calibrated with {0} launches: two launches of the same code differ by about {1} here.',
      launches,
      percentText(prior.sigma),
    ),
  );
}
