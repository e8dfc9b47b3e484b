/** The variable that marks a server and everything it starts, so that a process that left the group is found again. */
export const SERVER_MARK = 'ENDPOINT_PROFILER_SERVER';

/** What is said to the supervisor. */
export type ToSupervisor =
  | {
      readonly kind: 'start';
      readonly command: string;
      readonly cwd: string;
      readonly env: Readonly<Record<string, string>>;
      readonly mark: string;
    }
  | { readonly kind: 'stop' };

/** What the supervisor says. */
export type FromSupervisor =
  | { readonly kind: 'started'; readonly pid: number }
  | { readonly kind: 'exited'; readonly code: number | null; readonly signal: string | null }
  | { readonly kind: 'failed'; readonly message: string };
