import { describeWrites, hostConsentKey, isWritingMethod, writeConsentKey } from '../core/request/consent';
import { describeTarget, type CheckedTarget } from '../core/request/targetGuard';
import type { HttpMethod } from '../core/model/endpoint';
import { CancelledError } from '../util/errors';
import type { Question, SessionServices } from './benchmarkOrder';

/** Whoever can say yes, and where a yes is kept. */
export type ConsentServices = Pick<SessionServices, 'prompts' | 'consents'>;

/** Asks before load and the named secrets go to another machine, unless a yes to all of it is remembered. Rejects with `CancelledError` after a no. */
export async function requireHostConsent(
  target: CheckedTarget,
  services: ConsentServices,
  signal: AbortSignal,
  secrets: readonly string[] = [],
): Promise<void> {
  if (target.consent === 'none') return;
  const key = hostConsentKey(target, secrets);
  if (key !== null && services.consents.has(key)) return;
  const carried = secrets.length === 0 ? '' : ` The request carries secrets: ${secrets.join(', ')}.`;
  const sentence = `${describeTarget(target)}${carried} Send load to ${target.host}?`;
  await requireYes({ kind: 'host', sentence, host: target.host, remember: key !== null }, services, signal);
  if (key !== null) await services.consents.add(key);
}

/** Asks before a writing method is sent many times, unless a yes is remembered for the endpoint or URL `id`. */
export async function requireWriteConsent(
  request: { readonly method: HttpMethod; readonly path: string; readonly id: string },
  services: ConsentServices,
  signal: AbortSignal,
): Promise<void> {
  const { method, path, id } = request;
  if (!isWritingMethod(method)) return;
  const key = writeConsentKey(method, { id });
  if (services.consents.has(key)) return;
  await requireYes({ kind: 'writes', sentence: describeWrites(method, path), method, path }, services, signal);
  await services.consents.add(key);
}

/** Rejects with `CancelledError` when the answer is no or the signal was aborted meanwhile. */
export async function requireYes(
  question: Question,
  { prompts }: Pick<ConsentServices, 'prompts'>,
  signal: AbortSignal,
): Promise<void> {
  if (!(await prompts.confirm(question, signal))) throw new CancelledError();
  signal.throwIfAborted();
}
