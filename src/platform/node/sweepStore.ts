import { decodeSweep } from '../../core/history/sweepFile';
import { subjectOf } from '../../core/history/subjectOf';
import type { Sweep } from '../../core/model/sweep';
import { RecordStore } from './recordStore';

/** Sweeps of a folder. */
export class SweepStore extends RecordStore<Sweep> {
  constructor(folder: string) {
    super(folder, {
      noun: 'sweep',
      decode: decodeSweep,
      subjectOf,
    });
  }
}
