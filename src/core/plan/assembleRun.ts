import type { AnswerChecks } from '../model/answers';
import type { Endpoint } from '../model/endpoint';
import type { FeedPlan } from '../model/feed';
import type { MixReport, MixResult } from '../model/mix';
import type { RequestTemplate, RequestValues } from '../model/request';
import type { EndpointSnapshot, Run, RunEnvironment, RunSeries, ServerReport, UsageSeries } from '../model/run';
import type { LoadResult, RunPlan } from '../model/runPlan';
import { reportFeeds } from './feedReport';

/** Everything that a run is put together from. */
export interface RunParts {
  /** Unique and sortable by time, made by the caller. */
  readonly id: string;
  readonly plan: RunPlan;
  readonly result: LoadResult;
  readonly endpoint: Endpoint | null;
  readonly target: { readonly name: string; readonly baseUrl: string };
  readonly values: RequestValues | null;
  readonly environment: RunEnvironment;
  readonly server: ServerReport | null;
  readonly preview?: Run['preview'];
  readonly warmupSeries?: RunSeries | null;
  readonly usage?: UsageSeries | undefined;
  /** Of a mix: what was sent, in the order of the plan. */
  readonly mix?: MixSent | undefined;
}

/** The requests of a mix as they are kept, with references in the place of secrets. */
export interface MixSent {
  readonly name: string | null;
  readonly seed: number;
  readonly parts: readonly {
    readonly name: string;
    readonly weight: number;
    readonly endpoint: Endpoint | null;
    readonly request: RequestTemplate;
    readonly values: RequestValues | null;
    readonly feeds: FeedPlan | null;
    readonly checks: AnswerChecks | null;
  }[];
}

/** Makes the run that is shown and stored out of what the load generator measured and what the host knows around it. */
export function assembleRun(parts: RunParts): Run {
  const { id, plan, result, endpoint, target, values, environment, server, preview, warmupSeries, usage } = parts;
  return {
    schemaVersion: 1,
    id,
    startedAt: new Date(result.startedAtMs).toISOString(),
    state: result.state,
    endpoint: endpoint && snapshotOf(endpoint),
    target,
    request: plan.request,
    values,
    profile: plan.profile,
    environment,
    summary: result.summary,
    accounting: result.accounting,
    warmup: { ...result.warmup, ...(warmupSeries ? { series: warmupSeries } : {}) },
    ...(preview ? { preview } : {}),
    generator: result.generator,
    server,
    series: result.series,
    ...(usage ? { usage } : {}),
    histogram: result.histogram,
    ...(result.stages ? { stages: result.stages } : {}),
    ...(result.precision ? { precision: result.precision } : {}),
    ...(result.answers ? { answers: result.answers } : {}),
    ...(plan.checks ? { checks: plan.checks } : {}),
    ...(plan.feeds ? { feeds: reportFeeds(plan.feeds) } : {}),
    ...(parts.mix ? { mix: reportMix(parts.mix, result.mix ?? []) } : {}),
    warnings: result.warnings,
  };
}

function snapshotOf({ id, method, path, file, line, handler, framework }: Endpoint): EndpointSnapshot {
  return { id, method, path, file, line, handler, framework };
}

function reportMix({ name, seed, parts }: MixSent, results: readonly MixResult[]): MixReport {
  return {
    name,
    seed,
    endpoints: parts.flatMap((part, index) => {
      const result = results[index];
      if (!result) return [];
      return {
        name: part.name,
        weight: part.weight,
        endpoint: part.endpoint && snapshotOf(part.endpoint),
        request: part.request,
        values: part.values,
        ...(part.feeds ? { feeds: reportFeeds(part.feeds) } : {}),
        ...(part.checks ? { checks: part.checks } : {}),
        ...result,
      };
    }),
  };
}
