import type { Comparison } from '../../src/core/model/comparison';
import type { Run, RunSeries, RunWarning } from '../../src/core/model/run';
import { appendRows } from '../../src/core/plan/liveRun';
import { findLimit, type LimitRule } from '../../src/core/report/limits';
import type { Colors } from '../charts/colors';
import { createDistribution } from '../charts/distribution';
import { readLatencies } from '../charts/latencies';
import { createOverTime } from '../charts/overTime';
import { createPercentiles } from '../charts/percentiles';
import { createStageSteps } from '../charts/stageSteps';
import { capital } from '../verdictWords';
import { partialLabel, resultSentence } from '../words';
import { el, show, type View } from './dom';
import { createMix } from './mix';
import { createNumbers, createOutcomes } from './numbers';
import { createProcesses } from './processes';
import { createTiles, type RunPair } from './tiles';
import { createVerdict, type VerdictHandlers } from './verdict';
import { createWarnings } from './warnings';

/** What a result is drawn from. */
export interface ResultModel extends RunPair {
  readonly comparison: Comparison | null;
  readonly canConfirm: boolean;
}

/** A finished run, alone or laid over the one before it, in the order in which a person reads it. */
export function createResult(colors: Colors, handlers: VerdictHandlers | null): View<ResultModel> {
  const partial = el('p', { class: 'partial' });
  const sentence = el('p', { class: 'say' });
  const limit = el('p', { class: 'limit' });
  const verdict = createVerdict('Verdict', handlers);
  const notComparable = createWarnings('Not quite comparable');
  const tiles = createTiles();
  const mix = createMix();
  const overTime = createOverTime(colors);
  const stages = createStageSteps(colors);
  const percentiles = createPercentiles(colors);
  const distribution = createDistribution(colors);
  const outcomes = createOutcomes();
  const processes = createProcesses();
  const numbers = createNumbers();
  const warnings = createWarnings('Worth knowing');
  const element = el(
    'div',
    { class: 'result' },
    verdict.element,
    partial,
    sentence,
    limit,
    tiles.element,
    mix.element,
    notComparable.element,
    overTime.element,
    stages.element,
    el('div', { class: 'two' }, percentiles.element, distribution.element),
    outcomes.element,
    processes.element,
    numbers.element,
    warnings.element,
  );
  let shown = '';

  return {
    element,
    update: (pair) => {
      const { before, after, comparison, canConfirm } = pair;
      show(verdict.element, comparison !== null);
      if (comparison) verdict.update({ comparison, canConfirm, canGoOn: false });
      // A stored run never changes, so the same ids mean the same picture.
      const next = JSON.stringify([after.id, before?.id ?? null, comparison?.headline ?? null]);
      if (next === shown) return;
      shown = next;
      partial.textContent = partialLabel(after);
      show(partial, after.state !== 'complete');
      sentence.textContent = resultSentence(after);
      const bound = findLimit(after);
      limit.textContent = bound?.sentence ?? '';
      limit.classList.toggle('is-generator', bound?.rule === 'generator');
      show(limit, bound !== null);
      tiles.update(pair);
      mix.update(after);
      notComparable.update(comparison ? cautionsOf(comparison, after) : []);
      overTime.update({ series: wholeSeries(after), usage: after.usage ?? null, plannedMs: null });
      stages.update(pair);
      const latencies = { before: before ? readLatencies(before) : null, after: readLatencies(after) };
      percentiles.update(latencies);
      distribution.update(latencies);
      outcomes.update(pair);
      processes.update(after);
      numbers.update(pair);
      // The limit says it better, at the top.
      warnings.update(after.warnings.filter(({ code }) => !isSaidByLimit(code, bound?.rule)));
    },
  };
}

function isSaidByLimit(code: string, rule: LimitRule | undefined): boolean {
  return rule === 'generator' ? code === 'generator-saturated' : rule === 'machine' && code === 'machine-starved';
}

/** The warm-up before the measured phase, where both were cut alike. */
function wholeSeries({ warmup, series }: Run): RunSeries {
  return warmup.series?.intervalMs === series.intervalMs ? appendRows(warmup.series, series) : series;
}

/** What speaks against comparing the two, without what stands under "Worth knowing" anyway. */
function cautionsOf({ warnings }: Comparison, after: Run): RunWarning[] {
  return warnings
    .filter(({ message }) => !after.warnings.some((own) => message.endsWith(own.message)))
    .map(({ code, message }) => ({ code, message: capital(message) }));
}
