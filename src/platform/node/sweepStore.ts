import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunId } from '../../core/history/runFile';
import { decodeSweep, encodeSweep } from '../../core/history/sweepFile';
import type { Sweep } from '../../core/model/sweep';
import { UserError, describeError, errorCode } from '../../util/errors';
import { writeWhole } from './writeWhole';

/** Sweeps kept for one endpoint; the oldest goes first. */
const KEEP_PER_SUBJECT = 20;

/** Sweeps as one JSON file each in a folder of their own, beside the runs. */
export class SweepStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes the sweep and drops the oldest of its endpoint beyond the limit. Fails with `sweep-not-saved`. */
  async save(sweep: Sweep): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeWhole(this.#path(sweep.id), encodeSweep(sweep));
      const kept = await this.list(subjectOfSweep(sweep));
      for (const { id } of kept.slice(KEEP_PER_SUBJECT)) await this.delete(id);
    } catch (cause) {
      throw new UserError(
        'sweep-not-saved',
        `The sweep could not be kept in ${this.#folder} (${describeError(cause)}): make room or check the folder's rights.`,
        { cause },
      );
    }
  }

  /** The sweeps of one endpoint, newest first. A file that cannot be read is left where it is and left out. */
  async list(subject: string): Promise<readonly Sweep[]> {
    const sweeps: Sweep[] = [];
    for (const file of await this.#files()) {
      const sweep = await readFile(join(this.#folder, file), 'utf8')
        .then(decodeSweep)
        .catch(() => null);
      if (sweep && subjectOfSweep(sweep) === subject) sweeps.push(sweep);
    }
    return sweeps.sort((a, b) => (a.startedAt === b.startedAt ? 0 : a.startedAt < b.startedAt ? 1 : -1));
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
    if (!isRunId(id)) throw new UserError('sweep-missing', 'This is not the id of a sweep.');
    return join(this.#folder, `${id}.json`);
  }
}

/** What a sweep is filed under: the endpoint, or `method url`. */
function subjectOfSweep({ endpoint, request }: Sweep): string {
  return endpoint?.id ?? `${request.method} ${request.url}`;
}
