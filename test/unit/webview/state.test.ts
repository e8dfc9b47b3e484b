import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Snapshot } from '../../../src/core/model/runPlan';
import { applyTick, isBusy, shownRun } from '../../../webview/state';
import { STATES } from '../../editor/page/fixtures';

const TICK: Snapshot = {
  phase: 'measure',
  elapsedMs: 4300,
  progress: 0.43,
  requests: 7915,
  errors: { timeout: 2, reset: 1 },
  rows: { intervalMs: 100, tMs: [3200], requests: [184], errors: [3], p50Ms: [8.5], p99Ms: [12], bytesRead: [9000] },
};

describe('applyTick', () => {
  it('adds the new intervals to those that were there and takes the rest from the tick', () => {
    const { activity } = applyTick(STATES.running, TICK);
    assert.ok(activity.kind === 'running');
    const { live } = activity;
    const known = STATES.running.activity.live.series.tMs.length;
    assert.equal(live.series.tMs.length, known + 1);
    for (const column of [
      live.series.requests,
      live.series.errors,
      live.series.p50Ms,
      live.series.p99Ms,
      live.series.bytesRead,
    ]) {
      assert.equal(column.length, known + 1);
    }
    assert.deepEqual([live.requests, live.failures, live.progress], [7915, 3, 0.43]);
  });

  it('starts the picture when the first tick comes before the whole state', () => {
    const { activity } = applyTick(STATES.preparing, TICK);
    assert.ok(activity.kind === 'running');
    assert.deepEqual(activity.live.series, TICK.rows);
  });

  it('ignores a late tick after the run has ended', () => {
    assert.equal(applyTick(STATES.result, TICK), STATES.result);
  });

  it('does not change the state it was given', () => {
    const frozen = JSON.stringify(STATES.running);
    applyTick(STATES.running, TICK);
    assert.equal(JSON.stringify(STATES.running), frozen);
  });
});

it('an old result is not on show while another is measured', () => {
  assert.equal(shownRun({ ...STATES.running, run: STATES.result.run }), null);
  assert.equal(shownRun(STATES.result)?.id, 'after');
  assert.deepEqual([isBusy(STATES.preparing), isBusy(STATES.running), isBusy(STATES.problem)], [true, true, false]);
});
