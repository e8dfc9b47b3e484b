import type { SingleResponse } from '../core/model/request';
import type { PreviewAdvice } from '../core/request/advice';
import { Session, settle } from './benchmark';
import type { BenchmarkOrder, SessionEvents, SessionServices } from './benchmarkOrder';

/** The answer to one request that was sent by itself, and what it means. */
export interface Previewed {
  readonly server: { readonly name: string; readonly baseUrl: string };
  readonly response: SingleResponse;
  readonly advice: PreviewAdvice;
}

/**
 * Sends one request with everything before it as before a load: guard, consents, server, secrets, feeds. Nothing is loaded, and
 * an answer that is not worth measuring is no question. Rejects like `benchmark`.
 */
export async function previewRequest(
  order: BenchmarkOrder,
  services: SessionServices,
  events: SessionEvents,
  signal: AbortSignal,
): Promise<Previewed> {
  const { prompts } = services;
  const asking: SessionServices = {
    ...services,
    prompts: {
      confirm: (question, aborted) =>
        question.kind === 'preview' ? Promise.resolve(true) : prompts.confirm(question, aborted),
    },
  };
  return await settle(events, signal, async () => {
    const { server, response, advice } = await new Session(order, asking, events, signal).prepare();
    return { server, response, advice };
  });
}
