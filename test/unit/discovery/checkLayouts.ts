import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scan, table } from './scan';

/** A small project, the layout of which its sentence names, and its routes as lines of `table`. */
export interface Layout {
  readonly says: string;
  readonly files: Readonly<Record<string, string>>;
  readonly routes: readonly string[];
  /** Sentences that the notes of the routes must hold, in any order; without it there must be none. */
  readonly notes?: readonly string[];
  /** Parameters as `name:type`, with `?` for an optional one, in the order of routes. */
  readonly parameters?: readonly string[];
}

/** Declares one test per layout: exactly these routes, of this framework, without problems. */
export function checkLayouts(framework: string, layouts: readonly Layout[]): void {
  describe(`routes of ${framework}`, () => {
    for (const { says, files, routes, notes, parameters } of layouts) {
      it(says, async () => {
        const result = await scan(files);
        assert.deepEqual(table(result), [...routes].sort());
        assert.deepEqual(result.problems, []);
        const found = [...new Set(result.endpoints.flatMap((endpoint) => endpoint.notes))];
        assert.deepEqual(found.sort(), [...(notes ?? [])].sort());
        const others = result.endpoints.filter((endpoint) => endpoint.framework !== framework);
        assert.deepEqual(others, []);
        if (!parameters) return;
        const shown = result.endpoints.flatMap((endpoint) =>
          endpoint.parameters.map(({ name, type, required }) => `${name}:${type}${required ? '' : '?'}`),
        );
        assert.deepEqual(shown, parameters);
      });
    }
  });
}
