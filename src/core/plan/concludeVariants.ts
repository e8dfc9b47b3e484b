import { answerTotals } from '../compare/answerFacts';
import { differentAnswers } from '../compare/answers';
import { median } from '../stats/descriptive';
import type { Run, RunWarning } from '../model/run';
import type { VariantResult } from '../model/variants';
import { totalCount } from '../stats/totalCount';

/** What the rounds of one server come to: medians over them. */
export interface VariantFigures {
  readonly throughputRps: number;
  /** The lowest and the highest of the rounds. */
  readonly lowestRps: number;
  readonly highestRps: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Over all rounds. */
  readonly requests: number;
  readonly errors: number;
  /** Percent of one core, all processes of the role together; null where nobody could watch. */
  readonly serverCpuPercent: number | null;
  readonly dependencyCpuPercent: number | null;
  readonly serverRssMB: number | null;
}

/** Null for a server that was not measured at all. */
export function variantFigures({ runs }: VariantResult): VariantFigures | null {
  if (runs.length === 0) return null;
  const rates = runs.map(({ summary }) => summary.throughputRps);
  const latency = (key: 'p50' | 'p99'): number =>
    median(runs.map(({ summary }) => (summary.correctedLatencyMs ?? summary.latencyMs)[key]));
  return {
    throughputRps: median(rates),
    lowestRps: Math.min(...rates),
    highestRps: Math.max(...rates),
    p50Ms: latency('p50'),
    p99Ms: latency('p99'),
    requests: sum(runs.map(({ summary }) => summary.requests)),
    errors: sum(runs.map(({ summary }) => totalCount(summary.errors))),
    serverCpuPercent: used(runs, 'server', 'cpuPercent'),
    dependencyCpuPercent: used(runs, 'dependency', 'cpuPercent'),
    serverRssMB: used(runs, 'server', 'rssMB'),
  };
}

/** What must be known before the servers are compared: answers that are not the same, notes of their runs, and what one round cannot say. */
export function variantWarnings(variants: readonly VariantResult[], rounds: number): readonly RunWarning[] {
  const [first, ...others] = variants.filter(({ runs }) => runs.length > 0);
  const differences = others.flatMap((other) => {
    const [mine, theirs] = [first?.runs[0], other.runs[0]];
    if (!first || !mine || !theirs) return [];
    const difference = differentAnswers(...answerTotals(mine, theirs), { before: first.name, after: other.name });
    return difference ? [difference.warning] : [];
  });
  const notes = notesOf(variants);
  const once: RunWarning[] =
    rounds === 1 && others.length > 0
      ? [
          {
            code: 'one-round',
            message:
              'Each server was measured once, so small differences may be chance: take several rounds, or compare two of them for a verdict.',
          },
        ]
      : [];
  return [...differences, ...notes, ...once];
}

/** Each note once, with the names of the servers whose runs it is of. */
function notesOf(variants: readonly VariantResult[]): readonly RunWarning[] {
  const byMessage = new Map<string, { readonly code: string; readonly names: Set<string> }>();
  for (const { name, runs } of variants) {
    for (const { code, message } of runs.flatMap(({ warnings }) => warnings)) {
      const known = byMessage.get(message) ?? { code, names: new Set<string>() };
      byMessage.set(message, { code, names: known.names.add(name) });
    }
  }
  return [...byMessage].map(([message, { code, names }]) => ({
    code,
    message: `${[...names].join(', ')}: ${message}`,
  }));
}

function used(runs: readonly Run[], role: 'server' | 'dependency', key: 'cpuPercent' | 'rssMB'): number | null {
  const seen = runs.flatMap(({ server }) => {
    const own = server?.processes.filter((each) => each.role === role) ?? [];
    return own.length === 0 ? [] : sum(own.map((each) => each[key]));
  });
  return seen.length === 0 ? null : median(seen);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
