import { decodeMany } from '../../core/history/manyFile';
import type { StoredMany } from '../../core/model/manyComparison';
import { RecordStore } from './recordStore';

/** Comparisons of many endpoints of one folder, which all have the same subject. */
export class ManyStore extends RecordStore<StoredMany> {
  constructor(folder: string) {
    super(folder, { noun: 'comparison', decode: decodeMany, subjectOf: () => '' });
  }
}
