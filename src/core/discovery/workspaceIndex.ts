import type { DiscoveryProblem, DiscoveryResult } from '../model/endpoint';
import { Machine } from './evaluate/machine';
import { loadModule } from './evaluate/modules';
import { tryUncalled, uncalledNames } from './evaluate/uncalled';
import { flattenRoutes } from './flatten';
import { FRAMEWORKS } from './frameworks/registry';
import type { ModuleIr } from './ir';
import { languageOf } from './languages/registry';
import { SourceParser } from './parse';
import { decodeSource, type SourceChange } from './sources';
import type { WasmLoader } from './wasmLoader';
import { WorkspaceFiles } from './workspaceFiles';

export type { WasmLoader } from './wasmLoader';

/** A caller may itself only be called from a further file. */
const CALLER_ROUNDS = 3;
const CALLEE_LIMIT = 200;

interface IndexedFile {
  readonly text: string;
  /** Worth parsing even if nothing imports it. */
  readonly isCandidate: boolean;
  /** Undefined until parsed; null when it could not be. */
  ir: ModuleIr | null | undefined;
  /** Whether the text names one of some functions; kept, because the question is asked after every edit. */
  mentions?: { readonly pattern: string; readonly hit: boolean };
}

/**
 * The routes of one workspace folder, kept up to date file by file. Only edited files are parsed again; the program is then
 * followed afresh, because one edit may change the prefix of a route in any other file. Never throws, whatever the bytes.
 */
export class WorkspaceIndex {
  readonly #wasm: WasmLoader;
  readonly #files = new Map<string, IndexedFile>();
  readonly #problems = new Map<string, DiscoveryProblem>();
  readonly #prefilters = new Map<string, RegExp>();
  #parser: Promise<SourceParser> | null = null;
  #result: DiscoveryResult = { endpoints: [], problems: [], stats: { files: 0, parsed: 0, durationMs: 0 } };

  constructor(wasm: WasmLoader) {
    this.#wasm = wasm;
    for (const language of new Set(FRAMEWORKS.flatMap((model) => model.languages))) {
      const sources = FRAMEWORKS.filter((model) => model.languages.includes(language)).map(
        (one) => one.prefilter.source,
      );
      this.#prefilters.set(language, new RegExp(sources.join('|')));
    }
  }

  /** Applies changes (`text: null` removes a file) and answers with the whole new result. */
  async update(changes: readonly SourceChange[]): Promise<DiscoveryResult> {
    const startedMs = performance.now();
    for (const change of changes) this.#apply(change);
    const parser = await this.#ready();
    const files = new WorkspaceFiles(this.#files, FRAMEWORKS);
    const machine = new Machine({ files, models: FRAMEWORKS, languageOf, ir: (file) => this.#lower(file, parser) });
    for (const [file, { isCandidate }] of this.#files) if (isCandidate) loadModule(machine, file);
    for (let round = 0; round < CALLER_ROUNDS && this.#loadCallers(machine); round++);
    for (const model of FRAMEWORKS) model.finish?.(machine.host);
    tryUncalled(machine);
    const endpoints = flattenRoutes(machine.routers, FRAMEWORKS, (fn) => machine.called.has(fn));
    this.#result = {
      endpoints,
      problems: this.#allProblems(machine),
      stats: {
        files: [...this.#files.keys()].filter((file) => languageOf(file) !== undefined).length,
        parsed: [...this.#files.values()].filter(({ ir }) => ir).length,
        durationMs: Math.round((performance.now() - startedMs) * 10) / 10,
      },
    };
    return this.#result;
  }

  /** The result of the last update. */
  result(): DiscoveryResult {
    return this.#result;
  }

  /** Follows the files that name a registering function which nothing has called yet; true when there were any. */
  #loadCallers(machine: Machine): boolean {
    const names = uncalledNames(machine).slice(0, CALLEE_LIMIT);
    if (names.length === 0) return false;
    const pattern = `\\b(?:${names.join('|')})\\b`;
    const expression = new RegExp(pattern);
    let found = false;
    for (const [file, known] of this.#files) {
      if (machine.modules.has(file) || !languageOf(file)) continue;
      if (known.mentions?.pattern !== pattern) known.mentions = { pattern, hit: expression.test(known.text) };
      if (!known.mentions.hit) continue;
      found = true;
      loadModule(machine, file);
    }
    return found;
  }

  #apply(change: SourceChange): void {
    const { file } = change;
    this.#files.delete(file);
    this.#problems.delete(file);
    if (change.text === null) return;
    const decoded = decodeSource(change);
    if ('problem' in decoded) {
      this.#problems.set(file, decoded.problem);
      return;
    }
    const language = languageOf(file);
    const isCandidate = language !== undefined && (this.#prefilters.get(language.id)?.test(decoded.text) ?? false);
    this.#files.set(file, { text: decoded.text, isCandidate, ir: undefined });
  }

  /** The parser with every grammar that the known files may need. */
  async #ready(): Promise<SourceParser> {
    this.#parser ??= SourceParser.create(this.#wasm);
    const parser = await this.#parser;
    const grammars = new Set<string>();
    for (const file of this.#files.keys()) {
      const language = languageOf(file);
      if (language) grammars.add(language.grammar(file));
    }
    for (const grammar of grammars) await parser.load(grammar);
    return parser;
  }

  #lower(file: string, parser: SourceParser): ModuleIr | undefined {
    const known = this.#files.get(file);
    const language = languageOf(file);
    if (!known || !language) return undefined;
    if (known.ir === undefined) {
      const tree = parser.parse(language.grammar(file), known.text);
      known.ir = tree && language.lower(tree, file);
      if (!tree) this.#report(file, 'gave-up', `${file} takes too long to parse; its routes are missing.`);
      else if (tree.errorLine !== null) {
        const sentence = `${file} has a syntax error near line ${tree.errorLine}; routes around it may be missing.`;
        this.#report(file, 'syntax', sentence);
      }
    }
    return known.ir ?? undefined;
  }

  #report(file: string, code: DiscoveryProblem['code'], message: string): void {
    this.#problems.set(file, { file, code, message });
  }

  /** Problems of parsing count only while the program still reaches the file: what nothing imports any more is no matter. */
  #allProblems(machine: Machine): DiscoveryProblem[] {
    const told = [...this.#problems.values()].filter(({ file }) => !this.#files.has(file) || machine.modules.has(file));
    const left = [...machine.gaveUp].map((file): DiscoveryProblem => {
      const message = `${file} was not followed to its end, because it does too much; some of its routes may be missing.`;
      return { file, code: 'gave-up', message };
    });
    return [...told, ...left].sort((a, b) => (a.file < b.file ? -1 : 1));
  }
}
