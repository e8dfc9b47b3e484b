import type { ComparedArm } from '../core/model/comparison';
import { UserError } from '../util/errors';

/** One of two servers gave nothing but failures, so there is nothing to compare. */
export class SideLostError extends UserError {
  constructor(
    readonly arm: ComparedArm,
    sentence: string,
  ) {
    super('side-lost', sentence);
  }
}
