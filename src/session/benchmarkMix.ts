import type { AnswerChecks } from '../core/model/answers';
import type { LoadProfile } from '../core/model/loadProfile';
import type { Run } from '../core/model/run';
import { checkMix, checkWeights } from '../core/plan/checkMix';
import { Session, settle } from './benchmark';
import type { BenchmarkTarget, Prompts, SessionEvents, SessionServices } from './benchmarkOrder';
import type { FeedOrder } from './loadFeeds';
import type { PreparedMix } from './mixPlan';

/** One request of a mix and what belongs to it alone. */
export interface MixPart {
  /** As a person knows it. Example: "GET /author/{id}". */
  readonly name: string;
  readonly weight: number;
  readonly target: BenchmarkTarget;
  readonly checks?: AnswerChecks;
  readonly feeds?: FeedOrder;
}

/** Everything that decides one load of several endpoints. */
export interface MixOrder {
  /** In the team file; null for one that was put together for this run. */
  readonly name: string | null;
  readonly seed: number;
  readonly parts: readonly MixPart[];
  readonly profile: LoadProfile;
  readonly unixSocket?: string;
  /** The workspace folder, absolute. */
  readonly folder: string | null;
}

/**
 * Loads several endpoints of one server at once. Each request goes the whole way of a benchmark of its own before anything is
 * loaded: guard, consents, values, preview. Resolves and rejects like `benchmark`, and with `bad-mix` when the requests cannot be
 * loaded together.
 */
export async function benchmarkMix(
  order: MixOrder,
  services: SessionServices,
  events: SessionEvents,
  signal: AbortSignal,
): Promise<Run> {
  return await settle(events, signal, async () => {
    const { name, seed, parts, profile, folder, unixSocket } = order;
    checkWeights(parts);
    const asking = { ...services, prompts: askHostOnce(services.prompts) };
    let first: Session | null = null;
    const prepared: PreparedMix['parts'][number][] = [];
    for (const { name: title, weight, target, checks, feeds } of parts) {
      const session = new Session(
        {
          ...{ target, profile, folder },
          ...(checks ? { checks } : {}),
          ...(feeds ? { feeds } : {}),
          ...(unixSocket === undefined ? {} : { unixSocket }),
        },
        asking,
        {
          ...events,
          onActivity: (activity) => {
            const isOneOf = activity.kind === 'preparing' && parts.length > 1;
            events.onActivity?.(isOneOf ? { ...activity, sentence: `${title}: ${activity.sentence}` } : activity);
          },
        },
        signal,
      );
      first ??= session;
      prepared.push({ name: title, weight, checks: checks ?? null, prepared: await session.prepare() });
    }
    checkMix(prepared.map((each) => ({ ...each, request: each.prepared.request })));
    const [lead] = prepared;
    if (!first || !lead) throw new Error('A mix without a request passed its check.');
    const run = await first.measure(lead.prepared, profile, { name, seed, parts: prepared });
    await services.store?.save(run);
    return run;
  });
}

/** All requests go to one host: a yes to the same question holds for all of them. */
function askHostOnce(prompts: Prompts): Prompts {
  const answered = new Set<string>();
  return {
    confirm: async (question, signal) => {
      if (question.kind !== 'host') return await prompts.confirm(question, signal);
      if (answered.has(question.sentence)) return true;
      const isYes = await prompts.confirm(question, signal);
      if (isYes) answered.add(question.sentence);
      return isYes;
    },
  };
}
