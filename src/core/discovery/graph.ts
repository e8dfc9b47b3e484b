import type { EndpointMethod, Parameter } from '../model/endpoint';
import type { FunctionIr } from './ir';

/** Stands in a path for text that is not known; shown as `{…}`. A private-use character, so that no path syntax meets it. */
export const HOLE = '\uE000';

export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A path, or a part of one, in the common syntax: `{name}`, `{name*}`, HOLE. */
export interface PathPiece {
  readonly template: string;
  readonly parameters: readonly Parameter[];
  readonly notes: readonly string[];
}

export interface HandlerRef {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
}

/** A route that a program registers on a router, before prefixes. */
export interface RouteFact {
  readonly methods: readonly EndpointMethod[];
  readonly path: PathPiece;
  readonly handler: HandlerRef;
  readonly registration: Place;
  readonly query: readonly Parameter[];
  readonly notes: readonly string[];
  /** For a route that a file is by its place: folders called `test` may be a part of its path. Told by the names without it. */
  readonly isTest?: boolean;
  /** Stands before every prefix (URI versioning); the innermost of route, router and mounts wins. */
  readonly version?: PathPiece | null;
  /** The uncalled function that was being tried when this came up; it is forgotten when that function turns out to be called. */
  readonly trial: FunctionIr | null;
}

/** One router put below another. */
export interface MountFact {
  readonly child: RouterNode;
  readonly prefix: PathPiece;
  readonly place: Place;
  readonly version?: PathPiece | null;
  /** The prefix stands in place of the child's own (Flask's `register_blueprint(bp, url_prefix=...)`). */
  readonly replacesOwn: boolean;
  readonly trial: FunctionIr | null;
}

/** Anything that holds routes: an application, a router, a blueprint, a group. */
export interface RouterNode {
  readonly framework: string;
  /** An application serves its routes itself; a router only where it is mounted. */
  readonly kind: 'app' | 'router';
  prefix: PathPiece;
  version: PathPiece | null;
  readonly place: Place;
  readonly routes: RouteFact[];
  readonly mounts: MountFact[];
  /** Handed in from a caller that is not in the workspace; where it is mounted cannot be known. */
  readonly isHandedIn: boolean;
  readonly trial: FunctionIr | null;
}

/** What a prefix is where there is none. */
export const EMPTY_PATH: PathPiece = { template: '', parameters: [], notes: [] };
