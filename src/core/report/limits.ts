import { generatorLimits } from '../compare/generatorLimit';
import type { ProcessReport, Run } from '../model/run';
import { findPaceLimit } from '../stats/paceLimit';
import { formatCount, formatLatency } from './format';

/** The rule that spoke. `unknown` says that none did. */
export type LimitRule =
  | 'generator'
  | 'rate'
  | 'server-cpu'
  | 'server-worker'
  | 'dependency-cpu'
  | 'machine'
  | 'concurrency'
  | 'waiting'
  | 'unknown';

/** What bounds a result. */
export interface Limit {
  readonly rule: LimitRule;
  /** With the numbers that it rests on. */
  readonly sentence: string;
  /** False when the data allow another reading; the sentence says "probably" then. */
  readonly isCertain: boolean;
}

/** Percent of a core from which a process is at its limit, and from which it may be. */
const FULL = 90;
const NEARLY_FULL = 75;
/** A process above this has more than one thread that works. */
const ONE_CORE = 120;
const MACHINE_FULL = 0.95;
/** Percent of a core that server and services use together where processors can be what they lack. */
const WANTS_CPU = 10;
/** Workers below this share of the busiest one do not serve. */
const IDLE_SHARE = 0.05;
/** Answers in the making at once, as a share of those asked for: all of them, or a few. */
const ALL_AT_ONCE = 0.7;
const FEW_AT_ONCE = 0.5;
const RATE_REACHED = 0.99;

/**
 * Says by named rules what bounds a run: the load generator first, since its limit makes every other number meaningless, or
 * the machine where that is what held the generator up, then the rate that was asked for, CPU of the server, of a service it uses, whether more connections would help, CPU of
 * the whole machine, and last whether requests wait inside the server. Null when nothing was answered, and for stages unless the generator is the limit.
 *
 * How many requests the server worked on at once is Little's law: throughput times the time that one request takes alone.
 */
export function findLimit(run: Run): Limit | null {
  if (run.summary.requests === 0 || run.summary.durationS === 0) return null;
  // Means over stages of different load say nothing about any of them.
  if (run.profile.model.stages) return generatorRule(run);
  return (
    generatorRule(run) ??
    rateRule(run) ??
    serverRule(run) ??
    dependencyRule(run) ??
    concurrencyRule(run) ??
    machineRule(run) ??
    waitingRule(run) ??
    unknown(run)
  );
}

function generatorRule(run: Run): Limit | null {
  const { generator, summary, profile, environment } = run;
  const spins = generator.pacing === 'spin';
  const [sign] = generatorLimits({
    // A loop that waits for due times by turning is busy by design.
    eventLoopUtilization: spins ? 0 : generator.eventLoopUtilization,
    threadCpu: spins || generator.threads > 1 ? null : generator.cpuPercent / 100,
    loopDelayP99Ms: null,
    p50LatencyMs: summary.latencyMs.p50,
    throughputRps: summary.throughputRps,
    nullServerRps: null,
    serverCpuShare: null,
    gainFromDoubling: null,
    // How late is too late depends on how it waits, which it judged itself.
    sendLagP99Ms: null,
    machineBusy: null,
  });
  if (!generator.saturated && !sign) return null;
  const { who, why, isCertain } = findPaceLimit(generator, run.server?.machineBusy ?? null);
  const is = isCertain ? 'is' : 'is probably';
  if (who === 'machine') {
    const busy = isMachineFull(run) ? ` All ${environment.cores} cores were busy (${usedBy(run)}).` : '';
    return {
      rule: 'machine',
      sentence:
        `This machine held up your load generator and ${is} the limit, not your server: ${why}.` +
        `${busy} On a quieter machine the server may be faster.`,
      isCertain,
    };
  }
  const mend =
    generator.threads < environment.cores && profile.threads !== 'auto'
      ? 'more threads, or a machine of its own for the load, show'
      : 'a machine of its own for the load shows';
  return {
    rule: 'generator',
    sentence: `Your generator, not your server, ${is} the limit: ${why}. The server may be faster than this; ${mend} how much.`,
    isCertain,
  };
}

function rateRule(run: Run): Limit | null {
  const { model } = run.profile;
  if (model.kind !== 'open' || run.summary.throughputRps < RATE_REACHED * model.ratePerS) return null;
  const server = busiest(servers(run));
  const used = server ? ` and used ${percent(totalOf(servers(run)))} of a core for it` : '';
  return certain(
    'rate',
    `The rate is the limit: the server answered all of the ${formatCount(model.ratePerS)} requests a second${used}.`,
  );
}

function serverRule(run: Run): Limit | null {
  const workers = working(servers(run));
  const top = busiest(workers);
  if (!top) return null;
  const { cores, total } = { cores: run.environment.cores, total: totalOf(workers) };
  if (top.cpuPercent > ONE_CORE) {
    if (total < (FULL / 100) * cores * 100) return null;
    return certain(
      'server-cpu',
      `The server used ${percent(total)} of a core, nearly all of this machine's ${cores}: the server's CPU is the limit.`,
    );
  }
  if (top.cpuPercent < NEARLY_FULL) return null;
  const full = workers.filter(({ cpuPercent }) => cpuPercent >= FULL);
  if (workers.length > 1 && full.length > 0 && full.length < workers.length) {
    const rest = workers.filter(({ cpuPercent }) => cpuPercent < FULL);
    return certain(
      'server-worker',
      `${countWord(full.length)} of the server's ${workers.length} workers used ${percent(top.cpuPercent)} of a core, ` +
        `the others ${percent(totalOf(rest) / rest.length)}: the load is not spread evenly, so the busy part is the limit.`,
    );
  }
  const mean = total / workers.length;
  const who =
    workers.length === 1
      ? `The server's one worker used ${percent(top.cpuPercent)} of a core`
      : `The server's ${workers.length} workers used ${percent(mean)} of a core each`;
  if (mean >= FULL) {
    return certain('server-cpu', `${who}: the server's CPU is the limit.`);
  }
  if (mean < NEARLY_FULL || isMachineFull(run)) return null;
  return probable('server-cpu', `${who}, which is close to all it can: the server's CPU is probably the limit.`);
}

function dependencyRule(run: Run): Limit | null {
  const groups = [...groupByService(run)].map(([name, processes]) => ({ name, top: busiest(processes) }));
  const busy = groups.sort((a, b) => (b.top?.cpuPercent ?? 0) - (a.top?.cpuPercent ?? 0))[0];
  if (!busy?.top || busy.top.cpuPercent < FULL) return null;
  const server = totalOf(servers(run));
  return certain(
    'dependency-cpu',
    `A process of ${busy.name} used ${percent(busy.top.cpuPercent)} of a core while the server used ${percent(server)}: ` +
      `the CPU of ${busy.name} is the limit.`,
  );
}

function machineRule(run: Run): Limit | null {
  // Who hardly computes is not held up by those who do.
  if (!isMachineFull(run) || totalOf(run.server?.processes ?? []) < WANTS_CPU) return null;
  return certain(
    'machine',
    `All ${run.environment.cores} cores were busy (${usedBy(run)}): the processors are the limit, and the server would do more on a quieter machine.`,
  );
}

/** Who used the cores, the most first. Example: "in percent of one core: other programs 195 %, the server 120 %". */
function usedBy(run: Run): string {
  const known: [name: string, cpuPercent: number][] = [
    ['the server', totalOf(servers(run))],
    ...[...groupByService(run)].map(([name, processes]): [string, number] => [name, totalOf(processes)]),
    ['the load generator', run.generator.cpuPercent],
  ];
  const { cores } = run.environment;
  const other = (run.server?.machineBusy ?? 0) * cores * 100 - known.reduce((sum, [, cpu]) => sum + cpu, 0);
  if (other >= 10) known.push(['other programs', other]);
  const listed = known
    .filter(([, cpu]) => cpu >= 1)
    .sort(([, a], [, b]) => b - a)
    .map(([name, cpu]) => `${name} ${percent(cpu)}`);
  return `in percent of one core: ${listed.join(', ')}`;
}

/** Little's law on both sides: requests in flight, and those that the server had in the making if each took as long as alone. */
function inTheMaking(run: Run): { readonly asked: number; readonly atOnce: number; readonly aloneMs: number } | null {
  const { model } = run.profile;
  const aloneMs = Math.min(run.preview?.durationMs ?? Infinity, run.summary.latencyMs.min);
  if (run.server === null || model.kind !== 'closed' || run.preview === undefined || !(aloneMs > 0)) return null;
  const atOnce = (run.summary.throughputRps * aloneMs) / 1000;
  return { asked: model.connections * model.pipelining, atOnce, aloneMs };
}

function concurrencyRule(run: Run): Limit | null {
  const found = inTheMaking(run);
  if (!found || found.atOnce < ALL_AT_ONCE * found.asked) return null;
  const { asked, aloneMs } = found;
  return certain(
    'concurrency',
    `The number of connections is the limit: with ${asked} ${asked === 1 ? 'request' : 'requests'} at once an answer took ` +
      `${formatLatency(run.summary.latencyMs.p50)}, hardly longer than alone (${formatLatency(aloneMs)}), and the server ` +
      `used ${percent(totalOf(servers(run)))} of a core. More connections would bring more.`,
  );
}

function waitingRule(run: Run): Limit | null {
  const found = inTheMaking(run);
  const used = totalOf(servers(run));
  if (!found || found.atOnce > FEW_AT_ONCE * found.asked || used >= NEARLY_FULL) return null;
  const { asked, atOnce, aloneMs } = found;
  return certain(
    'waiting',
    `Waiting is the limit: the server used ${percent(used)} of a core, yet it worked on only about ` +
      `${formatCount(Math.max(1, Math.round(atOnce)))} of ${asked} requests at a time, so an answer took ` +
      `${formatLatency(run.summary.latencyMs.p50)} instead of ${formatLatency(aloneMs)} alone. ` +
      'It may lack workers or threads, or wait for a lock or a pool of connections.',
  );
}

function unknown(run: Run): Limit {
  const why = run.server
    ? `no process was at its limit (server ${percent(totalOf(servers(run)))} of a core, load generator ${percent(run.generator.cpuPercent)})`
    : `the server's processes could not be watched (the load generator used ${percent(run.generator.cpuPercent)} of a core)`;
  return probable('unknown', `What limits this cannot be told: ${why}.`);
}

function certain(rule: LimitRule, sentence: string): Limit {
  return { rule, sentence, isCertain: true };
}

function probable(rule: LimitRule, sentence: string): Limit {
  return { rule, sentence, isCertain: false };
}

function isMachineFull(run: Run): boolean {
  return (run.server?.machineBusy ?? 0) >= MACHINE_FULL;
}

function servers(run: Run): readonly ProcessReport[] {
  return run.server?.processes.filter(({ role }) => role === 'server') ?? [];
}

/** Without masters, file watchers and workers that had nothing to do. */
function working(processes: readonly ProcessReport[]): readonly ProcessReport[] {
  const most = busiest(processes)?.cpuPercent ?? 0;
  return processes.filter(({ cpuPercent }) => cpuPercent >= IDLE_SHARE * most && cpuPercent > 0);
}

function groupByService(run: Run): ReadonlyMap<string, readonly ProcessReport[]> {
  const groups = new Map<string, ProcessReport[]>();
  for (const each of run.server?.processes ?? []) {
    if (each.role !== 'dependency') continue;
    const name = each.service ?? each.name;
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  return groups;
}

function busiest(processes: readonly ProcessReport[]): ProcessReport | undefined {
  return processes.reduce<ProcessReport | undefined>(
    (most, each) => (most && most.cpuPercent >= each.cpuPercent ? most : each),
    undefined,
  );
}

function totalOf(processes: readonly ProcessReport[]): number {
  return processes.reduce((sum, { cpuPercent }) => sum + cpuPercent, 0);
}

function percent(value: number): string {
  return `${value > 0 && value < 0.5 ? '<1' : Math.round(value)} %`;
}

function countWord(count: number): string {
  return count === 1 ? 'One' : String(count);
}
