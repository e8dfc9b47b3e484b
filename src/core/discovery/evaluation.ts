import type { Endpoint } from '../model/endpoint';
import { Machine, type Program } from './evaluate/machine';
import { loadModule } from './evaluate/modules';
import { tryUncalled, uncalledNames } from './evaluate/uncalled';
import { isTestFile } from './files';
import { flattenRoutes, orderEndpoints } from './flatten';
import type { FunctionIr, ModuleIr } from './ir';
import { movedLines, type MovedLines } from './movedLines';

import type { WorkspaceFiles } from './workspaceFiles';

/** A caller may itself only be called from a further file. */
const CALLER_ROUNDS = 3;
const CALLEE_LIMIT = 200;

/** Files that import each other, however indirectly: what one of them says can matter to the others and to nothing else. */
interface Part {
  readonly files: ReadonlySet<string>;
  readonly endpoints: readonly Endpoint[];
  readonly gaveUp: readonly string[];
  readonly packages: ReadonlySet<string>;
  /** Functions that register something and for which callers are looked for in every file. */
  readonly waiting: ReadonlySet<string>;
}

/** Name of a function that registers something and that nothing has called yet, to the files that define one. */
type Waiting = ReadonlyMap<string, readonly string[]>;

/** What the evaluator needs to know of the workspace. */
export interface EvaluationInput extends Omit<Program, 'packagesElsewhere' | 'files' | 'followed'> {
  readonly files: WorkspaceFiles;
  /** Passed the text prefilter: worth following even if nothing imports it. */
  isCandidate(file: string): boolean;
}

/** The routes of a workspace, followed whole once and then part by part as files are edited. */
export class Evaluation {
  readonly #input: EvaluationInput;
  #parts: Part[] = [];
  readonly #partOf = new Map<string, Part>();
  readonly #followed = new WeakSet<FunctionIr>();
  /** Endpoints of files that no code is followed in: routes of a table whose handlers are a library's. */
  #elsewhere: readonly Endpoint[] = [];
  #endpoints: readonly Endpoint[] | null = null;

  /** Follows everything. */
  constructor(input: EvaluationInput) {
    this.#input = input;
    const machine = new Machine({ ...input, packagesElsewhere: [], followed: this.#followed });
    for (const file of input.files.names()) if (input.isCandidate(file)) loadModule(machine, file);
    const waiting = this.#loadCallers(machine, [...input.files.names()]);
    this.#finish(machine);
    this.#take(machine, connectedFiles(machine), waiting);
  }

  /** Follows the parts of edited files afresh. False when the edit may matter beyond them: evaluate the whole again then. */
  edit(files: readonly string[]): boolean {
    // A table belongs to no part, and any part may decide about its routes.
    if (this.#elsewhere.length > 0) return false;
    const parts = [...new Set(files.flatMap((file) => this.#partOf.get(file) ?? []))];
    const outside = files.filter((file) => !this.#partOf.has(file));
    if (outside.some((file) => this.#input.isCandidate(file) || this.#mayCall(file, this.#parts))) return false;
    if (parts.length === 0) return true;
    const others = this.#parts.filter((part) => !parts.includes(part));
    const packagesElsewhere = [...new Set(others.flatMap(({ packages }) => [...packages]))];
    const machine = new Machine({ ...this.#input, packagesElsewhere, followed: this.#followed });
    const members = new Set(parts.flatMap((part) => [...part.files]));
    const own = [...this.#input.files.names()].filter((file) => members.has(file));
    for (const file of own) if (this.#input.isCandidate(file)) loadModule(machine, file);
    const waiting = this.#loadCallers(machine, own);
    this.#finish(machine);
    const isApart = [...machine.modules.keys()].every((file) => members.has(file) || !this.#partOf.has(file));
    const samePackages = isSame(packagesOf(machine, members), new Set(parts.flatMap(({ packages }) => [...packages])));
    const known = new Set(parts.flatMap((part) => [...part.waiting]));
    if (!isApart || !samePackages || [...waiting.keys()].some((name) => !known.has(name))) return false;
    if (files.some((file) => !machine.modules.has(file) && this.#mayCall(file, others))) return false;
    this.#parts = others;
    for (const file of members) this.#partOf.delete(file);
    this.#take(machine, [new Set(machine.modules.keys())], waiting);
    return true;
  }

  /**
   * Takes an edit of a followed file that changes nothing but lines; false when it may change more. `before` is the text and
   * the lowered form that the last evaluation saw.
   */
  move(file: string, before: { readonly text: string; readonly ir: ModuleIr }, after: ModuleIr): boolean {
    const pattern = namesPattern(this.#parts.flatMap(({ waiting }) => [...waiting]));
    const named = (text: string): Set<string> => new Set(pattern ? text.match(pattern) : []);
    // A file may have been followed only because it names a function that waits for its caller.
    if (!isSame(named(before.text), named(this.#input.files.text(file) ?? ''))) return false;
    const { calledNames } = this.#input;
    const lines = movedLines(before.ir, after, { followed: this.#followed, calledNames });
    const parts = lines && this.#parts.map((part) => moveEndpoints(part, file, lines));
    if (!parts?.every((part) => part !== null)) return false;
    this.#parts = parts;
    for (const part of parts) for (const one of part.files) this.#partOf.set(one, part);
    this.#endpoints = null;
    return true;
  }

  /** True for a file whose code was followed. */
  includes(file: string): boolean {
    return this.#partOf.has(file);
  }

  /** All endpoints in order, with ids. */
  endpoints(): readonly Endpoint[] {
    this.#endpoints ??= orderEndpoints([...this.#parts.flatMap((part) => part.endpoints), ...this.#elsewhere]);
    return this.#endpoints;
  }

  /** Files whose code was not followed to its end. */
  gaveUp(): ReadonlySet<string> {
    return new Set(this.#parts.flatMap((part) => part.gaveUp));
  }

  /** What is left when every module has been followed. It may reach further modules, so it comes before parts are told apart. */
  #finish(machine: Machine): void {
    for (const model of this.#input.models) model.finish?.(machine.host, [...machine.modules.keys()]);
    tryUncalled(machine);
    for (const model of this.#input.models) model.conclude?.(machine.host, [...machine.modules.keys()]);
  }

  /** Keeps the outcome of a finished evaluation by part. */
  #take(machine: Machine, groups: readonly ReadonlySet<string>[], waiting: Waiting): void {
    const { models } = this.#input;
    const byFile = new Map<string, Endpoint[]>();
    for (const endpoint of flattenRoutes(machine.routers, models, (fn) => machine.called.has(fn))) {
      const list = byFile.get(endpoint.file) ?? [];
      list.push(endpoint);
      byFile.set(endpoint.file, list);
    }
    for (const files of groups) {
      const part: Part = {
        files,
        endpoints: [...files].flatMap((file) => byFile.get(file) ?? []),
        gaveUp: [...machine.gaveUp].filter((file) => files.has(file)),
        packages: packagesOf(machine, files),
        waiting: new Set([...waiting].filter(([, from]) => from.some((file) => files.has(file))).map(([name]) => name)),
      };
      this.#parts.push(part);
      for (const file of files) this.#partOf.set(file, part);
    }
    this.#elsewhere = [...byFile].flatMap(([file, endpoints]) => (this.#partOf.has(file) ? [] : endpoints));
    this.#endpoints = null;
  }

  /**
   * Follows those of the files that name a registering function which nothing has called yet, and then those that call
   * them. What was followed because of a name belongs together with whoever defines it, as if it had imported it.
   */
  #loadCallers(machine: Machine, files: readonly string[]): Waiting {
    const waiting = new Map<string, string[]>();
    let found = true;
    for (let round = 0; round < CALLER_ROUNDS && found; round++) {
      for (const { name, file } of uncalledNames(machine)) {
        if (isTestFile(file)) continue;
        const from = waiting.get(name) ?? [];
        if (!from.includes(file)) waiting.set(name, [...from, file]);
      }
      const pattern = namesPattern([...waiting.keys()]);
      found = false;
      for (const file of pattern ? files : []) {
        // Tests call everything, and how a program is put together is not for them to say.
        if (machine.modules.has(file) || isTestFile(file) || !this.#input.languageOf(file)) continue;
        const names = new Set(pattern && (this.#input.files.text(file) ?? '').match(pattern));
        if (names.size === 0) continue;
        found = true;
        for (const name of names) for (const from of waiting.get(name) ?? []) machine.imports.push([file, from]);
        loadModule(machine, file);
      }
    }
    return waiting;
  }

  /** True when a file that was not followed names a function of the parts that waits for a caller. */
  #mayCall(file: string, parts: readonly Part[]): boolean {
    const pattern = namesPattern(parts.flatMap((part) => [...part.waiting]));
    return pattern !== null && (this.#input.files.text(file) ?? '').search(pattern) >= 0;
  }
}

/** The part with the lines of a file moved; null when it names a line that is not known. */
function moveEndpoints(part: Part, file: string, lines: MovedLines): Part | null {
  const unknown = new Set<number>();
  const move = (line: number): number => {
    const to = lines.get(line);
    if (to === undefined) unknown.add(line);
    return to ?? line;
  };
  const endpoints = part.endpoints.map((endpoint): Endpoint => {
    const prefixes = endpoint.prefixes.some((step) => step.file === file)
      ? endpoint.prefixes.map((step) => (step.file === file ? { ...step, line: move(step.line) } : step))
      : endpoint.prefixes;
    if (endpoint.file !== file) return prefixes === endpoint.prefixes ? endpoint : { ...endpoint, prefixes };
    const { line, registrationLine, endLine } = endpoint;
    const [from, registered, to] = [move(line), move(registrationLine), move(endLine)];
    return { ...endpoint, prefixes, line: from, registrationLine: registered, endLine: to };
  });
  return unknown.size > 0 ? null : { ...part, endpoints };
}

function namesPattern(names: readonly string[]): RegExp | null {
  const some = [...new Set(names)].slice(0, CALLEE_LIMIT);
  return some.length === 0 ? null : new RegExp(`\\b(?:${some.join('|')})\\b`, 'g');
}

function packagesOf(machine: Machine, files: ReadonlySet<string>): Set<string> {
  return new Set([...files].flatMap((file) => [...(machine.packagesOf.get(file) ?? [])]));
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}

/** The followed files in groups that no import connects. */
function connectedFiles(machine: Machine): ReadonlySet<string>[] {
  const parent = new Map<string, string>();
  const top = (name: string): string => {
    let at = name;
    for (let above = parent.get(at); above !== undefined && above !== at; above = parent.get(at)) at = above;
    if (at !== name) parent.set(name, at);
    return at;
  };
  for (const [from, to] of machine.imports) {
    const [a, b] = [top(from), top(to)];
    if (a !== b) parent.set(a, b);
  }
  const groups = new Map<string, Set<string>>();
  for (const file of machine.modules.keys()) {
    const name = top(file);
    const group = groups.get(name) ?? new Set();
    groups.set(name, group.add(file));
  }
  return [...groups.values()];
}
