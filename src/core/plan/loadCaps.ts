import type { LoadProfile } from '../model/loadProfile';
import { UserError } from '../../util/errors';

/** The most that a run may ask for. A person raises it in their own settings; a workspace cannot. */
export interface LoadCaps {
  readonly connections: number;
  readonly ratePerS: number;
  readonly durationS: number;
}

/** What is let pass unless a person raised it: more than any server on one machine needs, less than harms it. */
export const DEFAULT_CAPS: LoadCaps = { connections: 1024, ratePerS: 20_000, durationS: 600 };

/** Raises `over-cap`, naming the setting, when a load asks for more than is let pass. */
export function checkCaps({ model, stop, warmup }: LoadProfile, caps: LoadCaps): void {
  const connections = model.kind === 'closed' ? model.connections : model.maxConnections;
  need(connections, caps.connections, 'connections', 'limits.connections');
  if (model.kind === 'open') need(model.ratePerS, caps.ratePerS, 'requests per second', 'limits.ratePerSecond');
  need((stop.durationMs ?? 0) / 1000, caps.durationS, 'seconds', 'limits.durationSeconds');
  const warmupS = warmup.kind === 'fixed' ? warmup.durationMs / 1000 : 0;
  need(warmupS, caps.durationS, 'seconds of warm-up', 'limits.durationSeconds');
}

function need(asked: number, cap: number, what: string, setting: string): void {
  if (asked <= cap) return;
  throw new UserError(
    'over-cap',
    `The run asks for ${asked} ${what}, and at most ${cap} are let pass: ask for fewer, or raise "endpointProfiler.${setting}" in your user settings.`,
  );
}
