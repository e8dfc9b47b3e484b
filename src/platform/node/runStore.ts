import { mkdir, readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeRun, encodeRun, isRunId } from '../../core/history/runFile';
import { newestFirst } from '../../core/history/recordFile';
import { subjectOf } from '../../core/history/subjectOf';
import type { Run } from '../../core/model/run';
import type { RunListItem } from '../../protocol/page';
import { UserError, describeError, errorCode } from '../../util/errors';
import { writeWhole } from './writeWhole';

/** A run in the list, with what it is filed under. */
export interface StoredRun extends RunListItem {
  /** Id of its endpoint, or `method url` of a run that was made without one. */
  readonly subject: string;
  readonly pinned: boolean;
}

/** A file in the folder that could not be read as a run. It is left where it is. */
export interface RunFileProblem {
  readonly file: string;
  readonly sentence: string;
}

export interface RunStoreOptions {
  /** Runs kept for one subject; the oldest that is not pinned goes first. Default 50. */
  readonly keepPerSubject?: number;
}

const PINS = 'pinned.json';

/**
 * Runs as one JSON file each in a folder. A file is written beside its place and renamed, so that a crash leaves the old
 * state or the new one. Reading a list costs one `stat` for each file that did not change.
 */
export class RunStore {
  readonly #folder: string;
  readonly #keep: number;
  readonly #known = new Map<string, { readonly stamp: string; readonly item: StoredRun }>();
  /** Writing is done one after the other, so that two saves do not undo each other's pruning. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(folder: string, options: RunStoreOptions = {}) {
    this.#folder = folder;
    this.#keep = options.keepPerSubject ?? 50;
  }

  /** Writes the run and drops the oldest of its subject beyond the limit. Fails with `run-not-saved`. */
  save(run: Run): Promise<void> {
    return this.#inTurn(async () => {
      try {
        await mkdir(this.#folder, { recursive: true });
        await writeWhole(this.#path(run.id), encodeRun(run));
        await this.#prune(subjectOf(run));
      } catch (cause) {
        throw new UserError(
          'run-not-saved',
          `The run could not be kept in ${this.#folder} (${describeError(cause)}): make room or check the folder's rights.`,
          { cause },
        );
      }
    });
  }

  /** Fails with `run-missing`, `run-newer` or `run-corrupt`. */
  async load(id: string): Promise<Run> {
    let text: string;
    try {
      text = await readFile(this.#path(id), 'utf8');
    } catch (cause) {
      throw new UserError(
        'run-missing',
        'This run is not kept any more: somebody deleted it, or newer ones took its place.',
        { cause },
      );
    }
    return decodeRun(text);
  }

  /** Newest first; with `subject`, the runs of that endpoint only. An absent folder is an empty list. */
  async list(subject?: string): Promise<{ runs: readonly StoredRun[]; problems: readonly RunFileProblem[] }> {
    const pins = await this.#readPins();
    const problems: RunFileProblem[] = [];
    const runs: StoredRun[] = [];
    for (const file of await this.#files()) {
      try {
        const item = await this.#item(file);
        if (subject === undefined || item.subject === subject) runs.push({ ...item, pinned: pins.has(item.id) });
      } catch (error) {
        this.#known.delete(file);
        if (errorCode(error) !== 'ENOENT') problems.push({ file, sentence: describeError(error) });
      }
    }
    return { runs: runs.sort(newestFirst), problems };
  }

  /** Deletes a run and its pin; one that is not there is no error. */
  delete(id: string): Promise<void> {
    return this.#inTurn(async () => {
      await rm(this.#path(id), { force: true });
      await this.#setPin(id, false);
    });
  }

  /** A pinned run is never dropped to make room. */
  pin(id: string, pinned: boolean): Promise<void> {
    return this.#inTurn(() => this.#setPin(id, pinned));
  }

  async #item(file: string): Promise<StoredRun> {
    const path = join(this.#folder, file);
    const { mtimeMs, size } = await stat(path);
    const stamp = `${mtimeMs}:${size}`;
    const known = this.#known.get(file);
    if (known?.stamp === stamp) return known.item;
    const run = decodeRun(await readFile(path, 'utf8'));
    if (`${run.id}.json` !== file)
      throw new UserError('run-corrupt', 'The name of this file is not the id of the run in it.');
    const item = describeRun(run);
    this.#known.set(file, { stamp, item });
    return item;
  }

  async #files(): Promise<string[]> {
    try {
      return (await readdir(this.#folder)).filter((name) => name.endsWith('.json') && name !== PINS);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  }

  async #prune(subject: string): Promise<void> {
    const { runs } = await this.list(subject);
    const loose = runs.filter((run) => !run.pinned);
    const room = Math.max(1, this.#keep - (runs.length - loose.length));
    for (const run of loose.slice(room)) await rm(this.#path(run.id), { force: true });
  }

  async #readPins(): Promise<Set<string>> {
    try {
      const value: unknown = JSON.parse(await readFile(join(this.#folder, PINS), 'utf8'));
      return new Set(Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []);
    } catch {
      return new Set();
    }
  }

  async #setPin(id: string, pinned: boolean): Promise<void> {
    const pins = await this.#readPins();
    if (pins.has(id) === pinned) return;
    if (pinned) pins.add(id);
    else pins.delete(id);
    await mkdir(this.#folder, { recursive: true });
    await writeWhole(join(this.#folder, PINS), `${JSON.stringify([...pins])}\n`);
  }

  #path(id: string): string {
    if (!isRunId(id)) throw new UserError('run-missing', 'This is not the id of a run.');
    return join(this.#folder, `${id}.json`);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(act);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function describeRun(run: Run): StoredRun {
  const { model } = run.profile;
  const { commit, dirty } = run.environment;
  return {
    id: run.id,
    startedAt: run.startedAt,
    state: run.state,
    connections: model.kind === 'closed' ? model.connections : model.maxConnections,
    throughputRps: run.summary.throughputRps,
    p50Ms: run.summary.latencyMs.p50,
    p99Ms: run.summary.latencyMs.p99,
    revision: commit === null ? null : `${commit.slice(0, 7)}${dirty === true ? '+' : ''}`,
    subject: subjectOf(run),
    pinned: false,
  };
}
