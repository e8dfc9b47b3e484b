import { failureCount } from '../src/core/compare/rows';
import { ERROR_LABELS } from '../src/core/report/errorLabels';
import { formatCount, formatDuration, formatLatency, formatShare } from '../src/core/report/format';
import { connectionsPhrase, loadPhrase } from '../src/core/report/loadPhrase';
import { hasEnoughSamples } from '../src/core/report/percentileCurve';
import { headlineSentence } from './verdictWords';
import type { EndpointSnapshot, Run, RunState } from '../src/core/model/run';
import type { RunPhase } from '../src/core/model/runPlan';
import type { PageMix, PageState } from '../src/protocol/page';

const PHASES: Readonly<Record<RunPhase, string>> = {
  connect: 'Connecting',
  warmup: 'Warming up',
  measure: 'Measuring',
  drain: 'Waiting for the last answers',
};

const STATES: Readonly<Record<RunState, string>> = {
  complete: 'complete',
  cancelled: 'cancelled',
  'broken-off': 'stopped: nearly every answer failed',
  interrupted: 'load generator died',
};

/** What the load generator is doing. */
export function phaseLabel(phase: RunPhase): string {
  return PHASES[phase];
}

/** How a run ended, in a table. */
export function stateLabel(state: RunState): string {
  return STATES[state];
}

/** Why a run's numbers stand on less than was asked for; null for a run that ended by itself. */
export function partialLabel(run: Run): string | null {
  const after = formatDuration(run.summary.durationS * 1000);
  if (run.state === 'complete') return null;
  if (run.state === 'cancelled') return `cancelled after ${after} — partial`;
  if (run.state === 'interrupted') return `load generator died after ${after} — partial`;
  return `stopped after ${after}, nearly every answer failed — partial`;
}

/** The result in one sentence. Example: "1,842 requests a second, median 8.6 ms, 1 in 100 slower than 13.1 ms, no errors." */
export function resultSentence(run: Run): string {
  const { summary } = run;
  const failures = failureCount(run);
  if (summary.requests === 0) {
    return failures === 0 ? 'No request was answered.' : `No request was answered: ${errorPhrase(run, failures)}.`;
  }
  const { latencyMs } = summary;
  const tail = hasEnoughSamples(summary.requests, 99)
    ? `1 in 100 slower than ${formatLatency(latencyMs.p99)}`
    : `slowest ${formatLatency(latencyMs.max)}`;
  const parts = [
    `${formatCount(summary.throughputRps)} requests a second`,
    `median ${formatLatency(latencyMs.p50)}`,
    tail,
    failures === 0 ? 'no errors' : errorPhrase(run, failures),
  ];
  return `${parts.join(', ')}.${statusSentence(run)}`;
}

function errorPhrase(run: Run, failures: number): string {
  const [kind] = Object.entries(run.summary.errors).sort(([, a], [, b]) => b - a)[0] ?? ['other'];
  const share = failures / (failures + run.summary.requests);
  const label = (ERROR_LABELS as Readonly<Record<string, string>>)[kind] ?? kind;
  const noun = failures === 1 ? 'error' : 'errors';
  return `${formatCount(failures)} ${noun} (${formatShare(share)}, mostly “${label.toLowerCase()}”)`;
}

function statusSentence(run: Run): string {
  const { statuses, requests } = run.summary;
  const odd = Object.entries(statuses).filter(([status, count]) => !status.startsWith('2') && count > 0);
  if (odd.length === 0) return '';
  const count = odd.reduce((sum, [, each]) => sum + each, 0);
  const names = odd.map(([status]) => status).join(', ');
  return ` ${formatShare(count / requests)} of the answers were not a success (status ${names}).`;
}

/** Method and path of what the page is about; the request's own URL for a run without an endpoint. Null when there is neither. */
export function subjectOf(
  state: PageState,
): { method: string; path: string; endpoint: EndpointSnapshot | null } | null {
  const mix = state.mix ?? state.run?.mix;
  if (mix) return { method: 'Mix', path: mixWords(mix), endpoint: null };
  const endpoint = state.endpoint ?? state.run?.endpoint ?? null;
  if (endpoint) return { method: endpoint.method, path: endpoint.path, endpoint };
  return state.run ? { method: state.run.request.method, path: state.run.request.url, endpoint: null } : null;
}

/** Example: `page: GET /authors ×3, GET /author/{id} ×1` */
function mixWords({ name, endpoints }: PageMix): string {
  const listed = endpoints.map((each) => `${each.name} ×${each.weight}`).join(', ');
  return name === null ? listed : `${name}: ${listed}`;
}

/** Under what circumstances the shown run was made, or the next will be: server, load, revision, time. */
export function metaParts(state: PageState, run: Run | null): string[] {
  const server = run?.target ?? state.server;
  const parts = server ? [server.name === '' ? server.baseUrl : `${server.name}, ${server.baseUrl}`] : [];
  if (!run) return [...parts, connectionsPhrase(state.load.connections)];
  return [
    ...parts,
    loadOf(run),
    ...revisionParts(run),
    new Date(run.startedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' }),
  ];
}

function loadOf({ profile, summary }: Run): string {
  return `${loadPhrase(profile.model)} for ${formatDuration(summary.durationS * 1000)}`;
}

function revisionParts(run: Run): string[] {
  const { commit, dirty } = run.environment;
  if (commit === null) return [];
  return [`at ${commit.slice(0, 7)}${dirty ? ' + changes' : ''}`];
}

/**
 * What a screen reader should be told when the state changes: phases and endings, never single ticks. Null when there is
 * nothing new to say.
 */
export function announcement(before: PageState | null, after: PageState): string | null {
  const [then, now] = [before?.activity, after.activity];
  if (now.kind === 'problem')
    return then?.kind === 'problem' && then.problem.sentence === now.problem.sentence ? null : now.problem.sentence;
  if (now.kind === 'preparing')
    return then?.kind === 'preparing' && then.sentence === now.sentence ? null : now.sentence;
  if (now.kind === 'running') {
    return then?.kind === 'running' && then.live.phase === now.live.phase ? null : `${phaseLabel(now.live.phase)}.`;
  }
  if (now.kind === 'comparing') {
    const { live } = now;
    const isSame = then?.kind === 'comparing' && then.live.sentence === live.sentence && then.live.round === live.round;
    return isSame ? null : `Round ${live.round}: ${live.sentence}.`;
  }
  if (before && after.sideBySide && then?.kind === 'comparing') return headlineSentence(after.sideBySide.comparison);
  if (before && after.many?.endpointId === null && then?.kind === 'preparing') {
    return `${after.many.shown.comparison.headline}.`;
  }
  if (!after.run || !before || before.run?.id === after.run.id) return null;
  const partial = partialLabel(after.run);
  return `${partial === null ? 'Done' : `Ended: ${partial}`}. ${resultSentence(after.run)}`;
}
