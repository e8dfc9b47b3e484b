import type { RunWarning } from '../model/run';

/** A loop that waits by turning wants its core always: where it lacks more than this share of it, what was due then went out late. */
export const STARVED_SHARE = 0.1;

/** What was seen of the load generator; null where it was not measured. */
export interface GeneratorSigns {
  /** Share of time its busiest event loop worked, 0 to 1. */
  readonly eventLoopUtilization: number;
  /** Share of a core that its busiest thread used; null in case only the whole process is known. */
  readonly threadCpu: number | null;
  readonly loopDelayP99Ms: number | null;
  readonly p50LatencyMs: number;
  readonly throughputRps: number;
  /** What this generator reaches against a server that does nothing, here. */
  readonly nullServerRps: number | null;
  /** Share of its limit (one core per single-threaded process) that the server used. */
  readonly serverCpuShare: number | null;
  /** Throughput with twice the connections divided by that with the planned ones. */
  readonly gainFromDoubling: number | null;
  /** Open load only: 99th percentile of how late requests were sent. */
  readonly sendLagP99Ms: number | null;
  /** Share of all cores in use, 0 to 1. */
  readonly machineBusy: number | null;
}

/**
 * Signs that the generator, not the server, sets the pace; a true difference is then larger than the one seen. Each is
 * a warning with the number that raised it; an empty list means none was seen.
 */
export function generatorLimits(signs: GeneratorSigns): RunWarning[] {
  const { p50LatencyMs, nullServerRps, serverCpuShare, gainFromDoubling } = signs;
  const found: string[] = [];
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  if (signs.eventLoopUtilization > 0.85)
    found.push(`its event loop was busy ${percent(signs.eventLoopUtilization)} of the time`);
  if ((signs.threadCpu ?? 0) > 0.85) found.push(`one of its threads used ${percent(signs.threadCpu ?? 0)} of a core`);
  if ((signs.loopDelayP99Ms ?? 0) > 0.1 * p50LatencyMs) {
    found.push(`its event loop was late by ${(signs.loopDelayP99Ms ?? 0).toFixed(1)} ms once in a hundred times`);
  }
  if (nullServerRps !== null && signs.throughputRps > 0.5 * nullServerRps) {
    found.push(`it sent ${percent(signs.throughputRps / nullServerRps)} of the most it can send on this machine`);
  }
  if (serverCpuShare !== null && serverCpuShare < 0.7 && gainFromDoubling !== null && gainFromDoubling < 1.05) {
    found.push(`the server used only ${percent(serverCpuShare)} of its CPU and more connections do not help`);
  }
  if ((signs.sendLagP99Ms ?? 0) > Math.max(1, 0.05 * p50LatencyMs)) {
    found.push(`it sent one request in a hundred more than ${(signs.sendLagP99Ms ?? 0).toFixed(1)} ms late`);
  }
  if ((signs.machineBusy ?? 0) > 0.95) found.push('all cores were busy, so it shared them with the server');
  return found.map((sign) => ({
    code: 'generator-limit',
    message: `The load generator may be the limit: ${sign}. The true difference is probably larger.`,
  }));
}
