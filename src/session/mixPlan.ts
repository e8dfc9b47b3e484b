import type { AnswerChecks } from '../core/model/answers';
import type { MixPlan } from '../core/model/mix';
import type { RunWarning } from '../core/model/run';
import type { MixSent } from '../core/plan/assembleRun';
import { fillSecrets, type Secrets } from '../core/request/secrets';
import type { Prepared } from './benchmark';

/** The requests of a mix, each after the whole way that a request of its own goes before its load. */
export interface PreparedMix {
  /** In the team file; null for one that was put together for this run. */
  readonly name: string | null;
  readonly seed: number;
  readonly parts: readonly {
    readonly name: string;
    readonly weight: number;
    readonly checks: AnswerChecks | null;
    readonly prepared: Prepared;
  }[];
}

/** What the load generator is given: the only place where the secrets stand. */
export function filledMix({ seed, parts }: PreparedMix): MixPlan {
  return {
    seed,
    requests: parts.map(({ name, weight, checks, prepared: { request, secrets, feeds } }) => ({
      ...{ name, weight, request: fillSecrets(request, secrets) },
      ...(feeds ? { feeds } : {}),
      ...(checks ? { checks } : {}),
    })),
  };
}

/** What is kept of the requests, with references in the place of secrets. */
export function keptMix({ name, seed, parts }: PreparedMix): MixSent {
  return {
    name,
    seed,
    parts: parts.map((part) => {
      const { target, request, feeds } = part.prepared;
      const isEndpoint = target.kind === 'endpoint';
      return {
        ...{ name: part.name, weight: part.weight, request, feeds, checks: part.checks },
        endpoint: isEndpoint ? target.endpoint : null,
        values: isEndpoint ? target.values : null,
      };
    }),
  };
}

/** Everything that an answer to any of the requests could repeat. */
export function mixSecrets({ parts }: PreparedMix): Secrets {
  return new Map(parts.flatMap(({ prepared }) => [...prepared.secrets]));
}

/** What the previews gave reason to say, each about its own request; what is about all of them once. */
export function mixPreviewWarnings({ parts }: PreparedMix): readonly RunWarning[] {
  const warnings = parts.flatMap(({ name, prepared }) =>
    prepared.warnings.map(({ code, message }) => ({
      code,
      message: code.startsWith('preview-') ? `${name}: ${message}` : message,
    })),
  );
  return warnings.filter(({ message }, index) => warnings.findIndex((each) => each.message === message) === index);
}
