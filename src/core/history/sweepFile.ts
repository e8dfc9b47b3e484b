import type { Sweep } from '../model/sweep';
import { decodeRecord, firstFault, isRecord, isText } from './recordFile';

/**
 * Reads the file of a sweep, which is also what a command line's `--json` prints. Fails with `sweep-newer` when a later version
 * of the program wrote it, and with `sweep-corrupt` when it lacks something that every reader relies on.
 */
export function decodeSweep(text: string): Sweep {
  const record = decodeRecord(text, 'sweep', (sweep) => {
    const { kind, request, target, profile, environment, levels, points, headline, details, warnings } = sweep;
    return (
      firstFault({ kind }, (value) => value === 'connections' || value === 'rate') ??
      firstFault({ request, target, profile, environment }, isRecord) ??
      firstFault({ levels, points, details, warnings }, Array.isArray) ??
      firstFault({ headline }, isText) ??
      faultOfPoints(points as readonly unknown[])
    );
  });
  return record as unknown as Sweep;
}

function faultOfPoints(points: readonly unknown[]): string | null {
  const wrong = points.findIndex((point) => !isPoint(point));
  return wrong === -1 ? null : `"points[${wrong}]" is wrong`;
}

function isPoint(value: unknown): boolean {
  if (!isRecord(value) || typeof value['level'] !== 'number' || !isRecord(value['summary'])) return false;
  const { throughputRps, requests, latencyMs, errors, statuses } = value['summary'];
  const hasNumbers = typeof throughputRps === 'number' && typeof requests === 'number';
  return (
    hasNumbers && isRecord(latencyMs) && typeof latencyMs['p50'] === 'number' && isRecord(errors) && isRecord(statuses)
  );
}
