import type { FunctionIr, ModuleIr } from '../ir';
import type { MountFact, RouteFact, RouterNode } from '../graph';
import type { LanguageFrontend, SourceFiles } from '../languages/frontend';
import type { FrameworkModel, ModelHost } from '../frameworks/model';
import type { ClassValue, Frame, FuncValue, InstanceValue, Value } from './values';
import { Host } from './host';
import { runStatements } from './statements';

/** One evaluation step is about a microsecond. A program that needs more is not followed further. */
const STEPS_PER_ROOT = 60_000;
const STEPS_IN_ALL = 6_000_000;
const DEPTH_LIMIT = 60;
/** A function within itself: once is enough to see what it registers. */
const RECURSION_LIMIT = 2;

export interface ModuleState {
  readonly file: string;
  readonly language: LanguageFrontend;
  readonly frame: Frame;
  readonly exports: Map<string, Value>;
  /** Modules whose names are all re-exported or imported by `*`. */
  readonly stars: Value[];
}

/** What the evaluator is given: files, their lowered form, and the models. */
export interface Program {
  readonly files: SourceFiles;
  readonly models: readonly FrameworkModel[];
  /** Libraries imported by files of the workspace that are not evaluated now. */
  readonly packagesElsewhere: readonly string[];
  languageOf(file: string): LanguageFrontend | undefined;
  /** Lowered on demand; undefined for a file that cannot be used. */
  ir(file: string): ModuleIr | undefined;
}

/**
 * The state of one evaluation of a workspace. Follows code without running it: every branch is taken, loops run over what
 * is known, calls are followed into the workspace, libraries are asked of the framework models. Bounded in steps and depth,
 * so that it ends on any input.
 */
export class Machine {
  readonly modules = new Map<string, ModuleState | null>();
  readonly routers: RouterNode[] = [];
  readonly called = new Set<FunctionIr>();
  readonly createdFunctions = new Map<FunctionIr, FuncValue>();
  readonly createdClasses: ClassValue[] = [];
  readonly instances = new Map<ClassValue, InstanceValue>();
  /** Libraries that each file imports. */
  readonly packagesOf = new Map<string, Set<string>>();
  /** Which file or folder leads to which other, by imports. */
  readonly imports: (readonly [from: string, to: string])[] = [];
  /** Files whose code was not followed to its end. */
  readonly gaveUp = new Set<string>();
  readonly host: ModelHost;
  /** The function without callers that is being tried with unknown arguments. */
  trial: FunctionIr | null = null;
  #stepsOfRoot = 0;
  #stepsInAll = 0;
  readonly #active: FunctionIr[] = [];

  constructor(readonly program: Program) {
    this.host = new Host(this);
  }

  /** Counts a step; false when it is time to stop. */
  step(file: string): boolean {
    this.#stepsInAll++;
    if (++this.#stepsOfRoot <= STEPS_PER_ROOT && this.#stepsInAll <= STEPS_IN_ALL) return true;
    this.gaveUp.add(file);
    return false;
  }

  /** Runs `work` with a fresh step budget, apart from what is going on. */
  root<T>(trial: FunctionIr | null, work: () => T): T {
    const before = { steps: this.#stepsOfRoot, trial: this.trial, active: this.#active.splice(0) };
    this.#stepsOfRoot = 0;
    this.trial = trial;
    try {
      return work();
    } finally {
      this.#stepsOfRoot = before.steps;
      this.trial = before.trial;
      this.#active.splice(0, this.#active.length, ...before.active);
    }
  }

  /** Runs the body of a function unless it is too deep. */
  enter(fn: FunctionIr, frame: Frame): void {
    if (this.#active.length >= DEPTH_LIMIT) return;
    if (this.#active.filter((one) => one === fn).length >= RECURSION_LIMIT) return;
    this.#active.push(fn);
    try {
      runStatements(this, fn.body, frame);
    } finally {
      this.#active.pop();
    }
  }

  modelsFor(symbol: string): readonly FrameworkModel[] {
    return this.program.models.filter(({ packages }) => packages.some((name) => isWithin(symbol, name)));
  }

  /** The models whose library is imported: by the file itself first, then by any file. */
  likelyModels(file: string): readonly FrameworkModel[] {
    const own = [...this.packagesOf.values()].flatMap((names) => [...names]);
    const everywhere = [...own, ...this.program.packagesElsewhere];
    const here = [...(this.packagesOf.get(file) ?? [])];
    const uses = (model: FrameworkModel, symbols: readonly string[]): boolean =>
      model.packages.some((name) => symbols.some((symbol) => isWithin(symbol, name)));
    const near = this.program.models.filter((model) => uses(model, here));
    return [...near, ...this.program.models.filter((model) => !near.includes(model) && uses(model, everywhere))];
  }

  addRoute(router: RouterNode, route: Omit<RouteFact, 'trial'>): void {
    router.routes.push({ ...route, trial: this.trial });
  }

  addMount(router: RouterNode, mount: Omit<MountFact, 'trial'>): void {
    router.mounts.push({ ...mount, trial: this.trial });
  }
}

/** True when a dotted symbol or subpath belongs to a package. */
export function isWithin(symbol: string, packageName: string): boolean {
  if (!symbol.startsWith(packageName)) return false;
  const next = symbol[packageName.length];
  return next === undefined || next === '.' || next === '/';
}
