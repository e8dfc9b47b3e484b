import type { Run, RunSeries } from '../src/core/model/run';
import type { Snapshot } from '../src/core/model/runPlan';
import type { LiveRun, PageState } from '../src/protocol/page';

/** A series with no interval yet. */
export const EMPTY_SERIES: RunSeries = {
  intervalMs: 0,
  tMs: [],
  requests: [],
  errors: [],
  p50Ms: [],
  p99Ms: [],
  bytesRead: [],
};

/** The page's state after one tick of a run. A tick that comes when no run is under way changes nothing. */
export function applyTick(state: PageState, snapshot: Snapshot): PageState {
  const { activity } = state;
  if (activity.kind !== 'running' && activity.kind !== 'preparing') return state;
  const series = activity.kind === 'running' ? activity.live.series : EMPTY_SERIES;
  const live: LiveRun = {
    phase: snapshot.phase,
    elapsedMs: snapshot.elapsedMs,
    progress: snapshot.progress,
    requests: snapshot.requests,
    failures: Object.values(snapshot.errors).reduce((sum, count) => sum + count, 0),
    series: appendRows(series, snapshot.rows),
  };
  return { ...state, activity: { kind: 'running', live } };
}

function appendRows(series: RunSeries, rows: RunSeries): RunSeries {
  if (rows.tMs.length === 0) return series;
  return {
    intervalMs: rows.intervalMs,
    tMs: [...series.tMs, ...rows.tMs],
    requests: [...series.requests, ...rows.requests],
    errors: [...series.errors, ...rows.errors],
    p50Ms: [...series.p50Ms, ...rows.p50Ms],
    p99Ms: [...series.p99Ms, ...rows.p99Ms],
    bytesRead: [...series.bytesRead, ...rows.bytesRead],
  };
}

/** The run whose result is on show: none while another is being measured, so that old numbers are not taken for new. */
export function shownRun(state: PageState): Run | null {
  const { kind } = state.activity;
  return kind === 'idle' || kind === 'problem' ? state.run : null;
}

/** Whether a load is being prepared or sent, so that it can be cancelled and no other can start. */
export function isBusy(state: PageState): boolean {
  return state.activity.kind === 'preparing' || state.activity.kind === 'running';
}
