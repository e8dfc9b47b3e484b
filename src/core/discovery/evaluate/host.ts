import type { Expr, FunctionIr } from '../ir';
import { EMPTY_PATH, type HandlerRef, type RouterNode } from '../graph';
import type { FrameworkModel, ModelHost, NewMount, NewRoute, RouterOptions } from '../frameworks/model';
import type { SourceFiles } from '../languages/frontend';
import { callMethod, callValue } from './calls';
import { includeFile } from './include';
import { evaluate } from './expressions';
import type { Machine } from './machine';
import { findInClass, getMember, libraryBases } from './members';
import { declaredValue, loadModule, moduleMember, moduleValue, requiredValue, resolveImport } from './modules';
import { nameOf, settle, type CallSite, type ClassValue, type FuncValue, type ObjectValue, type Value } from './values';

/** The evaluator as the framework models see it. */
export class Host implements ModelHost {
  readonly #machine: Machine;
  readonly #states = new Map<string, unknown>();

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  get files(): SourceFiles {
    return this.#machine.program.files;
  }

  load(file: string, fromFile: string): Value | undefined {
    this.#machine.imports.push([fromFile, file]);
    const isUsable = file.endsWith('.json') || loadModule(this.#machine, file) !== null;
    return isUsable ? requiredValue(this.#machine, { t: 'module', file }) : undefined;
  }

  exported(file: string, name: string): Value | undefined {
    return moduleMember(this.#machine, { t: 'module', file }, name);
  }

  router(model: FrameworkModel, type: string, options: RouterOptions): ObjectValue {
    const router: RouterNode = {
      framework: model.id,
      kind: options.kind,
      prefix: options.prefix ?? EMPTY_PATH,
      version: options.version ?? null,
      place: options.site?.place ?? { file: '', line: 0 },
      routes: [],
      mounts: [],
      isHandedIn: options.isHandedIn ?? false,
      trial: this.#machine.trial,
    };
    this.#machine.routers.push(router);
    return { t: 'object', model: model.id, type, router, attrs: new Map() };
  }

  object(model: FrameworkModel, type: string, attrs: Iterable<readonly [string, Value]> = []): ObjectValue {
    return { t: 'object', model: model.id, type, router: null, attrs: new Map(attrs) };
  }

  addRoute(router: RouterNode, route: NewRoute): void {
    this.#machine.addRoute(router, { query: [], notes: [], ...route });
  }

  addMount(router: RouterNode, mount: NewMount): void {
    this.#machine.addMount(router, { replacesOwn: false, ...mount });
  }

  bodyOf(fn: FunctionIr): FunctionIr['body'] {
    this.#machine.program.followed.add(fn);
    return fn.body;
  }

  argument(site: CallSite, position: number | null, name: string | null): Value | undefined {
    const named = name === null ? undefined : site.args.find((arg) => arg.name === name);
    if (named) return settle(named.value);
    const positional = site.args.filter((arg) => arg.name === undefined);
    const value = position === null ? undefined : positional[position]?.value;
    return value && settle(value);
  }

  call(callee: Value, args: readonly Value[], site: CallSite): Value {
    return callValue(this.#machine, callee, { ...site, args: args.map((value) => ({ value })) });
  }

  callOn(callee: Value, self: Value, args: readonly Value[], site: CallSite): Value {
    const func = this.functionOf(callee);
    return func ? this.call({ ...func, self }, args, site) : this.call(callee, args, site);
  }

  callWith(callee: Value, site: CallSite): Value {
    return callValue(this.#machine, callee, site);
  }

  callMethod(object: Value, name: string, site: CallSite): Value {
    return callMethod(this.#machine, object, name, site);
  }

  member(object: Value, name: string): Value {
    return getMember(this.#machine, object, name);
  }

  lookup(cls: ClassValue, name: string): Value | undefined {
    return findInClass(this.#machine, cls, name);
  }

  namesOfModule(file: string, which?: 'own'): readonly string[] {
    const names = [...(loadModule(this.#machine, file)?.frame.vars ?? [])];
    return names.filter(([, value]) => which === undefined || value.t !== 'lazy').map(([name]) => name);
  }

  namesOf(cls: ClassValue): readonly string[] {
    const names = new Set(cls.attrs.keys());
    for (const base of cls.bases) if (base.t === 'class') for (const name of this.namesOf(base)) names.add(name);
    return [...names];
  }

  methodsOf(cls: ClassValue): readonly FuncValue[] {
    return cls.cls.body.flatMap((statement): FuncValue[] => {
      const made = statement.k === 'function' ? this.#machine.createdFunctions.get(statement.fn) : undefined;
      return made ? [made] : [];
    });
  }

  extends(cls: ClassValue, isBase: (symbol: string) => boolean): boolean {
    return libraryBases(cls).some(isBase);
  }

  functionOf(raw: Value): FuncValue | undefined {
    const value = settle(raw);
    if (value.t === 'func') return value;
    if (value.t === 'unknown') return value.wraps && this.functionOf(value.wraps);
    if (value.t === 'union') return value.options.map((option) => this.functionOf(option)).find(Boolean);
    if (value.t === 'instance') {
      const own = findInClass(this.#machine, value.cls, '__call__');
      return own?.t === 'func' ? own : undefined;
    }
    return undefined;
  }

  handler(raw: Value, site: CallSite): HandlerRef {
    const func = this.functionOf(raw);
    if (func) {
      const { name, file, line, endLine } = func.fn;
      const { madeBy } = func.fn;
      if (name === '' && madeBy) return { ...madeBy, file };
      const own = name === '' ? 'anonymous' : name;
      return { name: func.owner ? `${func.owner.cls.name}.${own}` : own, file, line, endLine };
    }
    const value = settle(raw);
    if (value.t === 'class') return this.handlerOfClass(value);
    if (value.t === 'instance') return this.handlerOfClass(value.cls);
    const { file, line } = site.place;
    return { name: nameOf(value), file, line, endLine: line };
  }

  handlerOfClass(cls: ClassValue): HandlerRef {
    const { name, file, line, endLine } = cls.cls;
    return { name, file, line, endLine };
  }

  objectOf(raw: Value): ObjectValue | undefined {
    const value = settle(raw);
    if (value.t === 'object') return value;
    if (value.t === 'instance') return value.native ? this.objectOf(value.native) : undefined;
    if (value.t === 'unknown') return value.object ?? (value.wraps && this.objectOf(value.wraps));
    if (value.t === 'union') return value.options.map((option) => this.objectOf(option)).find(Boolean);
    return undefined;
  }

  declared(language: string, name: string, fromFile: string): Value | undefined {
    return declaredValue(this.#machine, language, name, fromFile);
  }

  state<T>(key: string, make: () => T): T {
    if (!this.#states.has(key)) this.#states.set(key, make());
    return this.#states.get(key) as T;
  }

  include(file: string, self: Value | null, site: CallSite): Value {
    return includeFile(this.#machine, file, self, site.place, null);
  }

  get including(): readonly string[] {
    return this.#machine.including;
  }

  wasIncluded(file: string): boolean {
    return this.#machine.included.has(file);
  }

  module(source: string, fromFile: string): Value | undefined {
    const target = resolveImport(this.#machine, source, fromFile);
    return target.kind === 'library' ? undefined : moduleValue(target);
  }

  variable(file: string, name: string, fromFile: string): Value | undefined {
    if (file !== fromFile) this.#machine.imports.push([fromFile, file]);
    return moduleMember(this.#machine, { t: 'module', file }, name);
  }

  connect(file: string, other: string): void {
    this.#machine.imports.push([file, other]);
  }

  text(file: string): string | undefined {
    return this.#machine.program.files.text(file);
  }

  filesNamed(pattern: RegExp, text?: RegExp): readonly string[] {
    const { files } = this.#machine.program;
    const named = [...files.names()].filter((file) => pattern.test(file));
    return text ? named.filter((file) => text.test(files.text(file) ?? '')) : named;
  }

  evaluateIn(scope: FuncValue | ClassValue, expression: Expr): Value {
    return settle(evaluate(this.#machine, expression, scope.frame));
  }
}
