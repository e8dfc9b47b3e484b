import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiscoveryResult } from '../../core/model/endpoint';

/** What a file of the cache holds. A file of another version of the program is no file. */
interface Cached {
  readonly profilerVersion: string;
  readonly folder: string;
  readonly result: DiscoveryResult;
}

/**
 * The endpoints of each folder as they were when they were last known, so that a window has them before its first scan is
 * done. Nothing is lost with it: whatever cannot be read or written is treated as not there.
 */
export class RouteCache {
  readonly #folder: string;
  readonly #profilerVersion: string;

  /** `folder` is where the files of the cache lie; it is made when it is first needed. */
  constructor(folder: string, profilerVersion: string) {
    this.#folder = folder;
    this.#profilerVersion = profilerVersion;
  }

  /** What `write` was last given for the folder by this version of the program. */
  async read(folder: string): Promise<DiscoveryResult | undefined> {
    try {
      const cached = JSON.parse(await readFile(this.#path(folder), 'utf8')) as Partial<Cached>;
      const isOurs = cached.profilerVersion === this.#profilerVersion && cached.folder === folder;
      return isOurs && Array.isArray(cached.result?.endpoints) ? cached.result : undefined;
    } catch {
      return undefined;
    }
  }

  /** Written beside its place and renamed, so that a reader finds the old state or the new one. */
  async write(folder: string, result: DiscoveryResult): Promise<void> {
    const path = this.#path(folder);
    const beside = `${path}.${process.pid}.tmp`;
    const cached: Cached = { profilerVersion: this.#profilerVersion, folder, result };
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(beside, JSON.stringify(cached));
      await rename(beside, path);
    } catch {
      await rm(beside, { force: true }).catch(() => undefined);
    }
  }

  #path(folder: string): string {
    return join(this.#folder, `routes-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.json`);
  }
}
