import type { ComparedArm } from '../model/comparison';
import type { LoadModel } from '../model/loadProfile';
import type { BodyContent } from '../model/request';
import type { Run, RunWarning } from '../model/run';
import { findPaceLimit } from '../stats/paceLimit';
import { differentAnswers } from './answers';
import { answerTotals, differentContent, differentContentType } from './answerFacts';

/** What keeps two stored runs from being compared, and what only needs saying. */
export interface Comparability {
  /** Reasons to refuse a verdict: the numbers would show the machine, the load or the tool, not the code. */
  readonly refusals: readonly RunWarning[];
  readonly warnings: readonly RunWarning[];
  /** The run whose answers are worse (failures, error statuses), when that is among the refusals. */
  readonly failing: ComparedArm | null;
}

const SHORT_RUN_S = 5;
/** Half a core for others moves speeds by more than a change of code often does. */
const BUSY_PERCENT = 50;

/**
 * Compares what two runs were made with and what they were answered; work that is not the same is the first of the
 * refusals. `labels` name the runs in the sentences.
 */
export function compareConditions(
  before: Run,
  after: Run,
  labels: { readonly before: string; readonly after: string },
): Comparability {
  const refusals: RunWarning[] = [];
  const warnings: RunWarning[] = [];
  const refuse = (code: string, message: string) => refusals.push({ code, message });
  const warn = (code: string, message: string) => warnings.push({ code, message });

  for (const [run, label] of [[before, labels.before] as const, [after, labels.after] as const]) {
    if (run.summary.requests === 0) refuse('nothing-measured', `${label} holds no answered request.`);
    else if (run.state === 'broken-off')
      refuse('broken-off', `${label} was broken off because nearly every request failed.`);
    else if (run.state !== 'complete')
      warn('partial', `${label} was stopped early, so it says less than its length suggests.`);
    if (run.generator.saturated) {
      const who =
        findPaceLimit(run.generator).who === 'machine' ? 'This machine, not the server,' : 'The load generator';
      warn('generator-limit', `${who} was the limit in ${label}; the true difference is probably larger.`);
    }
    const others = otherPrograms(run);
    if (others > BUSY_PERCENT) {
      warn(
        'machine-busy',
        `Other programs used ${others.toFixed(0)} % of a core while ${label} measured; part of the change may be theirs.`,
      );
    }
    if (run.warmup.steady === false) warn('not-steady', `The speed had not settled when ${label} began to measure.`);
    if (run.summary.requests > 0 && run.summary.durationS < SHORT_RUN_S) {
      warn('short-run', `${label} measured only ${run.summary.durationS.toFixed(1)} s.`);
    }
  }
  for (const [what, old, now] of fingerprint(before, after)) {
    if (old !== now) refuse('other-machine', `The runs differ in ${what} (${old}, then ${now}).`);
  }
  const load = [describeLoad(before.profile.model), describeLoad(after.profile.model)] as const;
  if (load[0] !== load[1]) refuse('other-load', `The runs had different loads (${load[0]}, then ${load[1]}).`);
  const mixes = [mixOf(before), mixOf(after)];
  if (mixes[0] !== mixes[1]) {
    refuse('other-mix', `The runs loaded other requests together (${mixes[0]}, then ${mixes[1]}).`);
  }
  for (const what of differingParts(before, after)) {
    warn('other-request', `The runs sent a different ${what}, so part of the change may come from there.`);
  }
  const answers = differentAnswers(...answerTotals(before, after), labels);
  const otherType = differentContentType(before.answers, after.answers, labels);
  if (answers) refusals.unshift(answers.warning);
  else if (otherType) refusals.unshift(otherType);
  else warnings.push(...differentContent(before.answers, after.answers, labels));
  warnings.push(...oneSided(before, after, labels.before), ...oneSided(after, before, labels.after));
  return { refusals, warnings, failing: answers?.failing ?? null };
}

/** Two mixes are alike when their requests and weights are. */
function mixOf({ mix }: Run): string {
  return mix ? mix.endpoints.map(({ name, weight }) => `${name} ×${weight}`).join(', ') : 'one request';
}

/** Percent of one core that programs other than server, services and load generator used; 0 where nobody watched. */
function otherPrograms({ server, generator, environment }: Run): number {
  if (server?.machineBusy === undefined) return 0;
  const own = server.processes.reduce((sum, { cpuPercent }) => sum + cpuPercent, generator.cpuPercent);
  return Math.max(0, server.machineBusy * environment.cores * 100 - own);
}

function fingerprint(before: Run, after: Run): [what: string, before: string, after: string][] {
  const [old, now] = [before.environment, after.environment];
  return [
    ['the processor', old.cpuModel, now.cpuModel],
    ['the number of cores', String(old.cores), String(now.cores)],
    ['the operating system', old.os, now.os],
    ['the Node.js version of the load generator', old.nodeVersion, now.nodeVersion],
    ['the version of the load generator', old.profilerVersion, now.profilerVersion],
    ['how requests were sent', transport(before), transport(after)],
  ];
}

function transport({ generator, profile }: Run): string {
  const threads = `${generator.threads} ${generator.threads === 1 ? 'thread' : 'threads'}`;
  return `${generator.transport}${profile.http2 ? ' with HTTP/2' : ''}, ${threads}`;
}

function describeLoad(model: LoadModel): string {
  const stages = (model.stages ?? []).map(({ durationMs, from, to }) => `${durationMs / 1000} s ${from} to ${to}`);
  const over = stages.length === 0 ? '' : ` in stages (${stages.join(', ')})`;
  if (model.kind === 'open') return `${model.ratePerS} ${model.arrivals} requests a second${over}`;
  return `${model.connections} connections${model.pipelining > 1 ? `, ${model.pipelining} requests at once on each` : ''}${over}`;
}

function differingParts(before: Run, after: Run): string[] {
  const parts: string[] = [];
  if (before.request.method !== after.request.method) parts.push('method');
  if (pathOf(before) !== pathOf(after)) parts.push('path or query');
  if (headersOf(before) !== headersOf(after)) parts.push('set of headers');
  if (bodyOf(before.request.body) !== bodyOf(after.request.body)) parts.push('body');
  if (feedsOf(before) !== feedsOf(after)) parts.push('set of fed values');
  return parts;
}

/** Path and query without the address, because two variants of a server listen on two ports. */
function pathOf({ request }: Run): string {
  return request.url.replace(/^[a-z]+:\/\/[^/?#]*/i, '');
}

function headersOf({ request }: Run): string {
  const lines = request.headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`);
  return lines
    .filter((line) => !line.startsWith('host:'))
    .sort()
    .join('\n');
}

function feedsOf({ feeds }: Run): string {
  return JSON.stringify(feeds ?? []);
}

function bodyOf(body: BodyContent | null): string {
  return body === null ? '' : JSON.stringify(body);
}

/** Warnings that one run carries and the other does not: battery, heat, a debug server, a busy machine. */
function oneSided(run: Run, other: Run, label: string): RunWarning[] {
  const shared = new Set(other.warnings.map(({ code }) => code));
  const own = new Set<string>(['generator-limit', 'not-steady']);
  return run.warnings
    .filter(({ code }) => !shared.has(code) && !own.has(code))
    .map(({ code, message }) => ({ code, message: `Only in ${label}: ${message}` }));
}
