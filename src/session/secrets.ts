import type { AnswerFacts } from '../core/model/answers';
import type { SingleResponse } from '../core/model/request';
import type { LoadResult } from '../core/model/runPlan';
import { replaceSlots } from '../core/request/feedTemplate';
import {
  environmentNameOf,
  hideSecretsOfRequest,
  hideSecretValues,
  redactSecrets,
  type Secrets,
} from '../core/request/secrets';
import { TEAM_FILE } from '../core/request/teamFile';
import { UserError } from '../util/errors';
import type { BenchmarkOrder, BenchmarkTarget } from './benchmarkOrder';

/**
 * Where the values of secrets are kept: the editor's secret storage, or the environment of the command line. Undefined for a
 * name that nobody has given a value.
 */
export type SecretSource = (name: string, folder: string | null) => Promise<string | undefined>;

/** Secrets of the command line: `${secret:token}` is `ENDPOINT_PROFILER_SECRET_TOKEN`. */
export function secretsOfEnvironment(environment: Readonly<Record<string, string | undefined>>): SecretSource {
  return (name) => {
    const value = environment[environmentNameOf(name)];
    return Promise.resolve(value === '' ? undefined : value);
  };
}

/** The target with references where secrets stood in plain, so that nothing that is kept of a run can have them. */
export function hideTarget({ target, feeds }: BenchmarkOrder): {
  readonly target: BenchmarkTarget;
  readonly hidden: ReadonlyMap<string, string>;
} {
  if (target.kind === 'endpoint') {
    const values = feeds ? { ...target.values, feeds: feeds.settings } : target.values;
    const { request, hidden } = hideSecretValues(values, new Map());
    const { headers, query } = request;
    return { target: { ...target, values: { ...target.values, headers, query } }, hidden };
  }
  const names = feeds?.settings.map(({ name }) => name) ?? [];
  const { request, hidden } = hideSecretsOfRequest(target.request, names);
  return { target: { kind: 'request', request }, hidden };
}

/** Where the values are that references stand for. */
export interface ValueSources {
  /** The value of `${secret:name}`. */
  readonly secretOf?: SecretSource;
  /** The value of `${env:NAME}`: out of the folder's environment files, never of the environment of this process. */
  readonly envOf?: SecretSource;
}

/** Fails with `secret-feed` when a value would be taken for the place of a feed. */
export function requireNoSlots(secrets: Secrets, { feeds, target }: BenchmarkOrder): void {
  const settings = feeds?.settings ?? (target.kind === 'endpoint' ? target.values.feeds : undefined) ?? [];
  const names = settings.map(({ name }) => name);
  for (const [reference, value] of secrets) {
    if (replaceSlots(value, names, '') === value) continue;
    throw new UserError(
      'secret-feed',
      `The value of \${${reference}} has the name of a feed in braces in it: give the feed another name.`,
    );
  }
}

/** Looks up everything that is referred to but the tokens of logins. Fails with `secret-missing` and `env-missing`. */
export async function readSecrets(
  references: readonly string[],
  { secretOf, envOf }: ValueSources,
  folder: string | null,
): Promise<Map<string, string>> {
  const secrets = new Map<string, string>();
  for (const reference of references) {
    const [kind, name = ''] = reference.split(/:(.*)/s);
    if (kind === 'login' || secrets.has(reference)) continue;
    const value = await (kind === 'env' ? envOf : secretOf)?.(name, folder);
    if (value === undefined) throw kind === 'env' ? envMissing(name) : secretMissing(name);
    secrets.set(reference, value);
  }
  return secrets;
}

/** An answer without the secrets that it repeats: it is shown and written. */
export function redactResponse(response: SingleResponse, secrets: Secrets): SingleResponse {
  if (secrets.size === 0) return response;
  return {
    ...response,
    statusText: redactSecrets(response.statusText, secrets),
    headers: response.headers.map(([name, value]) => [name, redactSecrets(value, secrets)]),
    bodyText: redactSecrets(response.bodyText, secrets),
  };
}

/** What a load generator tells, without the secrets that answers repeat. */
export function redactResult(result: LoadResult, secrets: Secrets): LoadResult {
  if (secrets.size === 0) return result;
  const { answers, mix } = result;
  return {
    ...result,
    warnings: result.warnings.map((each) => ({ ...each, message: redactSecrets(each.message, secrets) })),
    ...(answers ? { answers: redactAnswers(answers, secrets) } : {}),
    ...(mix ? { mix: mix.map((each) => ({ ...each, answers: redactAnswers(each.answers, secrets) })) } : {}),
  };
}

function redactAnswers(answers: AnswerFacts, secrets: Secrets): AnswerFacts {
  const redacted = answers.failedChecks.map((each) => ({ ...each, reason: redactSecrets(each.reason, secrets) }));
  return { ...answers, failedChecks: redacted };
}

function secretMissing(name: string): UserError {
  return new UserError(
    'secret-missing',
    `There is no value for \${secret:${name}}: give it with "Set Secret…" in the editor, or in the environment as ${environmentNameOf(name)}.`,
  );
}

function envMissing(name: string): UserError {
  return new UserError(
    'env-missing',
    `There is no value for \${env:${name}}: write ${name}=… into the file .env of the folder, or list the file that has it under "envFiles" in ${TEAM_FILE}.`,
  );
}
