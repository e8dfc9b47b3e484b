import type { AnswerChecks } from '../core/model/answers';
import type { LoadProfile } from '../core/model/loadProfile';
import type { Run } from '../core/model/run';
import type { Server } from '../core/model/server';
import type { VariantResult, VariantsResult } from '../core/model/variants';
import { variantWarnings } from '../core/plan/concludeVariants';
import { CancelledError } from '../util/errors';
import { Session, settle } from './benchmark';
import type { BenchmarkTarget, Question, ServerSource, SessionEvents, SessionServices } from './benchmarkOrder';
import type { FeedOrder } from './loadFeeds';
import { describeProblem } from './problem';

export type VariantTarget = Extract<BenchmarkTarget, { kind: 'endpoint' }>;

/** Everything that decides one benchmark of several servers. */
export interface VariantsOrder {
  /** The same endpoint as each server's code has it; at least one, names all different. */
  readonly targets: readonly VariantTarget[];
  /** Servers that were asked for and cannot be measured, with the reason; they stand in the result beside the others. */
  readonly absent?: readonly { readonly server: Server; readonly error: unknown }[];
  readonly profile: LoadProfile;
  /** How often each is measured; the order turns round each time, so that none always comes after the same one. */
  readonly rounds: number;
  readonly checks?: AnswerChecks;
  readonly feeds?: FeedOrder;
  /** The workspace folder, absolute. */
  readonly folder: string | null;
}

export interface VariantsServices extends SessionServices {
  readonly servers: ServerSource & { stop(name: string, folder: string | null): Promise<void> };
}

export interface VariantsEvents extends SessionEvents {
  /** A server's turn begins; rounds count from 1. */
  readonly onVariant?: (name: string, round: number) => void;
  /** A server's turn has ended: everything that was measured until now. */
  readonly onResult?: (soFar: VariantsResult) => void;
}

/**
 * The same load on several servers, never two at once: each is started, previewed, loaded and, when it was started here for
 * this, stopped again before the next one comes. One that cannot be measured does not keep the others from it. Resolves in
 * state `cancelled` when `signal` was aborted after something had been measured. Rejects like `benchmark` when nothing was.
 */
export async function benchmarkVariants(
  order: VariantsOrder,
  services: VariantsServices,
  events: VariantsEvents,
  signal: AbortSignal,
): Promise<VariantsResult> {
  return await settle(events, signal, async () => {
    const startedAt = new Date().toISOString();
    const asked = askingOnce(services);
    const runs = new Map<string, Run[]>(order.targets.map(({ server }) => [server.name, []]));
    const problems = new Map<string, unknown>(order.absent?.map(({ server, error }) => [server.name, error]));
    const resultNow = (): VariantsResult => resultOf(order, startedAt, runs, problems, signal.aborted);
    for (let round = 1; round <= order.rounds && !signal.aborted; round++) {
      for (const target of round % 2 === 1 ? order.targets : [...order.targets].reverse()) {
        const { name } = target.server;
        if (isAborted(signal) || problems.has(name)) continue;
        events.onVariant?.(name, round);
        try {
          const run = await measureOne(order, target, asked, events, signal);
          if (run.state !== 'cancelled' || run.summary.requests > 0) runs.get(name)?.push(run);
          await services.store?.save(run);
        } catch (error) {
          if (isAborted(signal)) break;
          // A question that was answered with no.
          if (error instanceof CancelledError) throw error;
          problems.set(name, error);
        }
        events.onResult?.(resultNow());
      }
    }
    const result = resultNow();
    if (result.variants.every((variant) => variant.runs.length === 0)) {
      const [first] = problems.values();
      throw first instanceof Error ? first : new CancelledError();
    }
    return result;
  });
}

function resultOf(
  { targets, absent = [], rounds, profile }: VariantsOrder,
  startedAt: string,
  runs: ReadonlyMap<string, readonly Run[]>,
  problems: ReadonlyMap<string, unknown>,
  isCancelled: boolean,
): VariantsResult {
  const variants = [...targets, ...absent].map(({ server }): VariantResult => {
    const { name, description } = server;
    const problem = problems.has(name) ? describeProblem(problems.get(name)) : null;
    return {
      name,
      ...(description === undefined ? {} : { description }),
      runs: runs.get(name) ?? [],
      problem: problem && { code: problem.code, sentence: problem.sentence },
    };
  });
  const [target] = targets;
  return {
    schemaVersion: 1,
    kind: 'variants',
    startedAt,
    state: isCancelled ? 'cancelled' : 'complete',
    method: target?.values.method ?? 'GET',
    path: target?.endpoint.path ?? '/',
    rounds,
    profile,
    variants,
    warnings: variantWarnings(variants, rounds),
  };
}

async function measureOne(
  { profile, checks, feeds, folder }: VariantsOrder,
  target: VariantTarget,
  services: VariantsServices,
  events: SessionEvents,
  signal: AbortSignal,
): Promise<Run> {
  const started = new Set<string>();
  const servers: ServerSource = {
    ensure: async (...args) => {
      const ensured = await services.servers.ensure(...args);
      if (ensured.started) started.add(target.server.name);
      return ensured;
    },
  };
  const order = { target, profile, folder, ...(checks ? { checks } : {}), ...(feeds ? { feeds } : {}) };
  const session = new Session(order, { ...services, servers }, events, signal);
  try {
    return await session.measure(await session.prepare(), profile);
  } finally {
    if (started.has(target.server.name)) await services.servers.stop(target.server.name, folder);
  }
}

/** A yes holds for all servers and rounds; only what one of them answers is asked for each. */
function askingOnce(services: VariantsServices): VariantsServices {
  const answered = new Set<string>();
  const { prompts } = services;
  return {
    ...services,
    prompts: {
      confirm: async (question, signal) => {
        const key = keyOf(question);
        if (answered.has(key)) return true;
        const isYes = await prompts.confirm(question, signal);
        if (isYes) answered.add(key);
        return isYes;
      },
    },
  };
}

function keyOf(question: Question): string {
  switch (question.kind) {
    case 'host':
      return `host ${question.host}`;
    case 'writes':
      return `writes ${question.method}`;
    case 'preview':
      return `preview ${question.sentence}`;
  }
}

/** Asked anew after a wait. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
