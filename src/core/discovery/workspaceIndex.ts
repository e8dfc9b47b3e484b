import type { DiscoveryProblem, DiscoveryResult } from '../model/endpoint';
import type { TracedCall } from './evaluate/machine';
import { CalledNames } from './evaluate/registers';
import { Evaluation } from './evaluation';
import { explainLine, type Explanation } from './explain';
import { isPacked } from './files';
import { FRAMEWORKS } from './frameworks/registry';
import type { ModuleIr } from './ir';
import type { LanguageFrontend } from './languages/frontend';
import { languageOf } from './languages/registry';
import type { SourceParser } from './parse';
import { decodeSource, type SourceChange } from './sources';
import type { SyntaxTree } from './syntax';
import { WorkspaceFiles } from './workspaceFiles';

interface IndexedFile {
  readonly text: string;
  /** Worth parsing even if nothing imports it. */
  readonly isCandidate: boolean;
  /** Undefined until parsed; null when it could not be. */
  ir: ModuleIr | null | undefined;
}

/**
 * The routes of one workspace folder, kept up to date file by file. Only edited files are parsed again, and only what is
 * connected to them by imports is followed again; a new or deleted file makes the whole be followed, because it may change
 * what any import means. Never throws, whatever the bytes.
 */
export class WorkspaceIndex {
  readonly #parser: SourceParser;
  readonly #files = new Map<string, IndexedFile>();
  readonly #problems = new Map<string, DiscoveryProblem>();
  readonly #prefilters = new Map<string, RegExp>();
  readonly #routeFiles: readonly RegExp[] = FRAMEWORKS.flatMap(({ routeFiles }) => routeFiles ?? []);
  readonly #configFiles: readonly RegExp[] = FRAMEWORKS.flatMap(({ configFiles }) => configFiles ?? []);
  readonly #calledNames = new CalledNames();
  #evaluation: Evaluation | null = null;
  #result: DiscoveryResult = { endpoints: [], problems: [], stats: { files: 0, parsed: 0, durationMs: 0 } };

  /** `parser` may serve other indexes too. */
  constructor(parser: SourceParser) {
    this.#parser = parser;
    for (const language of new Set(FRAMEWORKS.flatMap((model) => model.languages))) {
      const sources = FRAMEWORKS.filter((model) => model.languages.includes(language)).map(
        (one) => one.prefilter.source,
      );
      this.#prefilters.set(language, new RegExp([...new Set(sources)].join('|')));
    }
  }

  /** Applies changes (`text: null` removes a file) and answers with the whole new result. */
  async update(changes: readonly SourceChange[]): Promise<DiscoveryResult> {
    const startedMs = performance.now();
    const before = new Map(changes.map(({ file }) => [file, this.#files.get(file)]));
    const isEdit = changes.map((change) => this.#apply(change)).every((edited) => edited);
    await this.#parser.load(grammarsOf(changes));
    const edited = changes.map(({ file }) => file);
    const isMoved = isEdit && edited.every((file) => this.#move(file, before.get(file)));
    const evaluation =
      this.#evaluation && (isMoved || (isEdit && this.#evaluation.edit(edited))) ? this.#evaluation : this.#evaluate();
    this.#evaluation = evaluation;
    let files = 0;
    let parsed = 0;
    for (const [file, { ir }] of this.#files) {
      if (ir) parsed++;
      if (languageOf(file)) files++;
    }
    this.#result = {
      endpoints: evaluation.endpoints(),
      problems: this.#allProblems(evaluation),
      stats: { files, parsed, durationMs: Math.round((performance.now() - startedMs) * 10) / 10 },
    };
    return this.#result;
  }

  /** The result of the last update. */
  result(): DiscoveryResult {
    return this.#result;
  }

  /** Why `line` (1-based) of a file of the last update is a route or none; follows everything once more to see. */
  explain(file: string, line: number): Explanation {
    const calls: TracedCall[] = [];
    const evaluation = this.#evaluate((call) => {
      if (call.place.file === file && call.place.line === line) calls.push(call);
    });
    const known = this.#files.get(file);
    const language = languageOf(file)?.id;
    return explainLine({
      file,
      line,
      text: known?.text.split('\n')[line - 1] ?? '',
      endpoints: evaluation.endpoints(),
      problems: this.#allProblems(evaluation),
      language,
      isCandidate: known?.isCandidate ?? false,
      isFollowed: evaluation.includes(file),
      frameworks: FRAMEWORKS.filter((model) => language !== undefined && model.languages.includes(language)).map(
        ({ id }) => id,
      ),
      calls,
    });
  }

  #evaluate(trace?: (call: TracedCall) => void): Evaluation {
    return new Evaluation({
      files: new WorkspaceFiles(this.#files, FRAMEWORKS),
      models: FRAMEWORKS,
      calledNames: this.#calledNames,
      languageOf,
      ir: (file) => this.#lower(file),
      isCandidate: (file) => this.#files.get(file)?.isCandidate ?? false,
      ...(trace ? { trace } : {}),
    });
  }

  /** True for an edit of a source file that stays what it is: imports of other files mean what they meant. */
  #apply(change: SourceChange): boolean {
    const { file } = change;
    const before = this.#files.get(file);
    this.#problems.delete(file);
    const decoded = change.text === null ? null : decodeSource(change);
    if (!decoded || 'problem' in decoded) {
      this.#files.delete(file);
      if (decoded) this.#problems.set(file, decoded.problem);
      return false;
    }
    const language = languageOf(file);
    const isNamed = this.#routeFiles.some((pattern) => pattern.test(file));
    const isRead = language !== undefined && !(/\.[cm]?[jt]sx?$/.test(file) && isPacked(decoded.text));
    const isCandidate = isRead && (isNamed || (this.#prefilters.get(language.id)?.test(decoded.text) ?? false));
    // Setting a known key keeps its place, so that files are followed in the same order as in a new index.
    this.#files.set(file, { text: decoded.text, isCandidate, ir: isRead ? undefined : null });
    const decides = this.#configFiles.some((pattern) => pattern.test(file));
    if (decides || language === undefined || before?.isCandidate !== isCandidate) return false;
    return (
      !language.declares || isSameList(language.declares(before.text, file), language.declares(decoded.text, file))
    );
  }

  /** True when an edit only moved lines, of which the evaluation is then told: most of what is typed is in handlers. */
  #move(file: string, before: IndexedFile | undefined): boolean {
    const language = languageOf(file);
    if (!before?.ir || !this.#evaluation?.includes(file)) return false;
    // Models read the text of files that are routes by their place.
    if (!language || this.#routeFiles.some((pattern) => pattern.test(file))) return false;
    const after = this.#lower(file);
    return after !== undefined && this.#evaluation.move(file, before as { text: string; ir: ModuleIr }, after);
  }

  #lower(file: string): ModuleIr | undefined {
    const known = this.#files.get(file);
    const language = languageOf(file);
    if (!known || !language) return undefined;
    if (known.ir === undefined) {
      const tree = this.#parse(language, file, known.text);
      known.ir = tree && language.lower(tree, file);
      if (!tree) this.#report(file, 'gave-up', `${file} takes too long to parse; its routes are missing.`);
      else if (tree.errorLine !== null) {
        const sentence = `${file} has a syntax error near line ${tree.errorLine}; routes around it may be missing.`;
        this.#report(file, 'syntax', sentence);
      }
    }
    return known.ir ?? undefined;
  }

  /** Parses a file; where the grammar finds an error, also without what it may not know of the language. */
  #parse(language: LanguageFrontend, file: string, text: string): SyntaxTree | null {
    const grammar = language.grammar(file);
    let best = this.#parser.parse(grammar, text);
    let current = text;
    for (let tries = 0; best && best.errorLine !== null && tries < GAP_ROUNDS; tries++) {
      const { errorLine } = best;
      const better = (language.closeGaps?.(current, errorLine) ?? []).find((one) => {
        const tree = this.#parser.parse(grammar, one, text);
        if (!tree || (tree.errorLine !== null && tree.errorLine <= errorLine)) return false;
        best = tree;
        return true;
      });
      if (better === undefined) break;
      current = better;
    }
    return best;
  }

  #report(file: string, code: DiscoveryProblem['code'], message: string): void {
    this.#problems.set(file, { file, code, message });
  }

  #allProblems(evaluation: Evaluation): DiscoveryProblem[] {
    const left = [...evaluation.gaveUp()].map((file): DiscoveryProblem => {
      const message = `${file} was not followed to its end, because it does too much; some of its routes may be missing.`;
      return { file, code: 'gave-up', message };
    });
    // What was wrong with a file that nothing leads to any more is of no interest, nor is the syntax of one without any
    // hint of a framework: grammars lag behind their languages.
    const found = [...this.#problems.values()].filter(({ file, code }) => {
      const known = this.#files.get(file);
      return !known || (evaluation.includes(file) && (code !== 'syntax' || known.isCandidate));
    });
    return [...found, ...left].sort((a, b) => (a.file < b.file ? -1 : 1));
  }
}

/** How often a file with an error is parsed again with what helped before. */
const GAP_ROUNDS = 4;

/** The grammars that the files may need. */
function grammarsOf(changes: readonly SourceChange[]): Set<string> {
  return new Set(changes.flatMap(({ file }) => languageOf(file)?.grammar(file) ?? []));
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, at) => item === other[at]);
}
