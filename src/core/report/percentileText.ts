import { percentileDistribution } from '../stats/histogram';
import type { Run } from '../model/run';

/** `.hgrm`, HdrHistogram's textual percentile distribution as its plotters read it; values in milliseconds. */
export function renderPercentileText(run: Run): string {
  return percentileDistribution(run.histogram, 1000);
}
