import type { AnswerChecks } from '../core/model/answers';
import type { Run, RunWarning } from '../core/model/run';
import type { Sweep, SweepPoint } from '../core/model/sweep';
import { concludeSweep } from '../core/plan/concludeSweep';
import { checkOpenFiles, checkSweepPlan, mostConnections, profileAt, type SweepPlan } from '../core/plan/sweepPlan';
import { CancelledError, describeError } from '../util/errors';
import { Session, settle } from './benchmark';
import type { BenchmarkTarget, SessionEvents, SessionServices } from './benchmarkOrder';
import type { FeedOrder } from './loadFeeds';

/** Everything that decides one sweep. */
export interface SweepOrder {
  readonly target: BenchmarkTarget;
  readonly plan: SweepPlan;
  readonly checks?: AnswerChecks;
  readonly feeds?: FeedOrder;
  /** The workspace folder, absolute. */
  readonly folder: string | null;
}

export interface SweepServices extends Omit<SessionServices, 'store'> {
  /** How many files this process and its children may open; null when that is not known or not limited. */
  readonly openFileLimit: number | null;
  /** Keeps a sweep; null keeps nothing. */
  readonly sweeps: { save(sweep: Sweep): Promise<void> } | null;
}

export interface SweepEvents extends SessionEvents {
  /** A level begins; `done` are those before it. */
  readonly onLevel?: (level: number, done: readonly SweepPoint[]) => void;
}

/**
 * Short runs at rising levels: asks, starts the server and previews once, then loads level by level. Resolves with the sweep,
 * in state `cancelled` or `broken-off` when it ended early with at least one level measured. Rejects like `benchmark`, and
 * with `open-files` before anything is sent when this process may not open enough connections.
 */
export async function sweep(
  order: SweepOrder,
  services: SweepServices,
  events: SweepEvents,
  signal: AbortSignal,
): Promise<Sweep> {
  return await settle(events, signal, async () => {
    const { plan, target, folder, checks, feeds } = order;
    checkSweepPlan(plan);
    checkOpenFiles(mostConnections(plan), services.openFileLimit);
    const top = profileAt(plan, plan.levels.at(-1) ?? 1);
    const session = new Session(
      { target, folder, profile: top, ...(checks ? { checks } : {}), ...(feeds ? { feeds } : {}) },
      { ...services, store: null },
      events,
      signal,
    );
    const prepared = await session.prepare();
    const runs: Run[] = [];
    const points: SweepPoint[] = [];
    let end: { readonly state: Sweep['state']; readonly warnings: readonly RunWarning[] } | null = null;
    for (const level of plan.levels) {
      events.onLevel?.(level, points);
      const run = await session.measure(prepared, profileAt(plan, level)).catch((error: unknown) => {
        if (runs.length === 0) throw error;
        if (!signal.aborted) end = { state: 'broken-off', warnings: [endedAt(plan, level, describeError(error))] };
        return null;
      });
      // A level that was stopped would look lower than it is.
      if (signal.aborted || run?.state === 'cancelled')
        end = { state: 'cancelled', warnings: [endedAt(plan, level, 'you stopped it')] };
      if (end || !run) break;
      runs.push(run);
      points.push(pointOf(level, run));
      if (run.state !== 'complete' || run.summary.requests === 0) {
        const why = run.warnings.find(({ code }) => code === 'broken-off')?.message ?? 'nothing was answered';
        end = { state: 'broken-off', warnings: [endedAt(plan, level, why)] };
        break;
      }
    }
    const [first] = runs;
    if (!first) throw new CancelledError();
    const conclusion = concludeSweep(plan.kind, points);
    const result: Sweep = {
      schemaVersion: 1,
      id: first.id,
      startedAt: first.startedAt,
      state: end?.state ?? 'complete',
      kind: plan.kind,
      endpoint: first.endpoint,
      target: first.target,
      request: first.request,
      values: first.values,
      profile: top,
      environment: first.environment,
      levels: plan.levels,
      points,
      ...(first.checks ? { checks: first.checks } : {}),
      ...(first.feeds ? { feeds: first.feeds } : {}),
      ...conclusion,
      warnings: [...(end?.warnings ?? []), ...conclusion.warnings, ...first.warnings.filter(isAboutServer)],
    };
    await services.sweeps?.save(result);
    return result;
  });
}

function pointOf(level: number, run: Run): SweepPoint {
  const { cpuPercent, saturated } = run.generator;
  return {
    level,
    state: run.state,
    summary: run.summary,
    warmup: run.warmup,
    generator: { cpuPercent, saturated },
    server: run.server,
    histogram: run.histogram,
    warnings: run.warnings.filter((warning) => !isAboutServer(warning)),
  };
}

/** Said once for the sweep, not at every level. */
function isAboutServer({ code }: RunWarning): boolean {
  return code.startsWith('preview-') || code.startsWith('debug-server');
}

function endedAt({ kind }: SweepPlan, level: number, why: string): RunWarning {
  const where = kind === 'rate' ? `${level} requests per second` : `${level} connections`;
  return {
    code: 'sweep-ended',
    message: `The sweep ended at ${where}, because ${lowerFirst(why).replace(/\.$/, '')}; the levels before are whole.`,
  };
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
