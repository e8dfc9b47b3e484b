import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import { FRAMEWORKS } from '../../../src/core/discovery/frameworks/registry';

it('docs/frameworks.md names every framework by what a route of it says', () => {
  const doc = readFileSync(path.resolve(import.meta.dirname, '../../../docs/frameworks.md'), 'utf8');
  // `schema` only reads types of parameters.
  const missing = FRAMEWORKS.filter(({ registrars }) => registrars.length > 0).filter(
    ({ id }) => !doc.includes(`\`${id}\``),
  );
  assert.deepEqual(
    missing.map(({ id }) => id),
    [],
  );
});
