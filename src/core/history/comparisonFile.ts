import type { StoredComparison } from '../model/storedComparison';
import { decodeRecord, firstFault, isRecord, isText } from './recordFile';

/**
 * Reads the file of a stored comparison. Fails with `comparison-newer` when a later version of the program wrote it, and with
 * `comparison-corrupt` when it lacks something that every reader relies on.
 */
export function decodeComparison(text: string): StoredComparison {
  const record = decodeRecord(text, 'comparison', ({ subject, machine, comparison, launches }) => {
    const areLaunches = Array.isArray(launches) && launches.every(isLaunch);
    return (
      firstFault({ subject, machine }, isText) ??
      firstFault({ comparison }, isComparison) ??
      (areLaunches ? null : '"launches" is missing or wrong')
    );
  });
  return record as unknown as StoredComparison;
}

/** What every reader of a comparison relies on. */
export function isComparison(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { headline, verdict, labels, metrics, rounds, warnings } = value;
  const hasTexts = typeof headline === 'string' && typeof verdict === 'string' && isRecord(labels);
  return hasTexts && [metrics, rounds, warnings].every(Array.isArray);
}

function isLaunch(value: unknown): boolean {
  return isRecord(value) && Number.isFinite(value['estimate']) && Number.isFinite(value['standardError']);
}
