import type { LoadModel, LoadStage } from '../model/loadProfile';

/**
 * The part of a load that thread `index` of `count` sends. Shares add up to the whole exactly, at any moment of any stage:
 * connections to their number, constant arrivals to their number and places in time, Poisson arrivals to the rate. The
 * levels of a closed share are fractions, of which the whole part counts, so a share is not for `checkProfile`. With more
 * threads than connections some shares have none.
 *
 * Examples: 10 connections in 4 shares are 3, 3, 2, 2; 1000 requests per second in 2 shares are 500 each, half a gap apart.
 */
export function shareOf(model: LoadModel, index: number, count: number): LoadModel {
  // Of the lanes 0, 1, 2, … every `count`-th is this thread's, so n of them are on when this one's floor says so.
  const ofLanes = (lanes: number): number => (lanes + count - 1 - index) / count;
  if (model.kind === 'closed') {
    return {
      ...model,
      connections: Math.floor(ofLanes(model.connections)),
      ...(model.stages ? { stages: mapLevels(model.stages, ofLanes) } : {}),
    };
  }
  return {
    ...model,
    ratePerS: model.ratePerS / count,
    maxConnections: Math.floor(ofLanes(model.maxConnections)),
    offset: (index + (model.offset ?? 0.5)) / count,
    ...(model.stages ? { stages: mapLevels(model.stages, (rate) => rate / count) } : {}),
  };
}

function mapLevels(stages: readonly LoadStage[], change: (level: number) => number): readonly LoadStage[] {
  return stages.map((stage) => ({ ...stage, from: change(stage.from), to: change(stage.to) }));
}
