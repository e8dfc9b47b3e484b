import type { GeneratorReport, PrecisionReport, Run, RunSummary, TransportReason } from '../model/run';
import { answerLines } from './answerLines';
import { formatBytes, formatCount, formatLatency, formatRate } from './format';
import { findLimit } from './limits';
import { loadPhrase } from './loadPhrase';
import { mixLines } from './mixLines';
import { runTitle } from './runTitle';
import { stageLines } from './stageLines';

const PERCENTILES = ['p50', 'p75', 'p90', 'p95', 'p99', 'p999', 'p9999'] as const;

/** A run as a person reads it in a terminal: lines of plain text with a final line break. */
export function formatRunText(run: Run): string {
  const { summary, request, generator } = run;
  const title = run.mix ? `${runTitle(run)}, at ${run.target.baseUrl}` : `${request.method} ${request.url}`;
  const lines = [title, describeProfile(run), ''];
  lines.push(
    `  Throughput  ${formatRate(summary.throughputRps)}  (${formatCount(summary.requests)} answers in ${summary.durationS.toFixed(2)} s)`,
  );
  const limit = findLimit(run);
  if (limit) lines.push(`  ${limit.sentence}`);
  if (summary.requests > 0) lines.push(...latencyLines(summary));
  if (run.mix) lines.push(...mixLines(run.mix, summary));
  if (run.stages) lines.push(...stageLines(run.stages, run.profile.model.kind));
  lines.push(...answerLines(run));
  lines.push(`  Statuses    ${counts(summary.statuses) || 'none'}`);
  const errors = counts(summary.errors);
  if (errors !== '') lines.push(`  Errors      ${errors}`);
  lines.push(
    `  Traffic     ${formatBytes(summary.bytesRead)} read, ${formatBytes(summary.bytesWritten)} written, ${formatCount(summary.connectionsOpened)} connections opened`,
  );
  for (const { role, name, pid, cpuPercent, rssMB } of run.server?.processes ?? []) {
    lines.push(
      `  ${role === 'server' ? 'Server    ' : 'Dependency'}  ${name} (pid ${pid}): ${cpuPercent.toFixed(0)} % CPU, ${formatCount(rssMB)} MB`,
    );
  }
  lines.push(
    `  Generator   ${generator.cpuPercent.toFixed(0)} % CPU, ${transportWords(generator)}, ${generator.threads} thread${generator.threads === 1 ? '' : 's'}`,
  );
  if (run.warmup.durationMs > 0) {
    const steady = run.warmup.steady === false ? ', not steady at its end' : '';
    lines.push(`  Warm-up     ${(run.warmup.durationMs / 1000).toFixed(1)} s${steady}`);
  }
  if (run.precision) lines.push(precisionLine(run.precision));
  if (run.state !== 'complete') lines.push('', STATES[run.state]);
  if (run.warnings.length > 0) lines.push('', ...run.warnings.map(({ message }) => `Note: ${message}`));
  return `${lines.join('\n')}\n`;
}

/** Examples: `socket (for HTTP/1.1)`, `undici (for the proxy)`, `undici` when it was asked for. */
function transportWords({ transport, transportReason }: GeneratorReport): string {
  const reason = transportReason === undefined ? '' : TRANSPORT_REASONS[transportReason];
  return reason === '' ? transport : `${transport} (for ${reason})`;
}

const TRANSPORT_REASONS: Readonly<Record<TransportReason, string>> = {
  asked: '',
  http1: 'HTTP/1.1',
  http2: 'HTTP/2',
  proxy: 'the proxy',
};

function precisionLine({ metric, wanted, reached, isReached }: PrecisionReport): string {
  const known = reached === null ? 'too little measured to tell' : `± ${(100 * reached).toFixed(1)} %`;
  const end = isReached ? 'reached' : 'not reached';
  return `  Precision   ${metric} ${known} (95 %; ± ${(100 * wanted).toFixed(1)} % asked for, ${end})`;
}

/** Under a rate two columns: what a client saw who was due, and what the server took. */
function latencyLines({ latencyMs, correctedLatencyMs }: RunSummary): readonly string[] {
  const overall = `  Latency     min ${formatLatency(latencyMs.min)}  mean ${formatLatency(latencyMs.mean)}  max ${formatLatency(latencyMs.max)}`;
  if (!correctedLatencyMs) {
    return [
      overall,
      ...PERCENTILES.map((key) => `      ${percentile(key).padStart(7)}  ${formatLatency(latencyMs[key])}`),
    ];
  }
  return [
    overall,
    `               ${'from due time'.padEnd(14)}  from sending`,
    ...[...PERCENTILES, 'max' as const].map(
      (key) =>
        `      ${percentile(key).padStart(7)}  ${formatLatency(correctedLatencyMs[key]).padEnd(14)}  ${formatLatency(latencyMs[key])}`,
    ),
  ];
}

const STATES: Readonly<Record<Exclude<Run['state'], 'complete'>, string>> = {
  cancelled: 'This run was stopped before its end; the numbers are those until then.',
  'broken-off': 'This run broke off, because nearly every answer failed.',
  interrupted: 'This run was interrupted, because the load generator died; the numbers are those until then.',
};

function describeProfile({ profile }: Run): string {
  const { model, stop } = profile;
  const limits = [
    ...(stop.durationMs === null ? [] : [`${stop.durationMs / 1000} s`]),
    ...(stop.requests === null ? [] : [`${formatCount(stop.requests)} requests`]),
  ];
  return `${loadPhrase(model)}, ${limits.join(' or ')}`;
}

/** `p999` → `p99.9`. */
function percentile(key: string): string {
  return key.startsWith('p') && key.length > 3 ? `${key.slice(0, 3)}.${key.slice(3)}` : key;
}

function counts(record: Readonly<Record<string, number>>): string {
  return Object.entries(record)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name}: ${formatCount(count)}`)
    .join('  ');
}
