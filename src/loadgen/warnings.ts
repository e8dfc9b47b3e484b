import type { AnswerFacts } from '../core/model/answers';
import type {
  GeneratorReport,
  PrecisionReport,
  RunState,
  RunSummary,
  RunWarning,
  ThreadsReason,
} from '../core/model/run';
import { findPaceLimit } from '../core/stats/paceLimit';
import type { ErrorCounts } from './recorder';

/** What the sentences are made from. */
export interface WarningFacts {
  readonly state: RunState;
  /** Of several requests, whose statuses are told one by one. */
  readonly isMix?: boolean;
  /** Why the run was broken off, as a sentence. */
  readonly breakage: string | null;
  /** Why a thread of the load generator is dead, when one is. */
  readonly death: string | null;
  readonly precision: PrecisionReport | null;
  readonly summary: RunSummary;
  readonly generator: GeneratorReport;
  readonly steady: boolean | null;
  readonly warmupMs: number;
  readonly warmupErrors: ErrorCounts;
  readonly failedChecks: AnswerFacts['failedChecks'];
  /** Requests that had no answer when waiting for the last ones was given up. */
  readonly unanswered: number;
  /** Answers and failures that came after the measured phase. */
  readonly settledLate: number;
  readonly lanes: number;
  readonly threadsAsked: number | 'auto';
  /** Open loop: rate asked for, and due requests that were never sent. */
  readonly open: { readonly ratePerS: number; readonly unsent: number } | null;
}

const LISTED_CHECKS = 3;

/** When a system asks for a connection again that nobody took, less what a clock may be off. */
const RETRY_MS = 990;

/** Why a saturated generator did not, or could not, use more threads. */
const THREADS_HELP: Partial<Record<ThreadsReason, string>> = {
  'no-core':
    'More threads could not help the load generator, because no core was idle; load from another machine, or with a server that leaves it a core.',
  'no-warmup':
    'Without a warm-up of a second or more there is no time to find out whether more threads help; ask for a warm-up, or for a number of threads.',
};

/** What a reader should know before believing the numbers, the gravest first. */
export function findWarnings(facts: WarningFacts): RunWarning[] {
  return [
    ...endWarnings(facts),
    ...errorWarnings(facts),
    ...statusWarnings(facts.summary, facts.isMix === true),
    ...generatorWarnings(facts),
    ...trustWarnings(facts),
  ];
}

function* endWarnings({ state, breakage, death, summary, unanswered, warmupMs }: WarningFacts): Generator<RunWarning> {
  if (death !== null) {
    yield warning(
      'generator-died',
      `A thread of the load generator died in the middle of the run (${death.replace(/\.$/, '')}); the numbers are those of the ${summary.durationS.toFixed(1)} s until then.`,
    );
  }
  if (breakage !== null) {
    const kinds = listErrors(summary.errors);
    yield warning('broken-off', `${breakage}${kinds === '' ? '' : ` Failures: ${kinds}.`}`);
  }
  if (state === 'cancelled') {
    yield warning(
      'cancelled',
      summary.requests === 0
        ? `The run was stopped before anything was measured (warm-up so far: ${seconds(warmupMs)}).`
        : `The run was stopped after ${summary.durationS.toFixed(1)} s; the numbers are those of that time.`,
    );
  } else if (unanswered > 0) {
    yield warning(
      'unanswered',
      `${unanswered} ${unanswered === 1 ? 'request' : 'requests'} still had no answer when the run ended; they are not in the latencies, which may look better than they are.`,
    );
  }
}

function* errorWarnings({ summary, warmupErrors, failedChecks, breakage, lanes }: WarningFacts): Generator<RunWarning> {
  const failures = sum(summary.errors);
  if (failures > 0 && breakage === null) {
    const total = failures + summary.requests;
    yield warning(
      summary.requests === 0 ? 'all-errors' : 'failures',
      `${failures} of ${total} requests failed (${listErrors(summary.errors)}); failures are not in the latencies.`,
    );
  }
  if (failedChecks.length > 0) {
    const listed = failedChecks.slice(0, LISTED_CHECKS).map(({ reason, count }) => `${reason} (${count})`);
    const rest = failedChecks.length > LISTED_CHECKS ? ', …' : '';
    yield warning('check-failed', `Answers were not the expected ones: ${listed.join(', ')}${rest}.`);
  }
  const all = (kind: 'descriptors' | 'ports'): number => (summary.errors[kind] ?? 0) + (warmupErrors[kind] ?? 0);
  if (all('descriptors') > 0) {
    yield warning(
      'descriptors',
      `The load generator may not open ${lanes} connections at once: raise the limit of open files (ulimit -n) above that, or use fewer connections.`,
    );
  }
  if (all('ports') > 0) {
    yield warning(
      'ports',
      'This machine ran out of free ports, because the server closes its connections and closed ones stay reserved for a minute; use keep-alive, fewer requests, or wait a minute.',
    );
  }
}

function* statusWarnings(summary: RunSummary, isMix: boolean): Generator<RunWarning> {
  const { statuses, requests, connectionsOpened } = summary;
  const counts = Object.entries(statuses).sort(([, a], [, b]) => b - a);
  const bad = counts.filter(([status]) => Number(status) >= 400).reduce((total, [, count]) => total + count, 0);
  const listed = counts.map(([status, count]) => `${status}: ${count}`).join(', ');
  if (requests > 0 && bad === requests) {
    yield warning('all-errors', `Every answer was an error (${listed}); this measures how fast the server says no.`);
  } else if (counts.length > 1 && !isMix) {
    yield warning('mixed-status', `Not every answer had the same status (${listed}); the latencies mix them.`);
  }
  if (requests >= 20 && connectionsOpened >= 0.9 * requests) {
    yield warning(
      'connection-closed-by-server',
      'The server closes the connection after each answer, so each latency contains opening a connection.',
    );
  }
  yield* queueWarning(summary);
}

/**
 * A server that has no room for a new connection in its listen queue lets the system drop the request for it, which is made again
 * after a second and then after twice the time (RFC 6298, 2.1 and 5.5): connections of a second where others need much less are that.
 */
function* queueWarning({ connectMs, connectionsOpened }: RunSummary): Generator<RunWarning> {
  if (!connectMs || connectMs.max < RETRY_MS || connectMs.min > RETRY_MS / 10) return;
  const often = connectMs.p50 >= RETRY_MS ? 'more than half' : connectMs.p99 >= RETRY_MS ? 'more than 1 %' : 'some';
  yield warning(
    'listen-queue-full',
    `The server's queue of new connections was full at times: ${often} of the ${connectionsOpened} connections took from 1 s to ${(connectMs.max / 1000).toFixed(1)} s to open, because the system asks again only after a second, while the quickest was open after ${connectMs.min.toFixed(2)} ms. ` +
      'The latencies contain that wait, as a user would; tools whose clock starts when the connection is open leave it out. Use fewer connections, let the server keep them, or raise its backlog.',
  );
}

function* generatorWarnings({ generator, open, summary, threadsAsked, lanes }: WarningFacts): Generator<RunWarning> {
  if (threadsAsked !== 'auto' && threadsAsked > generator.threads) {
    yield warning(
      'fewer-threads',
      `Load came from ${generator.threads} of the ${threadsAsked} threads asked for: each needs a connection of its own, and there were ${lanes}.`,
    );
  }
  if (generator.saturated) {
    const { who, why, isCertain } = findPaceLimit(generator);
    const is = isCertain ? 'is' : 'is probably';
    if (who === 'machine') {
      yield warning(
        'machine-starved',
        `This machine held up your load generator and ${is} the limit, not your server (${why}): on a quieter one the server may be faster than this.`,
      );
    } else {
      yield warning(
        'generator-saturated',
        `Your load generator, not your server, ${is} the limit (${why}): the server may be faster than this.`,
      );
    }
    const help = generator.threadsReason && THREADS_HELP[generator.threadsReason];
    if (help !== undefined) yield warning('threads-cannot-help', help);
  }
  const wanted = open ? open.ratePerS * summary.durationS : 0;
  if (open && open.unsent > 0.001 * wanted) {
    yield warning(
      'rate-not-reached',
      `${open.unsent} of about ${Math.round(wanted)} requests were never sent, because every connection was waiting for an answer: the server does not keep up with ${open.ratePerS} per second, or needs more connections.`,
    );
  }
}

function* trustWarnings({
  state,
  precision,
  steady,
  warmupMs,
  summary,
  settledLate,
}: WarningFacts): Generator<RunWarning> {
  if (precision && !precision.isReached && state === 'complete') {
    const known =
      precision.reached === null
        ? 'too little was measured to say how closely'
        : `known to ± ${percent(precision.reached)} only, not to ± ${percent(precision.wanted)}`;
    yield warning(
      'precision-not-reached',
      `${METRICS[precision.metric]} after ${summary.durationS.toFixed(1)} s: ${known} (95 %); allow a longer duration, or quieten what else runs on this machine.`,
    );
  }
  if (steady === false) {
    yield warning(
      'not-steady',
      `Throughput or latency was still changing after ${seconds(warmupMs)} of warm-up; a longer warm-up would measure another level.`,
    );
  }
  const { requests, durationS } = summary;
  if (requests > 0 && requests < 10_000) {
    const shaky = requests < 1000 ? 'p99 and p99.9 rest' : 'p99.9 rests';
    yield warning(
      'few-samples',
      `${requests} answers are few: ${shaky} on fewer than ten of them; measure longer before you rely on it.`,
    );
  }
  if (requests > 0 && settledLate > 0.05 * requests) {
    yield warning(
      'short-run',
      `${settledLate} answers came after the ${durationS.toFixed(1)} s were over and are not counted: the run is short compared to its latencies.`,
    );
  }
}

const METRICS = { throughput: 'Throughput', p50: 'p50', p99: 'p99' } as const;

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function warning(code: string, message: string): RunWarning {
  return { code, message };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function sum(errors: ErrorCounts): number {
  return Object.values(errors).reduce((total, count) => total + count, 0);
}

function listErrors(errors: ErrorCounts): string {
  return Object.entries(errors)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ');
}
