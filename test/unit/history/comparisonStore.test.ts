import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { DEFAULT_LAUNCH_PRIOR } from '../../../src/core/compare/launchInterval';
import { learnedPrior } from '../../../src/core/compare/learnedPrior';
import { compareRuns } from '../../../src/core/compare/compareRuns';
import { decodeComparison } from '../../../src/core/history/comparisonFile';
import { encodeRecord } from '../../../src/core/history/recordFile';
import type { StoredComparison } from '../../../src/core/model/storedComparison';
import { ComparisonStore } from '../../../src/platform/node/comparisonStore';
import { sampleRun } from '../../support/sampleRun';

const LAUNCHES = [0.01, -0.02, 0.015, -0.01, 0.02].map((estimate) => ({ estimate, standardError: 0.002 }));

function stored(change: Partial<StoredComparison> = {}): StoredComparison {
  return {
    schemaVersion: 1,
    id: '20260131T120000-9f2c01ab',
    startedAt: '2026-01-31T12:00:00.000Z',
    subject: 'GET /x',
    machine: 'this one',
    isCalibration: false,
    comparison: compareRuns(sampleRun(), sampleRun()),
    launches: LAUNCHES,
    ...change,
  };
}

function folderFor(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'ep-comparisons-'));
  test.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('stored comparisons', () => {
  it('are read as they were written', () => {
    assert.deepEqual(decodeComparison(encodeRecord(stored())), stored());
  });

  it('are refused when something is missing, wrong or newer', () => {
    const text = (change: Record<string, unknown>): string => JSON.stringify({ ...stored(), ...change });
    for (const change of [
      ...[{ id: '../x' }, { startedAt: 'soon' }, { subject: 1 }, { comparison: null }, { comparison: {} }],
      ...[{ launches: {} }, { launches: [{ estimate: 1 }] }, { schemaVersion: 0 }],
    ]) {
      assert.throws(() => decodeComparison(text(change)), { code: 'comparison-corrupt' }, JSON.stringify(change));
    }
    assert.throws(() => decodeComparison('{'), { code: 'comparison-corrupt' });
    assert.throws(() => decodeComparison(text({ schemaVersion: 2 })), { code: 'comparison-newer' });
  });

  it('are listed newest first, by endpoint, and the oldest goes when there are too many', async (test) => {
    const folder = folderFor(test);
    const store = new ComparisonStore(join(folder, 'comparisons'));
    assert.deepEqual(await store.list(), []);
    for (let at = 10; at < 32; at++) await store.save(stored({ id: `20260131T1200${at}-9f2c01ab` }));
    await store.save(stored({ id: '20260131T120001-9f2c01ab', subject: 'GET /y' }));
    const own = await store.list('GET /x');
    assert.deepEqual([own.length, own[0]?.id], [20, '20260131T120031-9f2c01ab']);
    assert.equal((await store.list()).length, 21);
    writeFileSync(join(folder, 'comparisons', 'broken.json'), '{');
    assert.equal((await store.list()).length, 21);
    await store.delete('20260131T120001-9f2c01ab');
    assert.equal((await store.list('GET /y')).length, 0);
    assert.equal(readdirSync(join(folder, 'comparisons')).length, 21);
  });

  it('teach what launches differ by, on their own machine only', () => {
    assert.deepEqual(learnedPrior([], 'this one'), DEFAULT_LAUNCH_PRIOR);
    assert.deepEqual(learnedPrior([stored({ machine: 'another' })], 'this one'), DEFAULT_LAUNCH_PRIOR);
    const { sigma, degreesOfFreedom, learnedFrom } = learnedPrior([stored()], 'this one');
    assert.equal(learnedFrom, 'comparisons');
    assert.equal(learnedPrior([stored(), stored({ isCalibration: true })], 'this one').learnedFrom, 'calibration');
    assert.ok(sigma > 0.008 && sigma < 0.012, String(sigma));
    assert.equal(degreesOfFreedom, 8);
  });
});
