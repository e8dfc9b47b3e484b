import type { ComparedArm, ComparedRound, Comparison } from '../model/comparison';
import type { PairProgress } from '../model/pairPlan';
import { liveBand } from './liveBand';
import { SESSION_ALPHA } from './looks';

/** A comparison side by side while it goes on, as a page draws it. */
export interface LiveSession {
  readonly labels: Comparison['labels'];
  readonly margin: number;
  /** What is going on, as a sentence without a full stop. */
  readonly sentence: string;
  readonly phase: 'prepare' | PairProgress['phase'];
  /** The round under way, from 1. */
  readonly round: number;
  readonly plannedRounds: number;
  /** Requests a second of each side's latest slice; null while nothing is loaded. */
  readonly rps: Readonly<Record<ComparedArm, number>> | null;
  /** Blocks so far as ratios, a round each; the interval of the round under way is the band that may be watched. */
  readonly rounds: readonly ComparedRound[];
  /** What the last planned look said, and its interval; null before the first. */
  readonly look: (Pick<ComparedRound, 'ratio' | 'low' | 'high'> & { readonly headline: string }) | null;
  /** The most that is left; it ends sooner when it is decided. Null where that is not known. */
  readonly secondsLeft: number | null;
}

export interface LiveSessionStart {
  readonly labels: Comparison['labels'];
  readonly margin: number;
  readonly plannedRounds: number;
}

/** Before anything is copied or started. */
export function beginLiveSession(start: LiveSessionStart): LiveSession {
  return {
    ...start,
    sentence: '',
    phase: 'prepare',
    round: 1,
    rps: null,
    rounds: [],
    look: null,
    secondsLeft: null,
  };
}

/** A step with a sentence of its own; `round` counts from 0. */
export function liveStep(live: LiveSession, sentence: string, round: number): LiveSession {
  return { ...live, sentence: sentence.replace(/[.…]$/, ''), phase: 'prepare', round: round + 1, rps: null };
}

/** After a slice of round `round`, counted from 0. */
export function liveProgress(
  live: LiveSession,
  progress: PairProgress,
  round: number,
  secondsLeft: number | null,
): LiveSession {
  const rounds = [...live.rounds.slice(0, round), ...roundOf(progress.logRatios)];
  const sentence = progress.phase === 'warmup' ? 'Warming both up' : 'Measuring both in turn';
  return { ...live, sentence, phase: progress.phase, round: round + 1, rps: progress.rps, rounds, secondsLeft };
}

/** After a planned look: its rounds replace those that were drawn on the way. */
export function liveLook(live: LiveSession, { rounds, headline, looks }: Comparison): LiveSession {
  const last = looks.at(-1);
  return { ...live, rounds, look: last ? { headline, ratio: last.ratio, low: last.low, high: last.high } : null };
}

function roundOf(logRatios: readonly number[]): readonly ComparedRound[] {
  if (logRatios.length === 0) return [];
  const { estimate, low, high } = liveBand(logRatios, SESSION_ALPHA);
  return [
    {
      ratio: Math.exp(estimate),
      low: Number.isFinite(low) ? Math.exp(low) : null,
      high: Number.isFinite(high) ? Math.exp(high) : null,
      blocks: logRatios.map(Math.exp),
      droppedBlocks: 0,
    },
  ];
}
