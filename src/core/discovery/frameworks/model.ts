import type { Expr, FunctionIr } from '../ir';
import type { SourceFiles } from '../languages/frontend';
import type { PathPiece, RouteFact, MountFact, HandlerRef, RouterNode } from '../graph';
import type { CallSite, ClassValue, FuncValue, ObjectValue, UnknownValue, Value } from '../evaluate/values';

/**
 * What a framework's objects mean. A model is pure: it is asked while the evaluator follows a program, answers with values,
 * and tells the host of routes and mounts. Every hook may answer `undefined`: "not mine".
 *
 * To add a framework: one file that exports a model, one line in registry.ts, a fixture under test/unit/discovery.
 */
export interface FrameworkModel {
  /** What `Endpoint.framework` says. */
  readonly id: string;
  readonly languages: readonly string[];
  /** Import names whose first segment makes a symbol this model's (`flask`, `@nestjs/common`). */
  readonly packages: readonly string[];
  /** A file without a match is not parsed for this framework's sake. Keep it cheap: one regular expression over the text. */
  readonly prefilter: RegExp;
  /** Files whose name or folder alone makes them routes: followed even when no text of theirs matches. */
  readonly routeFiles?: RegExp;
  /** Files whose imports run where they stand, not when a name is used: what they import fills tables that they read. */
  readonly importingFiles?: RegExp;
  /** Files that decide about routes without being imported by their files; after a change everything is followed afresh. */
  readonly configFiles?: RegExp;
  /** Names of calls that register something; a function of unknown callers is followed only if it makes such a call. */
  readonly registrars: readonly string[];

  /** How a path follows a prefix. Both are templates; either may be empty. */
  join(prefix: string, path: string): string;
  /** The whole path as the framework sees it: trailing slashes that do not count. */
  normalise?(path: string): string;

  /** A library symbol is called or constructed: `flask.Blueprint('x', ...)`. */
  callSymbol?(symbol: string, site: CallSite, host: ModelHost): Value | undefined;
  /** A method is called on an object that this model made. */
  callMethod?(object: ObjectValue, name: string, site: CallSite, host: ModelHost): Value | undefined;
  /** A plain attribute of an object that this model made. */
  member?(object: ObjectValue, name: string, host: ModelHost): Value | undefined;
  /** An attribute of a class of the workspace that it has from a library base: `View.as_view`. */
  classMember?(cls: ClassValue, base: string, name: string, host: ModelHost): Value | undefined;
  /** An object of a declared type that came from outside: `def register(app: Flask)`. */
  instanceOf?(symbol: string, host: ModelHost): ObjectValue | undefined;
  /** A method is called on a parameter of unknown origin; answer only when it can hardly be anything else. */
  recognise?(receiver: UnknownValue, name: string, site: CallSite, host: ModelHost): ObjectValue | undefined;
  /** A class of the workspace was defined (decorated controllers). `decorators` are evaluated, outermost first. */
  classDefined?(cls: ClassValue, decorators: readonly Value[], host: ModelHost): void;
  /** The value of a name imported from this model's library, when it is more than a symbol: `django.conf.settings`. */
  importedSymbol?(symbol: string, fromFile: string, host: ModelHost): Value | undefined;
  /** Everything has been followed, functions that nothing calls too: what could only be put together now. */
  conclude?(host: ModelHost, files: readonly string[]): void;
  /** The modules `files` have run: routes that follow from the place of files or from a table, of these files only. */
  finish?(host: ModelHost, files: readonly string[]): void;
}

export type NewRoute = Omit<RouteFact, 'trial' | 'query' | 'notes'> & Partial<Pick<RouteFact, 'query' | 'notes'>>;
export type NewMount = Omit<MountFact, 'trial' | 'replacesOwn'> & Partial<Pick<MountFact, 'replacesOwn'>>;

/** What is said of a new router; `isHandedIn` when the code was given it and so does not show where it is mounted. */
export interface RouterOptions {
  readonly kind: 'app' | 'router';
  readonly site?: CallSite;
  readonly prefix?: PathPiece;
  readonly version?: PathPiece | null;
  readonly isHandedIn?: boolean;
}

/** What a model may ask of the evaluator. Nothing here throws. */
export interface ModelHost {
  /** The files of the workspace folder. */
  readonly files: SourceFiles;
  /** Runs a module as if `fromFile` imported it; what CommonJS exports, else the module. Undefined when it cannot be used. */
  load(file: string, fromFile: string): Value | undefined;
  /** A name that a module exports; undefined when it has none of that name. Runs the module when need be. */
  exported(file: string, name: string): Value | undefined;
  /** Makes an object with a router of its own. */
  router(model: FrameworkModel, type: string, options: RouterOptions): ObjectValue;
  /** Makes an object without routes: a view, a registrar. */
  object(model: FrameworkModel, type: string, attrs?: Iterable<readonly [string, Value]>): ObjectValue;
  addRoute(router: RouterNode, route: NewRoute): void;
  addMount(router: RouterNode, mount: NewMount): void;
  /** The argument by position (null: by name only) or name; spread dictionaries are looked into. */
  argument(site: CallSite, position: number | null, name: string | null): Value | undefined;
  call(callee: Value, args: readonly Value[], site: CallSite): Value;
  /** Calls a block or closure whose `self` or `this` is another object. */
  callOn(callee: Value, self: Value, args: readonly Value[], site: CallSite): Value;
  /** Calls a value with the arguments of `site`. */
  callWith(callee: Value, site: CallSite): Value;
  callMethod(object: Value, name: string, site: CallSite): Value;
  member(object: Value, name: string): Value;
  /** A method or attribute of a class, its bases included; undefined when only a library may have it. */
  lookup(cls: ClassValue, name: string): Value | undefined;
  /** Names of a module, by its file; its own are those that it does not import. */
  namesOfModule(file: string, which?: 'own'): readonly string[];
  /** Names of a class and its bases of the workspace. */
  namesOf(cls: ClassValue): readonly string[];
  /** The methods that a class declares itself, overloads included, in source order. */
  methodsOf(cls: ClassValue): readonly FuncValue[];
  /** True when a base of the class, however far, is one of the symbols. */
  extends(cls: ClassValue, isBase: (symbol: string) => boolean): boolean;
  /** The function behind a handler value: through wrappers, imports and bound methods. */
  functionOf(value: Value): FuncValue | undefined;
  /** The statements of a function, for a model that reads them itself; an edit of them then counts. */
  bodyOf(fn: FunctionIr): FunctionIr['body'];
  /** Where a handler is, at the registration when it cannot be found. */
  handler(value: Value, site: CallSite): HandlerRef;
  handlerOfClass(cls: ClassValue): HandlerRef;
  /** The object that a model made, behind instances, unions and imports. */
  objectOf(value: Value): ObjectValue | undefined;
  /** The module of the workspace that an import of `source` in `fromFile` means; undefined for a library. */
  module(source: string, fromFile: string): Value | undefined;
  /** A name of a module by its file, which code in `fromFile` depends on from now on. */
  variable(file: string, name: string, fromFile: string): Value | undefined;
  /** What one of the files says matters to the other from now on, though neither imports the other. */
  connect(file: string, other: string): void;
  /** Every file of the workspace whose name matches, and its text when asked. */
  filesNamed(pattern: RegExp, text?: RegExp): readonly string[];
  /** The text of a file of the workspace. */
  text(file: string): string | undefined;
  /** Evaluates a type, default or argument where a function or class was defined. */
  evaluateIn(scope: FuncValue | ClassValue, expression: Expr): Value;
  /** What the workspace declares under a dotted name in a language whose imports name types. */
  declared(language: string, name: string, fromFile: string): Value | undefined;
  /** What a model keeps while one evaluation lasts, under a key that begins with its name; made when it is first asked for. */
  state<T>(key: string, make: () => T): T;
  /** Runs the statements of a file as if they stood at the call, with another `self`. */
  include(file: string, self: Value | null, site: CallSite): Value;
  /** The files whose statements are being run as a part of another, outermost first, and the file that they are a part of. */
  readonly including: readonly string[];
  wasIncluded(file: string): boolean;
}
