import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeComparison, encodeComparison } from '../../core/history/comparisonFile';
import { isRunId } from '../../core/history/runFile';
import type { StoredComparison } from '../../core/model/storedComparison';
import { UserError, describeError, errorCode } from '../../util/errors';
import { writeWhole } from './writeWhole';

/** Comparisons kept for one endpoint; the oldest goes first. */
const KEEP_PER_SUBJECT = 20;

/** Comparisons as one JSON file each in a folder of their own, beside the runs. */
export class ComparisonStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes the comparison and drops the oldest of its endpoint beyond the limit. Fails with `comparison-not-saved`. */
  async save(stored: StoredComparison): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeWhole(this.#path(stored.id), encodeComparison(stored));
      const kept = await this.list(stored.subject);
      for (const { id } of kept.slice(KEEP_PER_SUBJECT)) await this.delete(id);
    } catch (cause) {
      throw new UserError(
        'comparison-not-saved',
        `The comparison could not be kept in ${this.#folder} (${describeError(cause)}): make room or check the folder's rights.`,
        { cause },
      );
    }
  }

  /** Newest first; with `subject`, those of that endpoint only. A file that cannot be read is left where it is and left out. */
  async list(subject?: string): Promise<readonly StoredComparison[]> {
    const found: StoredComparison[] = [];
    for (const file of await this.#files()) {
      const stored = await readFile(join(this.#folder, file), 'utf8')
        .then(decodeComparison)
        .catch(() => null);
      if (stored && (subject === undefined || stored.subject === subject)) found.push(stored);
    }
    return found.sort((a, b) => (a.id === b.id ? 0 : a.id < b.id ? 1 : -1));
  }

  /** One that is not there is no error. */
  async delete(id: string): Promise<void> {
    await rm(this.#path(id), { force: true });
  }

  async #files(): Promise<string[]> {
    try {
      return (await readdir(this.#folder)).filter((name) => name.endsWith('.json'));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  }

  #path(id: string): string {
    if (!isRunId(id)) throw new UserError('comparison-missing', 'This is not the id of a comparison.');
    return join(this.#folder, `${id}.json`);
  }
}
