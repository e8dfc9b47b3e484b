import type { Sweep } from '../../core/model/sweep';
import type { SweepListItem } from '../../protocol/page';

/** A sweep as the page gets it: the curve is drawn from summaries, and histograms are most of the bytes. */
export function withoutHistograms(sweep: Sweep): Sweep {
  return { ...sweep, points: sweep.points.map((point) => ({ ...point, histogram: '' })) };
}

/** A sweep as its row of the list. */
export function listItem({ id, startedAt, state, kind, target, points, knee, environment }: Sweep): SweepListItem {
  const { commit, dirty } = environment;
  return {
    id,
    startedAt,
    state,
    kind,
    serverName: target.name,
    bestRps: Math.max(0, ...points.map(({ summary }) => summary.throughputRps)),
    kneeLevel: knee?.level ?? null,
    revision: commit === null ? null : `${commit.slice(0, 7)}${dirty === true ? '+' : ''}`,
  };
}
