import type { Endpoint } from '../model/endpoint';
import type { RequestValues } from '../model/request';
import type { Run, RunEnvironment, RunSeries, ServerReport, UsageSeries } from '../model/run';
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
}

/** Makes the run that is shown and stored out of what the load generator measured and what the host knows around it. */
export function assembleRun(parts: RunParts): Run {
  const { id, plan, result, endpoint, target, values, environment, server, preview, warmupSeries, usage } = parts;
  return {
    schemaVersion: 1,
    id,
    startedAt: new Date(result.startedAtMs).toISOString(),
    state: result.state,
    endpoint: endpoint && {
      id: endpoint.id,
      method: endpoint.method,
      path: endpoint.path,
      file: endpoint.file,
      line: endpoint.line,
      handler: endpoint.handler,
      framework: endpoint.framework,
    },
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
    warnings: result.warnings,
  };
}
