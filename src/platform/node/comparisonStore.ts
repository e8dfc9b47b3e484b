import { decodeComparison } from '../../core/history/comparisonFile';
import type { StoredComparison } from '../../core/model/storedComparison';
import { RecordStore } from './recordStore';

/** Finished comparisons of a folder. */
export class ComparisonStore extends RecordStore<StoredComparison> {
  constructor(folder: string) {
    super(folder, { noun: 'comparison', decode: decodeComparison, subjectOf: ({ subject }) => subject });
  }
}
