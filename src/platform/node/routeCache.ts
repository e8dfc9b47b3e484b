import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiscoveryResult } from '../../core/model/endpoint';
import { folderKey } from './folderKey';
import { writeWhole } from './writeWhole';

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

  /** Takes the place of what was written before. */
  async write(folder: string, result: DiscoveryResult): Promise<void> {
    const cached: Cached = { profilerVersion: this.#profilerVersion, folder, result };
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeWhole(this.#path(folder), JSON.stringify(cached));
    } catch {
      // The next scan makes it again.
    }
  }

  #path(folder: string): string {
    return join(this.#folder, `routes-${folderKey(folder)}.json`);
  }
}
