import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { decodeVariants, encodeVariants } from '../../../src/core/history/variantsFile';
import type { VariantsResult } from '../../../src/core/model/variants';
import { VariantsStore } from '../../../src/platform/node/variantsStore';
import { sampleRun } from '../../support/sampleRun';

const RUN = sampleRun();
const RESULT: VariantsResult = {
  schemaVersion: 1,
  kind: 'variants',
  startedAt: RUN.startedAt,
  state: 'complete',
  method: 'GET',
  path: '/author/{id}',
  rounds: 1,
  profile: RUN.profile,
  variants: [
    { name: 'raw', runs: [RUN], problem: null },
    { name: 'gone', runs: [], problem: { code: 'server-exited', sentence: 'It ended.' } },
  ],
  warnings: [{ code: 'one-round', message: 'Once.' }],
};

describe('VariantsStore', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ep-variants-store-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('gives back the newest of each endpoint, and null where there is none or none that can be read', async () => {
    const store = new VariantsStore(path.join(folder, 'a'));
    assert.equal(await store.newest('GET /a'), null);
    await store.save('GET /a', RESULT);
    await store.save('GET /b', RESULT);
    await store.save('GET /a', { ...RESULT, state: 'cancelled' });
    assert.deepEqual(await store.newest('GET /a'), { ...RESULT, state: 'cancelled' });
    assert.equal((await store.newest('GET /b'))?.state, 'complete');
    for (const file of readdirSync(path.join(folder, 'a'))) writeFileSync(path.join(folder, 'a', file), '{');
    assert.equal(await store.newest('GET /a'), null);
  });

  it('says why it could not be written', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    const store = new VariantsStore(path.join(folder, 'file', 'below'));
    await assert.rejects(store.save('GET /a', RESULT), /could not be kept in .*make room or check the folder/);
  });
});

describe('decodeVariants', () => {
  it('reads what was written and refuses everything else', () => {
    assert.deepEqual(decodeVariants(encodeVariants(RESULT)), RESULT);
    const broken: readonly unknown[] = [
      null,
      { ...RESULT, kind: 'sweep' },
      { ...RESULT, startedAt: 'yesterday' },
      { ...RESULT, state: 'x' },
      { ...RESULT, variants: [null] },
      { ...RESULT, variants: [{ name: 'raw', runs: [{}], problem: null }] },
      { ...RESULT, variants: [{ name: 'raw', runs: [], problem: 7 }] },
      { ...RESULT, warnings: [{ message: 7 }] },
    ];
    for (const value of broken) assert.throws(() => decodeVariants(JSON.stringify(value)), /cannot|can be opened|run/i);
    assert.throws(() => decodeVariants('{'), /not valid JSON/);
  });
});
