import type { StoredMany } from '../model/manyComparison';
import { isComparison } from './comparisonFile';
import { decodeRecord, firstFault, isRecord } from './recordFile';

/**
 * Reads the file of a comparison of many endpoints. Fails with `comparison-newer` when a later version of the program wrote
 * it, and with `comparison-corrupt` when it lacks something that every reader relies on.
 */
export function decodeMany(text: string): StoredMany {
  const record = decodeRecord(text, 'comparison', ({ state, comparison }) => {
    return (
      firstFault({ state }, (value) => value === 'complete' || value === 'cancelled') ??
      firstFault({ comparison }, isMany)
    );
  });
  return record as unknown as StoredMany;
}

function isMany(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { kind, headline, labels, endpoints, skipped, warnings } = value;
  const hasParts = kind === 'many' && typeof headline === 'string' && isRecord(labels);
  return (
    hasParts && [skipped, warnings].every(Array.isArray) && Array.isArray(endpoints) && endpoints.every(isCompared)
  );
}

function isCompared(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { id, label, verdict, comparison } = value;
  return [id, label, verdict].every((text) => typeof text === 'string') && isComparison(comparison);
}
