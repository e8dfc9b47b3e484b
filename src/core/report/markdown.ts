import { compareRuns } from '../compare/compareRuns';
import { escapeMarkdown, formatComparisonMarkdown, withoutControls } from '../compare/comparisonReport';
import type { LoadModel } from '../model/loadProfile';
import type { MixReport } from '../model/mix';
import { LATENCY_KEYS, type Run, type RunSummary, type StageResult } from '../model/run';
import { formatCount, formatLatency, formatPercentChange, formatShare, NO_VALUE } from './format';
import { findLimit } from './limits';
import { loadPhrase } from './loadPhrase';
import { mixRows } from './mixRows';
import { runTitle } from './runTitle';
import { stageRows } from './stageRows';
import { totalCount } from '../stats/totalCount';

/** For an issue or a pull request: what was measured, what limits it, the numbers; with `before` the historical verdict first. */
export function renderMarkdown(run: Run, before: Run | null): string {
  const { summary, environment, profile } = run;
  const row = (name: string, read: (of: Run) => number, format: (value: number) => string): string =>
    before
      ? `| ${name} | ${format(read(before))} | ${format(read(run))} | ${formatPercentChange(changeOf(read(before), read(run)))} |`
      : `| ${name} | ${format(read(run))} |`;
  const limit = findLimit(run);
  const lines = [
    `# ${code(runTitle(run))}`,
    '',
    ...(before ? [formatComparisonMarkdown(compareRuns(before, run))] : []),
    ...(limit ? [escapeMarkdown(limit.sentence), ''] : []),
    `Measured ${run.startedAt} on ${code(run.target.baseUrl)} for ${summary.durationS.toFixed(1)} s with ${loadPhrase(profile.model)}, state ${run.state}. ` +
      `${environment.cpuModel}, ${environment.cores} cores, ${environment.os}, commit ${environment.commit?.slice(0, 7) ?? 'unknown'}${environment.dirty ? ' with changes' : ''}.`,
    '',
    before ? '| | before | after | change |' : '| | |',
    before ? '|---|---:|---:|---:|' : '|---|---:|',
    row('Requests / s', (of) => of.summary.throughputRps, formatCount),
    row('Requests', (of) => of.summary.requests, formatCount),
    ...LATENCY_KEYS.map((key) => row(key, (of) => of.summary.latencyMs[key], formatLatency)),
    row('Errors', (of) => totalCount(of.summary.errors), formatCount),
    '',
    ...(run.mix ? [...mixTable(run.mix, summary), ''] : []),
    ...(run.stages ? [...stageTable(run.stages, profile.model.kind), ''] : []),
    ...run.warnings.map(({ message }) => `- ${escapeMarkdown(message)}`),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function mixTable(mix: MixReport, summary: RunSummary): readonly string[] {
  const { rows, total } = mixRows(mix, summary);
  return [
    '| Endpoint | Weight | Share | Requests / s | p50 | p90 | p99 | Errors |',
    '|---|---:|---:|---:|---:|---:|---:|---|',
    ...[...rows, total].map(({ name, weight, share, throughputRps, latencyMs, errors, errorWords }) => {
      const latencies = (['p50', 'p90', 'p99'] as const).map((key) =>
        latencyMs ? formatLatency(latencyMs[key]) : NO_VALUE,
      );
      const title = weight === null ? name : tableCode(name);
      const trouble = errors === 0 ? '0' : `${formatCount(errors)} (${errorWords})`;
      return `| ${title} | ${weight ?? ''} | ${formatShare(share)} | ${formatCount(throughputRps)} | ${latencies.join(' | ')} | ${trouble} |`;
    }),
  ];
}

function stageTable(stages: readonly StageResult[], kind: LoadModel['kind']): readonly string[] {
  const isOpen = kind === 'open';
  return [
    `| Stage | Load | Requests / s | p50 | p99 | Errors |${isOpen ? ' Sent |' : ''}`,
    `|---|---|---:|---:|---:|---:|${isOpen ? '---:|' : ''}`,
    ...stageRows(stages, kind).map(({ time, level, throughputRps, latencyMs, errors, sentShare }) => {
      const [p50, p99] = latencyMs ? [latencyMs.p50, latencyMs.p99].map(formatLatency) : [NO_VALUE, NO_VALUE];
      const sent = sentShare === null ? '' : ` ${formatShare(sentShare)} |`;
      return `| ${time} | ${level} | ${formatCount(throughputRps)} | ${p50} | ${p99} | ${formatCount(errors)} |${sent}`;
    }),
  ];
}

function changeOf(before: number, after: number): number | null {
  return before === 0 ? null : after / before - 1;
}

/** As code, whatever characters it has: the fence is longer than any run of backticks within. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 ? ' ' : '';
  return `${fence}${padding}${withoutControls(text)}${padding}${fence}`;
}

/** As code in a table, whose cells end at a bar even within code. */
function tableCode(text: string): string {
  return code(text.replaceAll('|', '\\|'));
}
