import type { Memento } from 'vscode';
import type { Comparison } from '../../core/model/comparison';
import type { RequestValues } from '../../core/model/request';
import type { EndpointSnapshot } from '../../core/model/run';
import type { Server } from '../../core/model/server';
import type { EndpointReference } from './endpoints';

/** What the results panel shows, so that it can be shown again after a reload. */
export interface ShownRun {
  /** Null for an endpoint of which no run is on show. */
  readonly runId: string | null;
  readonly beforeId: string | null;
  readonly folder: string;
  readonly endpoint?: EndpointSnapshot | null;
  /** The list of many endpoints that were compared together. */
  readonly isMany?: boolean;
}

/** The newest comparison side by side of an endpoint. */
export interface KeptComparison {
  /** When the two sides were fixed. */
  readonly startedAt: string;
  readonly state: 'decided' | 'undecided' | 'cancelled';
  readonly comparison: Comparison;
}

/** A run that had begun: enough to find in the stored runs what was kept of it. */
export interface RunUnderWay {
  readonly name: string;
  readonly endpoint: EndpointReference;
  readonly beganMs: number;
  readonly beforeId: string | null;
}

const VALUES = 'values';
const SERVER = 'server';
const CONSENTS = 'consents';
const GROUPING = 'grouping';
const SHOWN = 'shown';
const UNDER_WAY = 'underWay';
const COMPARISONS = 'comparisons';
/** Each is some ten thousand characters, and VS Code keeps the whole state in memory. */
const MOST_COMPARISONS = 40;

/** What a person has chosen in this workspace, kept by VS Code on this machine and never in a file of the project. */
export class WorkspaceMemory {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  /** What was filled in for an endpoint at its last run. */
  values(endpoint: EndpointReference): RequestValues | undefined {
    return this.#state.get<Record<string, RequestValues>>(VALUES, {})[keyOf(endpoint)];
  }

  async rememberValues(endpoint: EndpointReference, values: RequestValues): Promise<void> {
    const all = this.#state.get<Record<string, RequestValues>>(VALUES, {});
    await this.#state.update(VALUES, { ...all, [keyOf(endpoint)]: values });
  }

  /** The server chosen for a folder (its URI as a string). */
  server(folder: string): Server | undefined {
    return this.#state.get<Record<string, Server>>(SERVER, {})[folder];
  }

  async rememberServer(folder: string, server: Server | undefined): Promise<void> {
    const all = this.#state.get<Record<string, Server>>(SERVER, {});
    const others = Object.entries(all).filter(([key]) => key !== folder);
    await this.#state.update(SERVER, Object.fromEntries(server ? [...others, [folder, server]] : others));
  }

  /** True when a question was answered with a yes that is kept. */
  has(key: string): boolean {
    return this.#state.get<readonly string[]>(CONSENTS, []).includes(key);
  }

  async add(key: string): Promise<void> {
    if (!this.has(key)) await this.#state.update(CONSENTS, [...this.#state.get<readonly string[]>(CONSENTS, []), key]);
  }

  get grouping(): 'file' | 'path' {
    return this.#state.get<string>(GROUPING) === 'path' ? 'path' : 'file';
  }

  async rememberGrouping(grouping: 'file' | 'path'): Promise<void> {
    await this.#state.update(GROUPING, grouping);
  }

  /** The newest comparison side by side of an endpoint. */
  comparison(endpoint: EndpointReference): KeptComparison | undefined {
    return this.#comparisons().find(([key]) => key === keyOf(endpoint))?.[1];
  }

  /** Keeps a comparison; those of the endpoints that were compared longest ago are forgotten. */
  async rememberComparison(endpoint: EndpointReference, kept: KeptComparison): Promise<void> {
    const others = this.#comparisons().filter(([key]) => key !== keyOf(endpoint));
    await this.#state.update(COMPARISONS, [[keyOf(endpoint), kept], ...others].slice(0, MOST_COMPARISONS));
  }

  get shown(): ShownRun | undefined {
    return this.#state.get<ShownRun>(SHOWN);
  }

  async rememberShown(shown: ShownRun | undefined): Promise<void> {
    await this.#state.update(SHOWN, shown);
  }

  /** The run that was under way when this was written. What is still there at the next start was cut short. */
  get runUnderWay(): RunUnderWay | undefined {
    return this.#state.get<RunUnderWay>(UNDER_WAY);
  }

  async rememberRunUnderWay(run: RunUnderWay | undefined): Promise<void> {
    await this.#state.update(UNDER_WAY, run);
  }

  #comparisons(): readonly (readonly [key: string, kept: KeptComparison])[] {
    return this.#state.get<readonly (readonly [string, KeptComparison])[]>(COMPARISONS, []);
  }
}

function keyOf({ folder, id }: EndpointReference): string {
  return `${folder} ${id}`;
}
