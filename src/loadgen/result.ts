import type { GeneratorReport, RunState, RunSummary } from '../core/model/run';
import type { TransportName } from '../core/model/loadProfile';
import type { LoadResult, RunPlan } from '../core/model/runPlan';
import { summarizeStages, type StageTally } from '../core/plan/stageTally';
import { summarizeLatency } from '../core/stats/summarizeLatency';
import { LatencyHistogram } from '../core/stats/histogram';
import type { Checkpoint } from '../protocol/loadgen';
import type { Recorder } from './recorder';
import { stageWarnings } from './stageWarnings';
import { findWarnings } from './warnings';

/** What is known of a run when it ends, or while it goes on. */
export interface RunFacts {
  readonly plan: RunPlan;
  readonly state: RunState;
  /** Why the run was broken off, as a sentence. */
  readonly breakage: string | null;
  readonly startedAtMs: number;
  readonly recorder: Recorder;
  /** Of the measured phase; 0 when it was not reached. */
  readonly durationMs: number;
  readonly warmup: LoadResult['warmup'];
  readonly generator: { readonly cpuPercent: number; readonly eventLoopUtilization: number };
  readonly transport: TransportName;
  /** Open loop: due requests that were never sent. */
  readonly unsent: number;
  /** What each thread counted in each stage; empty without stages. */
  readonly stages: readonly (readonly StageTally[])[];
  /** Open loop: the pacer waits in a loop, which keeps the event loop busy by design. */
  readonly spins: boolean;
}

/** A loop that is busy for longer than this share of the time delays what it measures. */
const SATURATED_UTILIZATION = 0.85;
const SATURATED_CPU_PERCENT = 90;

/** The result of a run that has ended. */
export function resultOf(facts: RunFacts): LoadResult {
  const { total } = facts.recorder.intervals;
  const result = assemble(facts, total);
  // Before the measured phase, what is in the intervals is the warm-up.
  if (facts.durationMs === 0) return result;
  return { ...result, series: facts.recorder.intervals.series(), histogram: total.encode() };
}

/** A run up to now, without the parts that cost time to make. */
export function checkpointOf(facts: RunFacts): Checkpoint {
  const latencies = facts.recorder.intervals.totalNow();
  return { result: assemble(facts, latencies), latencies: latencies.toColumns() };
}

function assemble(facts: RunFacts, latencies: LatencyHistogram): LoadResult {
  const { recorder, plan, state } = facts;
  const summary = summarize(facts, latencies);
  const generator = describeGenerator(facts, summary);
  const { accounting } = recorder;
  const answers = recorder.answers.facts();
  const { model } = plan.profile;
  const stages = summarizeStages(model, facts.stages, facts.durationMs);
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
    warnings: [
      ...findWarnings({
        state,
        breakage: facts.breakage,
        summary,
        generator,
        steady: facts.warmup.steady,
        warmupMs: facts.warmup.durationMs,
        warmupErrors: recorder.warmupErrors,
        failedChecks: answers.failedChecks,
        unanswered: accounting.aborted,
        settledLate: accounting.drained,
        lanes: recorder.outstanding.length,
        threadsWanted: plan.profile.threads === 'auto' ? 1 : plan.profile.threads,
        open: model.kind === 'open' && !model.stages ? { ratePerS: model.ratePerS, unsent: facts.unsent } : null,
      }),
      ...stageWarnings(stages),
    ],
  };
}

function summarize(facts: RunFacts, latencies: LatencyHistogram): RunSummary {
  const { recorder, durationMs, plan } = facts;
  const isMeasured = durationMs > 0;
  const durationS = durationMs / 1000;
  const requests = recorder.measured;
  return {
    requests,
    durationS,
    throughputRps: isMeasured ? requests / durationS : 0,
    latencyMs: summarizeLatency(isMeasured ? latencies : new LatencyHistogram()),
    ...(plan.profile.model.kind === 'open' ? { correctedLatencyMs: summarizeLatency(recorder.corrected) } : {}),
    ttfbMs: summarizeLatency(recorder.firstByte),
    connectMs: summarizeLatency(recorder.connect),
    statuses: Object.fromEntries([...recorder.statuses].sort(([a], [b]) => a - b)),
    // A run that broke off in its warm-up would otherwise not say why.
    errors: isMeasured ? { ...recorder.errors } : { ...recorder.warmupErrors },
    bytesRead: recorder.bytesRead,
    bytesWritten: recorder.bytesWritten,
    connectionsOpened: recorder.connectionsOpened,
  };
}

function describeGenerator(facts: RunFacts, summary: RunSummary): GeneratorReport {
  const { recorder, generator, plan } = facts;
  const isOpen = plan.profile.model.kind === 'open';
  const { lateness } = recorder;
  const allowedLatenessUs = Math.max(1000, 0.05 * summary.latencyMs.p50 * 1000);
  const isBusy = generator.eventLoopUtilization > SATURATED_UTILIZATION || generator.cpuPercent > SATURATED_CPU_PERCENT;
  const isLate = isOpen && lateness.percentileUs(99) > allowedLatenessUs;
  return {
    ...generator,
    saturated: isLate || (isBusy && !(isOpen && facts.spins)),
    latenessUs: isOpen ? { p50: lateness.percentileUs(50), p99: lateness.percentileUs(99), max: lateness.maxUs } : null,
    transport: facts.transport,
    threads: 1,
    ...(isOpen ? { pacing: facts.spins ? ('spin' as const) : ('timer' as const) } : {}),
  };
}
