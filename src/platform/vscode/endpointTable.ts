import type { LocatedEndpoint } from './endpoints';

const NONE: readonly LocatedEndpoint[] = [];

/** The endpoints of one folder, with those of a file and the one of an id at hand: editors ask with every move of the cursor. */
export class EndpointTable {
  readonly all: readonly LocatedEndpoint[];
  readonly #byFile = new Map<string, LocatedEndpoint[]>();
  readonly #byId = new Map<string, LocatedEndpoint>();

  constructor(all: readonly LocatedEndpoint[]) {
    this.all = all;
    for (const located of all) {
      const { file, id } = located.endpoint;
      const known = this.#byFile.get(file);
      if (known) known.push(located);
      else this.#byFile.set(file, [located]);
      this.#byId.set(id, located);
    }
  }

  /** Those that a file declares, in the order of `all`. */
  inFile(file: string): readonly LocatedEndpoint[] {
    return this.#byFile.get(file) ?? NONE;
  }

  find(id: string): LocatedEndpoint | undefined {
    return this.#byId.get(id);
  }
}
