import type { ClassIr, FunctionIr, ModuleIr } from '../ir';
import type { MountFact, Place, RouteFact, RouterNode } from '../graph';
import type { LanguageFrontend, SourceFiles } from '../languages/frontend';
import type { FrameworkModel, ModelHost } from '../frameworks/model';
import type { ClassValue, Frame, FuncValue, InstanceValue, Value } from './values';
import { isTestFile } from '../files';
import { Host } from './host';
import type { CalledNames } from './registers';
import { runStatements } from './statements';

/** One evaluation step is about a microsecond. A program that needs more is not followed further. */
const STEPS_PER_ROOT = 200_000;
/** A function that registers nothing itself is followed for its result only, and not for long. */
const STEPS_PER_HELPER = 3000;
/** Programs of Python are put together by functions that themselves register nothing. */
const STEPS_PER_PYTHON_HELPER = 8000;
/** Routes of tests are hidden unless asked for, and tests call everything. */
const STEPS_PER_TEST_FILE_ROOT = 10_000;
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
  /** Namespaces of the workspace whose names are seen without an import, innermost first. */
  readonly namespaces: readonly string[];
}

/** A call that was followed: what was called, or what `name` was called on. */
export interface TracedCall {
  readonly callee: Value;
  /** Null for a call of the value itself. */
  readonly name: string | null;
  readonly place: Place;
}

/** What the evaluator is given: files, their lowered form, and the models. */
export interface Program {
  readonly files: SourceFiles;
  readonly models: readonly FrameworkModel[];
  /** Libraries imported by files of the workspace that are not evaluated now. */
  readonly packagesElsewhere: readonly string[];
  /** Kept from one evaluation to the next, as the lowered files are. */
  readonly calledNames: CalledNames;
  /** Functions whose bodies were looked into; filled as they are. */
  readonly followed: WeakSet<FunctionIr>;
  languageOf(file: string): LanguageFrontend | undefined;
  /** Lowered on demand; undefined for a file that cannot be used. */
  ir(file: string): ModuleIr | undefined;
  /** Told of every call as it is followed, for whoever asks why a line is a route or none. */
  readonly trace?: (call: TracedCall) => void;
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
  /** Functions that something outside the program starts it with. */
  readonly entries = new Set<FunctionIr>();
  /** What functions of modules answered when they were last called. */
  readonly results = new Map<FunctionIr, Value>();
  readonly createdFunctions = new Map<FunctionIr, FuncValue>();
  readonly createdClasses: ClassValue[] = [];
  readonly instances = new Map<ClassValue, InstanceValue>();
  /** Libraries that each file imports. */
  readonly packagesOf = new Map<string, Set<string>>();
  /** Which file or folder leads to which other, by imports. */
  readonly imports: (readonly [from: string, to: string])[] = [];
  /** Files whose code was not followed to its end. */
  readonly gaveUp = new Set<string>();
  /** Files that include each other at the moment, from the outermost inwards. */
  readonly including: string[] = [];
  /** Files that another one includes. */
  readonly included = new Set<string>();
  readonly host: ModelHost;
  /** Names of calls that register something, by language. */
  readonly #registrars = new Map<string, ReadonlySet<string>>();
  /** The function without callers that is being tried with unknown arguments. */
  trial: FunctionIr | null = null;
  #steps = 0;
  /** Steps at which what is going on stops, and at which its root gives up. */
  #limit = STEPS_PER_ROOT;
  #rootLimit = STEPS_PER_ROOT;
  #rootFile = '';
  readonly #registering = new Map<FunctionIr, boolean>();
  #stepsInAll = 0;
  readonly #active: FunctionIr[] = [];
  /** Classes whose fields are being made, from the outermost inwards. */
  readonly #making: ClassIr[] = [];
  /** Models whose library some file imports. */
  readonly #usedModels = new Set<FrameworkModel>();
  readonly #likely = new Map<string, readonly FrameworkModel[]>();
  readonly #modelsFor = new Map<string, readonly FrameworkModel[]>();

  constructor(readonly program: Program) {
    this.host = new Host(this);
    for (const symbol of program.packagesElsewhere) {
      for (const model of this.modelsFor(symbol)) this.#usedModels.add(model);
    }
  }

  /** Names of calls that register something in the language of a file. */
  registrars(file: string): ReadonlySet<string> {
    const language = this.program.languageOf(file)?.id ?? '';
    const known = this.#registrars.get(language);
    if (known) return known;
    const models = this.program.models.filter(({ languages }) => languages.includes(language));
    const names = new Set(models.flatMap((model) => model.registrars));
    this.#registrars.set(language, names);
    return names;
  }

  /** Counts a step; false when it is time to stop. */
  step(): boolean {
    this.#stepsInAll++;
    if (++this.#steps <= this.#limit && this.#stepsInAll <= STEPS_IN_ALL) return true;
    const isOver = this.#steps > this.#rootLimit || this.#stepsInAll > STEPS_IN_ALL;
    // A function that registers nothing itself was only tried for those that it calls.
    if (isOver && !isTestFile(this.#rootFile) && (!this.trial || this.registers(this.trial))) {
      this.gaveUp.add(this.#rootFile);
    }
    return false;
  }

  /** Runs `work` with a fresh step budget, apart from what is going on. `file` is said to be given up if it is not enough. */
  root<T>(file: string, trial: FunctionIr | null, work: () => T): T {
    const before = [this.#steps, this.#limit, this.#rootLimit, this.#rootFile, this.trial] as const;
    const active = this.#active.splice(0);
    const limit = isTestFile(file) ? STEPS_PER_TEST_FILE_ROOT : STEPS_PER_ROOT;
    [this.#steps, this.#limit, this.#rootLimit, this.#rootFile, this.trial] = [0, limit, limit, file, trial];
    try {
      return work();
    } finally {
      [this.#steps, this.#limit, this.#rootLimit, this.#rootFile, this.trial] = before;
      this.#active.splice(0, this.#active.length, ...active);
    }
  }

  /** Runs the body of a function unless it is too deep. */
  enter(fn: FunctionIr, frame: Frame): void {
    if (this.#active.length >= DEPTH_LIMIT) return;
    if (this.#active.filter((one) => one === fn).length >= RECURSION_LIMIT) return;
    this.#active.push(fn);
    this.program.followed.add(fn);
    const before = { steps: this.#steps, limit: this.#limit };
    const caller = this.#active.at(-2);
    // What an entry calls puts the program together, however little of it registers anything itself.
    const isStart = caller !== undefined && (caller.isEntry === true || this.entries.has(caller));
    const isHelper = !fn.isEntry && !isStart && !this.entries.has(fn) && !this.registers(fn);
    const allowed = fn.file.endsWith('.py') ? STEPS_PER_PYTHON_HELPER : STEPS_PER_HELPER;
    this.#limit = isHelper ? Math.min(this.#limit, this.#steps + allowed) : this.#rootLimit;
    try {
      runStatements(this, fn.body, frame);
    } finally {
      this.#active.pop();
      // What a registering function needed is not taken from a helper that called it.
      this.#limit = isHelper ? before.limit : Math.min(this.#rootLimit, before.limit + this.#steps - before.steps);
    }
  }

  /** Makes the fields of an object unless it is too deep: a field may hold an object of its own class. */
  make(cls: ClassIr, work: () => void): void {
    if (this.#making.length >= DEPTH_LIMIT || this.#making.includes(cls)) return;
    this.#making.push(cls);
    try {
      work();
    } finally {
      this.#making.pop();
    }
  }

  /** True for a function that makes a call which may register something. */
  registers(fn: FunctionIr): boolean {
    let known = this.#registering.get(fn);
    if (known === undefined) {
      known = this.program.calledNames.functionRegisters(fn, this.registrars(fn.file));
      this.#registering.set(fn, known);
    }
    return known;
  }

  /** The same of a class and its methods. */
  classRegisters(cls: ClassIr): boolean {
    return this.program.calledNames.classRegisters(cls, this.registrars(cls.file));
  }

  modelsFor(symbol: string): readonly FrameworkModel[] {
    let models = this.#modelsFor.get(symbol);
    if (!models) {
      models = this.program.models.filter(({ packages }) => packages.some((name) => isWithin(symbol, name)));
      this.#modelsFor.set(symbol, models);
    }
    return models;
  }

  /** The models whose library is imported: by the file itself first, then by any file. */
  likelyModels(file: string): readonly FrameworkModel[] {
    const known = this.#likely.get(file);
    if (known) return known;
    const own = [...(this.packagesOf.get(file) ?? [])].flatMap((symbol) => this.modelsFor(symbol));
    const near = this.program.models.filter((model) => own.includes(model));
    const others = this.program.models.filter((model) => !near.includes(model) && this.#usedModels.has(model));
    const likely = [...near, ...others];
    this.#likely.set(file, likely);
    return likely;
  }

  /** Remembers that a file imports a library. */
  notePackage(file: string, symbol: string): void {
    const known = this.packagesOf.get(file) ?? new Set();
    if (known.has(symbol)) return;
    this.packagesOf.set(file, known.add(symbol));
    const models = this.modelsFor(symbol);
    if (models.length === 0) return;
    this.#likely.delete(file);
    const before = this.#usedModels.size;
    for (const model of models) this.#usedModels.add(model);
    if (this.#usedModels.size > before) this.#likely.clear();
  }

  /** True for a file whose imports run where they stand. */
  runsImports(file: string): boolean {
    return this.program.models.some(({ importingFiles }) => importingFiles?.test(file));
  }

  addRoute(router: RouterNode, route: Omit<RouteFact, 'trial'>): void {
    router.routes.push({ ...route, trial: this.trial });
  }

  addMount(router: RouterNode, mount: Omit<MountFact, 'trial'>): void {
    router.mounts.push({ ...mount, trial: this.trial });
  }
}

/** True when a dotted symbol or subpath belongs to a package. */
function isWithin(symbol: string, packageName: string): boolean {
  if (!symbol.startsWith(packageName)) return false;
  const next = symbol[packageName.length];
  return next === undefined || next === '.' || next === '/';
}
