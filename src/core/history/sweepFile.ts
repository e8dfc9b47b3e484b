import type { Sweep } from '../model/sweep';
import { UserError, describeError } from '../../util/errors';
import { isRunId } from './runFile';

/** A sweep as the text of its file: JSON with a final line break; a command line's `--json` prints the same. */
export function encodeSweep(sweep: Sweep): string {
  return `${JSON.stringify(sweep, null, 1)}\n`;
}

/**
 * Reads what `encodeSweep` wrote. Fails with `sweep-newer` when a later version of the program wrote it, and with
 * `sweep-corrupt` when it lacks something that every reader relies on.
 */
export function decodeSweep(text: string): Sweep {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw corrupt(`it is not valid JSON: ${describeError(cause)}`);
  }
  if (!isRecord(value)) throw corrupt('it is not an object');
  const version = value['schemaVersion'];
  if (typeof version === 'number' && version > 1) {
    throw new UserError(
      'sweep-newer',
      `This sweep was written by a newer version of Endpoint Profiler (format ${version}, this one reads 1): update it to open the sweep.`,
    );
  }
  if (version !== 1) throw corrupt('"schemaVersion" is missing or wrong');
  const { id, startedAt, kind, request, target, profile, environment, levels, points, headline, details, warnings } =
    value;
  if (typeof id !== 'string' || !isRunId(id)) throw corrupt('"id" is missing or wrong');
  if (typeof startedAt !== 'string' || Number.isNaN(Date.parse(startedAt))) throw corrupt('"startedAt" is not a time');
  if (kind !== 'connections' && kind !== 'rate') throw corrupt('"kind" is missing or wrong');
  for (const [name, each] of Object.entries({ request, target, profile, environment })) {
    if (!isRecord(each)) throw corrupt(`"${name}" is missing or wrong`);
  }
  for (const [name, each] of Object.entries({ levels, points, details, warnings })) {
    if (!Array.isArray(each)) throw corrupt(`"${name}" is missing or wrong`);
  }
  if (typeof headline !== 'string') throw corrupt('"headline" is missing or wrong');
  (points as readonly unknown[]).forEach((point, index) => {
    if (!isPoint(point)) throw corrupt(`"points[${index}]" is wrong`);
  });
  return value as unknown as Sweep;
}

function isPoint(value: unknown): boolean {
  if (!isRecord(value) || typeof value['level'] !== 'number' || !isRecord(value['summary'])) return false;
  const { throughputRps, requests, latencyMs, errors, statuses } = value['summary'];
  const hasNumbers = typeof throughputRps === 'number' && typeof requests === 'number';
  return (
    hasNumbers && isRecord(latencyMs) && typeof latencyMs['p50'] === 'number' && isRecord(errors) && isRecord(statuses)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function corrupt(reason: string): UserError {
  return new UserError('sweep-corrupt', `This is not a sweep that can be opened: ${reason}.`);
}
