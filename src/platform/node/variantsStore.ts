import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeVariants, encodeVariants } from '../../core/history/variantsFile';
import type { VariantsResult } from '../../core/model/variants';
import { UserError, describeError } from '../../util/errors';
import { writeWhole } from './writeWhole';

/** The newest benchmark of several servers of each endpoint, one file each; the runs in it are kept with the others as well. */
export class VariantsStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes the place of the one before. Fails with `variants-not-saved`. */
  async save(endpointId: string, result: VariantsResult): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeWhole(this.#path(endpointId), encodeVariants(result));
    } catch (cause) {
      throw new UserError(
        'variants-not-saved',
        `The table of several servers could not be kept in ${this.#folder} (${describeError(cause)}): make room or check the folder's rights.`,
        { cause },
      );
    }
  }

  /** Null when there is none, or none that can be read. */
  async newest(endpointId: string): Promise<VariantsResult | null> {
    return await readFile(this.#path(endpointId), 'utf8')
      .then(decodeVariants)
      .catch(() => null);
  }

  #path(endpointId: string): string {
    return join(this.#folder, `${createHash('sha256').update(endpointId).digest('hex').slice(0, 24)}.json`);
  }
}
