/** A process as the system lists it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

export function listProcesses(): ProcessEntry[];
export function listDescendants(rootPid: number): ProcessEntry[];
export function isAlive(pid: number): boolean;
export function stopTree(rootPid: number, graceMs?: number): Promise<void>;
