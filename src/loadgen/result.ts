import { STARVED_SHARE } from '../core/compare/generatorLimit';
import type { GeneratorReport, PrecisionReport, RunState, RunSummary, ThreadsReason } from '../core/model/run';
import type { LoadResult, RunPlan } from '../core/model/runPlan';
import { summarizeMix } from '../core/plan/mixTally';
import { summarizeStages } from '../core/plan/stageTally';
import { summarizeLatency } from '../core/stats/summarizeLatency';
import { LatencyHistogram } from '../core/stats/histogram';
import type { Checkpoint } from '../protocol/loadgen';
import type { MergedParts } from './mergedParts';
import { mixWarnings } from './mixWarnings';
import { stageWarnings } from './stageWarnings';
import { nameTransport } from './transport/choose';
import { findWarnings } from './warnings';

/** What is known of a run when it ends, or while it goes on. */
export interface RunFacts {
  readonly plan: RunPlan;
  readonly state: RunState;
  /** Why the run was broken off, as a sentence. */
  readonly breakage: string | null;
  /** Why a thread of the load generator is dead, when one is. */
  readonly death: string | null;
  readonly startedAtMs: number;
  readonly merged: MergedParts;
  /** Only where the run was to end by precision. */
  readonly precision: PrecisionReport | null;
  /** Of the measured phase; 0 when it was not reached. */
  readonly durationMs: number;
  readonly warmup: LoadResult['warmup'];
  /** Connections of the whole run. */
  readonly lanes: number;
  readonly threads: { readonly count: number; readonly reason: ThreadsReason };
  /** Open loop: the pacer waits in a loop, which keeps the event loop busy by design. */
  readonly spins: boolean;
  /** Share of the time of all cores that the host took in the measured phase; null where the system does not tell. */
  readonly stolen: number | null;
}

/** A loop that is busy for longer than this share of the time delays what it measures. */
const SATURATED_UTILIZATION = 0.85;
const SATURATED_CPU_PERCENT = 90;
/** Timers count whole milliseconds, so that one in a hundred is always later than one; twice that is more than they explain. */
const TIMER_LATENESS_US = 2000;

/** The result of a run that has ended. */
export function resultOf(facts: RunFacts): LoadResult {
  const { measuredRows } = facts.merged;
  const result = assemble(facts, measuredRows.total, true);
  return { ...result, series: measuredRows.series(), histogram: measuredRows.total.encode() };
}

/** A run up to now, without the parts that cost time to make. */
export function checkpointOf(facts: RunFacts): Checkpoint {
  const latencies = facts.merged.latencies();
  return { result: assemble(facts, latencies, false), latencies: latencies.toColumns() };
}

function assemble(facts: RunFacts, latencies: LatencyHistogram, encodes: boolean): LoadResult {
  const { merged, plan, state } = facts;
  const summary = summarize(facts, latencies);
  const generator = describeGenerator(facts, summary);
  const { accounting, warmupErrors, unsent } = merged.counts;
  const answers = merged.answers().facts();
  const { model } = plan.profile;
  const stages = summarizeStages(model, merged.stages, facts.durationMs);
  const planned = plan.mix?.requests ?? [];
  const mixFacts = { count: planned.length, isOpen: model.kind === 'open', durationMs: facts.durationMs, encodes };
  const mix = plan.mix ? summarizeMix(mixFacts, merged.mix) : [];
  return {
    state,
    startedAtMs: facts.startedAtMs,
    summary,
    accounting,
    warmup: facts.warmup,
    generator,
    series: { intervalMs: 100, tMs: [], requests: [], errors: [], p50Ms: [], p99Ms: [], bytesRead: [] },
    histogram: '',
    answers,
    ...(model.stages ? { stages } : {}),
    ...(facts.precision ? { precision: facts.precision } : {}),
    ...(plan.mix ? { mix } : {}),
    warnings: [
      ...findWarnings({
        isMix: plan.mix !== undefined,
        state,
        breakage: facts.breakage,
        death: facts.death,
        precision: facts.precision,
        summary,
        generator,
        steady: facts.warmup.steady,
        warmupMs: facts.warmup.durationMs,
        warmupErrors,
        failedChecks: answers.failedChecks,
        unanswered: accounting.aborted,
        settledLate: accounting.drained,
        lanes: facts.lanes,
        threadsAsked: plan.profile.threads,
        open: model.kind === 'open' && !model.stages ? { ratePerS: model.ratePerS, unsent } : null,
      }),
      ...mixWarnings(planned, mix, state),
      ...stageWarnings(stages),
    ],
  };
}

function summarize(facts: RunFacts, latencies: LatencyHistogram): RunSummary {
  const { merged, durationMs, plan } = facts;
  const { accounting, statuses, errors, warmupErrors, bytesRead, bytesWritten, connectionsOpened } = merged.counts;
  const isMeasured = durationMs > 0;
  // Microseconds are all that is known, without the dust of a division.
  const durationS = Math.round(durationMs * 1000) / 1e6;
  const requests = accounting.measured;
  return {
    requests,
    durationS,
    throughputRps: isMeasured ? requests / durationS : 0,
    latencyMs: summarizeLatency(isMeasured ? latencies : new LatencyHistogram()),
    ...(plan.profile.model.kind === 'open'
      ? { correctedLatencyMs: summarizeLatency(merged.histogram('corrected')) }
      : {}),
    ttfbMs: summarizeLatency(merged.histogram('firstByte')),
    connectMs: summarizeLatency(merged.histogram('connect')),
    statuses,
    // A run that broke off in its warm-up would otherwise not say why.
    errors: isMeasured ? errors : warmupErrors,
    bytesRead,
    bytesWritten,
    connectionsOpened,
  };
}

function describeGenerator(facts: RunFacts, summary: RunSummary): GeneratorReport {
  const { merged, plan, threads, stolen } = facts;
  const { cpuPercent, eventLoopUtilization, waited } = merged.load;
  const isOpen = plan.profile.model.kind === 'open';
  const lateness = merged.histogram('lateness');
  const allowedLatenessUs = Math.max(facts.spins ? 1000 : TIMER_LATENESS_US, 0.05 * summary.latencyMs.p50 * 1000);
  const isBusy = eventLoopUtilization > SATURATED_UTILIZATION || cpuPercent > SATURATED_CPU_PERCENT * threads.count;
  // A loop counts as busy while it waits for a core. Only one that turns without end is known never to have waited by its own will.
  const missed = Math.max(0, eventLoopUtilization - cpuPercent / (100 * threads.count));
  const spins = isOpen && facts.spins;
  const starved = spins || threads.count === 1 ? Math.max(missed, waited ?? 0) : waited;
  // Latencies that grew with the lack of cores would hide that requests were late.
  const isHeldUp = isOpen && ((spins ? starved : waited) ?? 0) > STARVED_SHARE;
  const isLate = isOpen && lateness.percentileUs(99) > allowedLatenessUs;
  return {
    cpuPercent,
    eventLoopUtilization,
    saturated: isLate || isHeldUp || (!spins && isBusy),
    latenessUs: isOpen ? { p50: lateness.percentileUs(50), p99: lateness.percentileUs(99), max: lateness.maxUs } : null,
    transport: merged.transport,
    transportReason: nameTransport(plan.profile, plan.proxy !== undefined).reason,
    threads: threads.count,
    threadsReason: threads.reason,
    ...(isOpen ? { pacing: facts.spins ? ('spin' as const) : ('timer' as const) } : {}),
    ...(starved === null ? {} : { starved: round(starved) }),
    ...(stolen === null ? {} : { stolen: round(stolen) }),
  };
}

function round(share: number): number {
  return Math.round(share * 1000) / 1000;
}
