import type { Server } from '../core/model/server';
import type { ComparedArm } from '../core/model/comparison';
import type { RunWarning } from '../core/model/run';
import { hasChanges, resolveCommit, takeSnapshot, type Snapshot } from '../platform/node/snapshots/snapshot';
import { createSnapshotFolder, removeLeftovers } from '../platform/node/snapshots/snapshotFolder';
import { runCommand } from '../servers/runCommand';
import type { SupervisorCommand } from '../servers/runningServer';
import { UserError } from '../util/errors';
import { serverInCopy } from './serverInCopy';
import { serverSide } from './serverSide';
import type { Side, SideBySideEvents } from './sideBySide';

const PREPARE_TIMEOUT_MS = 600_000;

/** Two states of one folder, on the same kind of server. */
export interface CommitStates {
  readonly folder: string;
  /** A commit, branch, tag or stash: the before side. */
  readonly against: string;
  /** The after side; null for the working tree as it is. */
  readonly candidate: string | null;
  /** Must have a command that is told its port. */
  readonly server: Server;
}

export interface CopyServices {
  /** Where the copies go for the time of the comparison. */
  readonly storage: string;
  readonly supervisor: SupervisorCommand;
  readonly onOutput: (side: string, text: string) => void;
}

/** Both states as servers that can be started, and what is to be known of them. */
export interface CommitSides {
  readonly sides: Readonly<Record<ComparedArm, Side>>;
  readonly warnings: readonly RunWarning[];
}

/**
 * Makes a copy of both states, prepares both, hands them to `use`, and takes everything away again, however that ends; what a
 * killed process left in `storage` goes first. Rejects as `use`, `takeSnapshot` and `runCommand` do, and with `no-command` or
 * `fixed-port` when the server cannot run twice.
 */
export async function withCommitSides<Result>(
  states: CommitStates,
  services: CopyServices,
  events: Pick<SideBySideEvents, 'onStep'>,
  signal: AbortSignal,
  use: (sides: CommitSides) => Promise<Result>,
): Promise<Result> {
  const { folder, server, against, candidate } = states;
  requireTwice(server);
  await removeLeftovers(services.storage);
  const commit = await resolveCommit(folder, against, signal);
  const labels = { before: labelOf(against, commit.short), after: candidate ?? 'working tree' };
  const place = await createSnapshotFolder(services.storage, folder);
  const snapshots: Snapshot[] = [];
  try {
    const make = async (arm: ComparedArm, name: string | null): Promise<Side> => {
      const label = labels[arm];
      events.onStep?.(`Copying ${label}…`, 0);
      const prepare = server.start?.prepare ?? '';
      const snapshot = await takeSnapshot({ folder, commit: name, to: place.pathOf(arm), prepare, signal });
      snapshots.push(snapshot);
      const own = serverInCopy(server, folder, snapshot.folder, snapshot.env);
      if (prepare !== '') {
        events.onStep?.(`Preparing ${label}…`, 0);
        await runPrepare(own, snapshot.folder, label, services, signal);
      }
      const { supervisor, onOutput } = services;
      return serverSide({ label, server: own, folder: snapshot.folder, env: {}, supervisor, onOutput });
    };
    const sides = { before: await make('before', commit.hash), after: await make('after', candidate) };
    const unchanged = await unchangedWarning(states, commit.hash, labels.before, signal);
    return await use({ sides, warnings: [...notesOf(snapshots), ...unchanged] });
  } finally {
    for (const snapshot of snapshots) await snapshot.remove();
    await place.remove();
  }
}

/** Fails with `no-command` or `fixed-port` when two of the server cannot run at once. */
export function requireTwice({ name, baseUrl, start }: Server): void {
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

/** Which side it was is part of the error, because both run the same command. */
async function runPrepare(
  { start }: Server,
  cwd: string,
  label: string,
  { onOutput }: CopyServices,
  signal: AbortSignal,
): Promise<void> {
  try {
    await runCommand({
      command: start?.prepare ?? '',
      cwd,
      env: start?.env ?? {},
      timeoutMs: PREPARE_TIMEOUT_MS,
      onOutput: (text) => onOutput(label, text),
      signal,
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      error.code,
      `In the copy of ${label}: ${error.message} It is the "prepare" of the server: try it in a fresh clone.`,
      { cause: error },
    );
  }
}

async function unchangedWarning(
  { folder, candidate }: CommitStates,
  hash: string,
  label: string,
  signal: AbortSignal,
): Promise<RunWarning[]> {
  const after = await resolveCommit(folder, candidate ?? 'HEAD', signal);
  if (after.hash !== hash || (candidate === null && (await hasChanges(folder, signal)))) return [];
  return [{ code: 'no-change', message: `Both sides have the same code: nothing has changed since ${label}.` }];
}

function notesOf(snapshots: readonly Snapshot[]): RunWarning[] {
  return [...new Set(snapshots.flatMap(({ notes }) => notes))].map((message, at) => ({
    code: `snapshot-${at + 1}`,
    message,
  }));
}
