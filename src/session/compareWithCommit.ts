import type { Server } from '../core/model/server';
import type { RunWarning } from '../core/model/run';
import { takeSnapshot, resolveCommit, type Snapshot } from '../platform/node/snapshots/snapshot';
import { createSnapshotFolder } from '../platform/node/snapshots/snapshotFolder';
import { runCommand } from '../servers/runCommand';
import type { SupervisorCommand } from '../servers/runningServer';
import { UserError } from '../util/errors';
import { serverSide } from './serverSide';
import {
  sideBySide,
  type SideBySideEvents,
  type SideBySideOrder,
  type SideBySideResult,
  type SideBySideServices,
} from './sideBySide';

const PREPARE_TIMEOUT_MS = 600_000;

/** The working tree of a folder against a commit of it, on the same kind of server. */
export interface CommitOrder extends Omit<SideBySideOrder, 'sides'> {
  readonly folder: string;
  /** A commit, branch, tag or stash: the before side. */
  readonly against: string;
  /** The after side; null for the working tree as it is. */
  readonly candidate: string | null;
  /** Must have a command that is told its port. */
  readonly server: Server;
}

export interface CommitServices extends SideBySideServices {
  /** Where the copies go for the time of the comparison. */
  readonly storage: string;
  readonly supervisor: SupervisorCommand;
  readonly onOutput: (side: string, text: string) => void;
}

/**
 * Makes a copy of both states, prepares both, starts both, compares, and takes everything away again, however it ends. The
 * working tree itself is neither run nor written to, so it may be edited meanwhile. Rejects as `sideBySide`, `takeSnapshot`
 * and `runCommand` do, and with `no-command` or `fixed-port` when the server cannot run twice.
 */
export async function compareWithCommit(
  order: CommitOrder,
  services: CommitServices,
  events: SideBySideEvents,
  signal: AbortSignal,
): Promise<SideBySideResult> {
  const { folder, server } = order;
  requireTwice(server);
  const commit = await resolveCommit(folder, order.against, signal);
  const labels = { before: labelOf(order.against, commit.short), after: order.candidate ?? 'working tree' };
  const place = await createSnapshotFolder(services.storage, folder);
  const snapshots: Snapshot[] = [];
  try {
    const copy = async (side: 'before' | 'after', name: string | null): Promise<Snapshot> => {
      events.onStep?.(`Copying ${labels[side]}…`, 0);
      const snapshot = await takeSnapshot({ folder, commit: name, to: place.pathOf(side), signal });
      snapshots.push(snapshot);
      await prepare(server, snapshot, labels[side], services, events, signal);
      return snapshot;
    };
    const before = await copy('before', commit.hash);
    const after = await copy('after', order.candidate);
    const sideOf = (label: string, { folder: place, env }: Snapshot) =>
      serverSide({ label, server, folder: place, env, supervisor: services.supervisor, onOutput: services.onOutput });
    return await sideBySide(
      {
        ...order,
        sides: { before: sideOf(labels.before, before), after: sideOf(labels.after, after) },
        warnings: [...order.warnings, ...notesOf(snapshots)],
      },
      services,
      events,
      signal,
    );
  } finally {
    for (const snapshot of snapshots) await snapshot.remove();
    await place.remove();
  }
}

function requireTwice({ name, baseUrl, start }: Server): void {
  if (!start) {
    throw new UserError(
      'no-command',
      `Server "${name}" has no command, so it cannot be started for both sides: give it one in the settings or the team file.`,
    );
  }
  if (!baseUrl.includes('{port}')) {
    throw new UserError(
      'fixed-port',
      `Server "${name}" has a fixed port (${baseUrl}), so it cannot run twice: write {port} in its baseUrl and hand {port} to its command or environment.`,
    );
  }
}

function labelOf(name: string, short: string): string {
  return name.startsWith(short) || short.startsWith(name) ? short : `${name} (${short})`;
}

async function prepare(
  { start }: Server,
  { folder, env }: Snapshot,
  label: string,
  services: CommitServices,
  events: SideBySideEvents,
  signal: AbortSignal,
): Promise<void> {
  const command = start?.prepare;
  if (command === undefined) return;
  events.onStep?.(`Preparing ${label}…`, 0);
  await runCommand({
    command,
    cwd: folder,
    env: { ...start?.env, ...env },
    timeoutMs: PREPARE_TIMEOUT_MS,
    onOutput: (text) => services.onOutput(label, text),
    signal,
  });
}

function notesOf(snapshots: readonly Snapshot[]): RunWarning[] {
  return [...new Set(snapshots.flatMap(({ notes }) => notes))].map((message, at) => ({
    code: `snapshot-${at + 1}`,
    message,
  }));
}
