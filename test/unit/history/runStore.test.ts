import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { encodeRun } from '../../../src/core/history/runFile';
import type { Run } from '../../../src/core/model/run';
import { RunStore } from '../../../src/platform/node/runStore';
import { errorCode } from '../../../src/util/errors';
import { sampleRun } from '../../support/sampleRun';

function makeStore(keepPerSubject = 50): { store: RunStore; folder: string } {
  const folder = join(mkdtempSync(join(tmpdir(), 'ep-runs-')), 'runs');
  return { store: new RunStore(folder, { keepPerSubject }), folder };
}

function runAt(second: number, changes: Partial<Run> = {}): Run {
  const two = String(second).padStart(2, '0');
  return sampleRun({ id: `run-${two}`, startedAt: `2026-01-31T12:00:${two}.000Z`, ...changes });
}

async function ids(store: RunStore, subject?: string): Promise<string[]> {
  return (await store.list(subject)).runs.map(({ id }) => id);
}

describe('RunStore', () => {
  it('keeps a run and gives it back whole, in a later session too', async () => {
    const { store, folder } = makeStore();
    await store.save(runAt(1));
    assert.deepEqual(await store.load('run-01'), runAt(1));
    assert.deepEqual(await new RunStore(folder).load('run-01'), runAt(1));
  });

  it('lists newest first with what a list shows, by endpoint', async () => {
    const { store } = makeStore();
    await store.save(runAt(1));
    await store.save(runAt(3, { endpoint: null }));
    await store.save(runAt(2));
    assert.deepEqual(await ids(store), ['run-03', 'run-02', 'run-01']);
    assert.deepEqual(await ids(store, 'GET /author/{id} app.py'), ['run-02', 'run-01']);
    assert.deepEqual(await ids(store, 'GET http://127.0.0.1:8000/author/1'), ['run-03']);
    const [item] = (await store.list('GET /author/{id} app.py')).runs;
    assert.deepEqual(
      [item?.connections, item?.throughputRps, item?.p50Ms, item?.p99Ms, item?.revision],
      [16, 1000, 1.5, 4, '0123456+'],
    );
  });

  it('is an empty list where nothing was ever kept', async () => {
    assert.deepEqual(await makeStore().store.list(), { runs: [], problems: [] });
  });

  it('drops the oldest beyond the limit, never a pinned one, and leaves other endpoints alone', async () => {
    const { store } = makeStore(3);
    await store.save(runAt(0, { endpoint: null }));
    await store.save(runAt(1));
    await store.pin('run-01', true);
    for (const second of [2, 3, 4, 5]) await store.save(runAt(second));
    assert.deepEqual(await ids(store), ['run-05', 'run-04', 'run-01', 'run-00']);
    assert.deepEqual(
      (await store.list()).runs.filter(({ pinned }) => pinned).map(({ id }) => id),
      ['run-01'],
    );
  });

  it('keeps every run when many are saved at once', async () => {
    const { store } = makeStore();
    await Promise.all(Array.from({ length: 20 }, (_, second) => store.save(runAt(second))));
    assert.equal((await ids(store)).length, 20);
  });

  it('skips and reports what it cannot read, and leaves it where it is', async () => {
    const { store, folder } = makeStore();
    await store.save(runAt(1));
    const newer = encodeRun(runAt(2)).replace('"schemaVersion": 1', '"schemaVersion": 9');
    writeFileSync(join(folder, 'bad.json'), '{"schemaVersion": 1');
    writeFileSync(join(folder, 'run-02.json'), newer);
    writeFileSync(join(folder, 'other-name.json'), encodeRun(runAt(3)));
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    const { runs, problems } = await store.list();
    assert.deepEqual(
      runs.map(({ id }) => id),
      ['run-01'],
    );
    assert.deepEqual(problems.map(({ file }) => file).sort(), ['bad.json', 'other-name.json', 'run-02.json']);
    assert.match(problems.find(({ file }) => file === 'run-02.json')?.sentence ?? '', /newer version/);
    assert.equal(readFileSync(join(folder, 'run-02.json'), 'utf8'), newer);
    await assert.rejects(store.load('run-02'), (error) => errorCode(error) === 'run-newer');
  });

  it('sees a file that was changed from outside', async () => {
    const { store, folder } = makeStore();
    await store.save(runAt(1));
    await store.list();
    writeFileSync(join(folder, 'run-01.json'), '{}');
    assert.deepEqual(await ids(store), []);
  });

  it('leaves no half-written file behind', async () => {
    const { store, folder } = makeStore();
    await store.save(runAt(1));
    await store.pin('run-01', true);
    assert.deepEqual(readdirSync(folder).sort(), ['pinned.json', 'run-01.json']);
  });

  it('never reads or deletes outside of its folder', async () => {
    const { store, folder } = makeStore();
    await store.save(runAt(1));
    writeFileSync(join(folder, '..', 'secret.json'), encodeRun(runAt(1)));
    await assert.rejects(store.load('../secret'), (error) => errorCode(error) === 'run-missing');
    await assert.rejects(store.delete('../secret'), (error) => errorCode(error) === 'run-missing');
    assert.ok(readFileSync(join(folder, '..', 'secret.json'), 'utf8'));
  });

  it('forgets a deleted run and its pin; deleting it again is no error', async () => {
    const { store } = makeStore();
    await store.save(runAt(1));
    await store.pin('run-01', true);
    await store.delete('run-01');
    await store.delete('run-01');
    assert.deepEqual(await ids(store), []);
    await assert.rejects(store.load('run-01'), (error) => errorCode(error) === 'run-missing');
    await store.save(runAt(1));
    assert.equal((await store.list()).runs[0]?.pinned, false);
  });

  it('says that a run could not be kept', async () => {
    const { store, folder } = makeStore();
    writeFileSync(folder, 'a file where the folder should be');
    await assert.rejects(store.save(runAt(1)), (error) => errorCode(error) === 'run-not-saved');
  });
});
