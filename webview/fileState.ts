import { compareRuns } from '../src/core/compare/compareRuns';
import type { Run } from '../src/core/model/run';
import type { PageState } from '../src/protocol/page';

/** What a file shows: the runs that the exporter put into it. */
export function stateOfFile(json: string): PageState {
  const { run, before } = JSON.parse(json) as { readonly run: Run; readonly before: Run | null };
  return {
    endpoint: run.endpoint,
    server: run.target,
    activity: { kind: 'idle' },
    preview: null,
    run,
    before,
    comparison: before && compareRuns(before, run, { before: 'the earlier run', after: 'this run' }),
    canConfirm: false,
    editedSince: false,
    history: [],
    load: { connections: 1, durationS: run.summary.durationS },
  };
}
