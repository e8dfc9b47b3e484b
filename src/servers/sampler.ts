import type { ServerReport } from '../core/model/run';
import type { LaneSample } from '../core/plan/usageSeries';
import type { ServerSigns } from '../core/request/debugServer';
import type { Disposable } from '../util/disposable';
import { ProcSampler } from './procSampler';
import { TableSampler } from './tableSampler';
import { systemTables } from './tables/systemTables';

/** What the watched processes used since the moment before. */
export interface SamplerMoment {
  /** On the clock of `performance.now()`. */
  readonly atMs: number;
  /** The server first. */
  readonly lanes: readonly LaneSample[];
}

/** Watches CPU and memory of a server while it is loaded. */
export interface ServerSampler extends Disposable {
  /** Command line of the process that listens; null when it was not found, or not yet. */
  readonly commandLine: string | null;
  /** How that process was started. */
  readonly signs: ServerSigns;
  /** The measured phase begins; what was used before does not count. */
  begin(): void;
  /** The measured phase has ended; later calls do nothing. */
  end(): void;
  /** Settles when what `end` asked the system for has come; to be waited for before `report`. */
  settled(): Promise<void>;
  /** What was sampled since the last call, from before the measured phase to its end. */
  takeMoments(): readonly SamplerMoment[];
  /** Null when nothing was found, or the measured phase was too short to say. Busiest first within a role. */
  report(): ServerReport | null;
}

/**
 * Watches the processes that listen on a port of this machine with all their descendants, and the local processes that
 * they hold connections to, with the other processes of such a service: every 0.4 s from /proc on Linux, every second from ps
 * and lsof on macOS and from PowerShell and netstat on Windows. Elsewhere it reports nothing. Processes of other users are seen
 * only by root.
 */
export function startSampler(port: number): ServerSampler {
  const tables = systemTables(process.platform);
  return tables ? new TableSampler(port, tables) : new ProcSampler(port);
}
