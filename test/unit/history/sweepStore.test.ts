import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Sweep } from '../../../src/core/model/sweep';
import { SweepStore } from '../../../src/platform/node/sweepStore';
import { sampleRun } from '../../support/sampleRun';
import { samplePoint, sampleSweep } from '../../support/sampleSweep';

function sweepAt(minute: number, changes: Partial<Sweep> = {}): Sweep {
  const points = [1, 2, 4, 8].map((level) => samplePoint(level, 100 * level));
  const startedAt = new Date(Date.UTC(2026, 0, 31, 12, minute)).toISOString();
  return sampleSweep(points, { id: `sweep-${minute}`, startedAt, ...changes });
}

describe('stored sweeps', () => {
  const subject = sampleRun().endpoint?.id ?? '';

  it('come back whole, newest first, those of the endpoint only', async () => {
    const store = new SweepStore(join(mkdtempSync(join(tmpdir(), 'ep-sweeps-')), 'not', 'there'));
    assert.deepEqual(await store.list(subject), []);
    await store.save(sweepAt(1));
    await store.save(sweepAt(3));
    await store.save(sweepAt(2, { endpoint: null }));
    assert.deepEqual(await store.list(subject), [sweepAt(3), sweepAt(1)]);
    assert.deepEqual(await store.list('GET http://127.0.0.1:8000/author/1'), [sweepAt(2, { endpoint: null })]);
    await store.delete('sweep-3');
    await store.delete('sweep-3');
    assert.deepEqual(await store.list(subject), [sweepAt(1)]);
  });

  it('are dropped oldest first beyond twenty, and what is no sweep is left where it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ep-sweeps-'));
    writeFileSync(join(folder, 'broken.json'), '{');
    const store = new SweepStore(folder);
    for (let minute = 0; minute < 22; minute++) await store.save(sweepAt(minute));
    const kept = await store.list(subject);
    assert.deepEqual([kept.length, kept.at(-1)?.id], [20, 'sweep-2']);
    assert.equal(readdirSync(folder).length, 21);
  });

  it('are never written outside of the folder', async () => {
    const store = new SweepStore(mkdtempSync(join(tmpdir(), 'ep-sweeps-')));
    await assert.rejects(store.delete('../x'), /not the id of a sweep/);
  });

  it('that cannot be kept say why', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'ep-sweeps-')), 'file');
    writeFileSync(file, '');
    await assert.rejects(new SweepStore(file).save(sweepAt(1)), /The sweep could not be kept in .*: make room/);
  });
});
