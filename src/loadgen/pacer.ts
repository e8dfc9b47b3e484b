/** The measured phase as a pacer sees it; `endUs` is Infinity when it ends by count. */
export interface PacerWindow {
  readonly startUs: number;
  readonly endUs: number;
}

/** Decides when a request goes out; the transport says where one can. */
export interface Pacer {
  /**
   * Begins to send at `startUs`, which is now or just over, at most `budget` requests when it is given. Without a window it is the warm-up, at the level that the
   * load begins with; called again with one for the measured phase.
   */
  start(budget: number | null, window: PacerWindow | null, startUs: number): void;
  /** Sends what was due and could have been sent by the end of the window, then nothing more. */
  finish(): void;
  /** Sends nothing more, at once. */
  stop(): void;
  /** A lane can take a request. */
  ready(lane: number): void;
  /** How many more may be sent; Infinity without a budget. */
  readonly budget: number;
  /** How many lanes are in use at this moment of the load. */
  readonly lanesInUse: number;
}
