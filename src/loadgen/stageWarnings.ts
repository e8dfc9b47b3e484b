import type { RunWarning, StageResult } from '../core/model/run';

/** Less than this share of what was due is worth a sentence. */
const ENOUGH = 0.99;

/** The stages of an open loop in which connections were wanting for what was due; a request too few is none. */
export function stageWarnings(stages: readonly StageResult[]): RunWarning[] {
  return stages.flatMap(({ from, to, due, sent, durationMs }, index) => {
    if (due === undefined || sent === undefined || sent >= ENOUGH * due || due - sent <= 1) return [];
    const rate = from === to ? `${from}` : `${from} to ${to}`;
    const message = `In stage ${index + 1} (${rate} requests per second for ${durationMs / 1000} s) only ${sent} of ${due} requests went out before it ended, because every connection was waiting for an answer: the server does not keep up with that rate, or needs more connections.`;
    return [{ code: 'stage-rate-not-reached', message }];
  });
}
