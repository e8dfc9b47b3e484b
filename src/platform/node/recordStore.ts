import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeRecord, newestFirst, type RecordNoun, type StoredRecord } from '../../core/history/recordFile';
import { isRunId } from '../../core/history/runFile';
import { UserError, describeError, errorCode } from '../../util/errors';
import { writeWhole } from './writeWhole';

/** Records kept for one subject; the oldest goes first. */
const KEEP_PER_SUBJECT = 20;

/** How records of one kind are told apart and read. */
export interface RecordKind<Stored extends StoredRecord> {
  readonly noun: RecordNoun;
  /** The text of a file as a record; raises when it is none. */
  readonly decode: (text: string) => Stored;
  /** What a record is filed under: its endpoint, `method url`. */
  readonly subjectOf: (stored: Stored) => string;
}

/** Records of one kind as one JSON file each in a folder of their own, beside the runs. */
export class RecordStore<Stored extends StoredRecord> {
  readonly #folder: string;
  readonly #kind: RecordKind<Stored>;

  constructor(folder: string, kind: RecordKind<Stored>) {
    this.#folder = folder;
    this.#kind = kind;
  }

  /** Writes the record and drops the oldest of its subject beyond the limit. Fails with `<noun>-not-saved`. */
  async save(stored: Stored): Promise<void> {
    const { noun, subjectOf } = this.#kind;
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeWhole(this.#path(stored.id), encodeRecord(stored));
      const kept = await this.list(subjectOf(stored));
      for (const { id } of kept.slice(KEEP_PER_SUBJECT)) await this.delete(id);
    } catch (cause) {
      throw new UserError(
        `${noun}-not-saved`,
        `The ${noun} could not be kept in ${this.#folder} (${describeError(cause)}): make room or check the folder's rights.`,
        { cause },
      );
    }
  }

  /** Newest first; with `subject`, those of that subject only. A file that cannot be read is left where it is and left out. */
  async list(subject?: string): Promise<readonly Stored[]> {
    const { decode, subjectOf } = this.#kind;
    const found: Stored[] = [];
    for (const file of await this.#files()) {
      const stored = await readFile(join(this.#folder, file), 'utf8')
        .then(decode)
        .catch(() => null);
      if (stored && (subject === undefined || subjectOf(stored) === subject)) found.push(stored);
    }
    return found.sort(newestFirst);
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
    const { noun } = this.#kind;
    if (!isRunId(id)) throw new UserError(`${noun}-missing`, `This is not the id of a ${noun}.`);
    return join(this.#folder, `${id}.json`);
  }
}
