import { formatCount, formatDuration } from '../report/format';
import type { LoadProfile } from '../model/loadProfile';
import type { RequestTemplate } from '../model/request';
import type { Run, RunWarning } from '../model/run';

/**
 * Why the difference between two runs may not come from the code: another request, another load, another machine, other
 * answers, a run that did not end by itself. Empty when nothing speaks against laying them beside each other.
 */
export function comparabilityWarnings(before: Run, after: Run): RunWarning[] {
  const found: (RunWarning | null)[] = [
    endpointDiffers(before, after),
    requestDiffers(before.request, after.request),
    loadDiffers(before.profile, after.profile),
    machineDiffers(before, after),
    generatorDiffers(before, after),
    answersDiffer(before, after),
    ...[before, after].map((run, index) => endedEarly(run, index === 0 ? 'earlier' : 'later')),
  ];
  return found.filter((warning) => warning !== null);
}

function endpointDiffers(before: Run, after: Run): RunWarning | null {
  if (before.endpoint?.id === after.endpoint?.id || !before.endpoint || !after.endpoint) return null;
  const names = [before.endpoint, after.endpoint].map((endpoint) => `${endpoint.method} ${endpoint.path}`);
  if (names[0] === names[1]) return null;
  return warn('other-endpoint', `The two runs are of different endpoints: ${names.join(' and ')}.`);
}

function requestDiffers(before: RequestTemplate, after: RequestTemplate): RunWarning | null {
  const parts: string[] = [];
  if (before.method !== after.method) parts.push('method');
  if (pathOf(before.url) !== pathOf(after.url)) parts.push('parameters');
  if (originOf(before.url) !== originOf(after.url)) parts.push('server address');
  if (JSON.stringify(before.headers) !== JSON.stringify(after.headers)) parts.push('headers');
  if (JSON.stringify(before.body) !== JSON.stringify(after.body)) parts.push('body');
  if (parts.length === 0) return null;
  return warn('other-request', `The two runs sent different requests: other ${listed(parts)}.`);
}

function loadDiffers(before: LoadProfile, after: LoadProfile): RunWarning | null {
  const [then, now] = [describeLoad(before), describeLoad(after)];
  const differences = then.map((part, index) => [part, now[index] ?? '']).filter(([a, b]) => a !== b);
  if (differences.length === 0) return null;
  const told = differences.map(([a, b]) => `${a ?? ''} before, ${b ?? ''} after`);
  return warn('other-load', `The two runs were loaded differently: ${told.join('; ')}.`);
}

function machineDiffers(before: Run, after: Run): RunWarning | null {
  const [a, b] = [before.environment, after.environment];
  const same = a.cpuModel === b.cpuModel && a.cores === b.cores && a.memoryMB === b.memoryMB && a.os === b.os;
  if (same) return null;
  return warn('other-machine', 'The two runs were made on different machines or operating systems.');
}

function generatorDiffers(before: Run, after: Run): RunWarning | null {
  const [a, b] = [before.generator, after.generator];
  if (a.transport === b.transport && a.threads === b.threads) return null;
  return warn('other-generator', 'The load was generated in different ways (other transport or number of threads).');
}

/** Compares shares of each status, since the number of answers differs in any two runs. */
function answersDiffer(before: Run, after: Run): RunWarning | null {
  const [then, now] = [mostFrequentStatus(before), mostFrequentStatus(after)];
  if (then === now || then === null || now === null) return null;
  return warn(
    'other-answers',
    `The answers differ: mostly status ${then} before, mostly ${now} after. Not the same work.`,
  );
}

function endedEarly(run: Run, which: 'earlier' | 'later'): RunWarning | null {
  if (run.state === 'complete') return null;
  return warn(`partial-${which}`, `The ${which} run did not run to its end, so its numbers stand on less time.`);
}

function describeLoad(profile: LoadProfile): string[] {
  const { model, stop } = profile;
  const shape =
    model.kind === 'closed'
      ? `${formatCount(model.connections)} connections${model.pipelining > 1 ? ` × ${model.pipelining}` : ''}`
      : `${formatCount(model.ratePerS)} requests a second`;
  const time = stop.durationMs === null ? null : formatDuration(stop.durationMs);
  const count = stop.requests === null ? null : `${formatCount(stop.requests)} requests`;
  return [shape, [time, count].filter((part) => part !== null).join(' or ')];
}

function mostFrequentStatus(run: Run): string | null {
  return Object.entries(run.summary.statuses).sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/?]*/i, '');
}

function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/?]*/i.exec(url)?.[0] ?? '';
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function warn(code: string, message: string): RunWarning {
  return { code, message };
}
