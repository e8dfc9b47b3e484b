import type { Run } from '../src/core/model/run';
import type { Snapshot } from '../src/core/model/runPlan';
import { advanceLiveRun, emptyLiveRun } from '../src/core/plan/liveRun';
import type { PageState } from '../src/protocol/page';

/** The page's state after one tick of a run. A tick that comes when no run is under way changes nothing. */
export function applyTick(state: PageState, snapshot: Snapshot): PageState {
  const { activity } = state;
  if (activity.kind !== 'running' && activity.kind !== 'preparing') return state;
  const live = advanceLiveRun(activity.kind === 'running' ? activity.live : emptyLiveRun(), snapshot);
  return { ...state, activity: { kind: 'running', live } };
}

/** The run whose result is on show: none while another is being measured, so that old numbers are not taken for new. */
export function shownRun(state: PageState): Run | null {
  const { kind } = state.activity;
  return kind === 'idle' || kind === 'problem' ? state.run : null;
}

/** Whether a load is being prepared or sent, so that it can be cancelled and no other can start. */
export function isBusy({ activity: { kind } }: PageState): boolean {
  return kind === 'preparing' || kind === 'running' || kind === 'comparing';
}
