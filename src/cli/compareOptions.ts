import { defaultProfile } from '../core/plan/defaultProfile';
import { parseBenchOptions, type BenchOptions } from './benchOptions';
import { takeFlags } from './takeFlags';
import { parseDuration, usageError } from './values';

/** What `compare` is asked to hold against each other. */
export type CompareOptions = CompareOutput &
  (
    | { readonly kind: 'files'; readonly before: string; readonly after: string }
    | {
        readonly kind: 'urls';
        readonly a: string;
        readonly b: string;
        readonly bench: BenchOptions;
        readonly session: SessionFlags;
      }
    | {
        readonly kind: 'commit';
        readonly against: string;
        readonly bench: BenchOptions;
        readonly session: SessionFlags;
      }
    | {
        readonly kind: 'many';
        readonly against: string;
        /** As typed; null for every safe one. */
        readonly routes: readonly string[] | null;
        readonly bench: BenchOptions;
        readonly session: SessionFlags;
      }
    | {
        readonly kind: 'servers';
        /** Names in the team file. */
        readonly before: string;
        readonly after: string;
        readonly bench: BenchOptions;
        readonly session: SessionFlags;
      }
  );

/** What `calibrate` is asked to do. */
export interface CalibrateOptions {
  readonly bench: BenchOptions;
  readonly session: SessionFlags;
}

interface CompareOutput {
  readonly format: 'text' | 'json' | 'markdown';
  readonly output: string | null;
}

export interface SessionFlags {
  readonly budgetMs: number;
  /** A share: 0.03 is 3 %. */
  readonly margin: number;
  readonly quick: boolean;
  readonly seed: number;
  /** A file that `calibrate -o` wrote; null for what this machine has learned by itself. */
  readonly priorFile: string | null;
}

const FLAGS = {
  a: { type: 'string' },
  b: { type: 'string' },
  against: { type: 'string' },
  'server-a': { type: 'string' },
  'server-b': { type: 'string' },
  route: { type: 'string' },
  all: { type: 'boolean' },
  prior: { type: 'string' },
  budget: { type: 'string' },
  margin: { type: 'string' },
  seed: { type: 'string' },
  quick: { type: 'boolean' },
  markdown: { type: 'boolean' },
} as const;

const DEFAULT_BUDGET_MS = 90_000;
const DEFAULT_MANY_BUDGET_MS = 300_000;
const DEFAULT_CALIBRATION_BUDGET_MS = 240_000;
const DEFAULT_MARGIN = 0.03;

/** Reads the arguments after `compare`. Fails with `usage`. */
export function parseCompareOptions(args: readonly string[]): CompareOptions {
  const { taken, all, rest } = takeFlags(args, FLAGS);
  const { a, b, against } = taken;
  const [before, after] = [taken['server-a'], taken['server-b']];
  const isMarkdown = taken.markdown !== undefined;
  const ways = [a ?? b, against, before ?? after].filter((way) => way !== undefined).length;
  if (ways === 0 && taken.route === undefined && taken.all === undefined) return files(rest, isMarkdown);
  if (ways !== 1) {
    throw usageError('compare wants one of: --against COMMIT, --server-a and --server-b, or --a and --b.');
  }
  if (a !== undefined || b !== undefined) {
    if (a === undefined || b === undefined) throw usageError('compare wants both URLs: --a URL and --b URL.');
    if (taken.route !== undefined || taken.all !== undefined)
      throw usageError('--route and --all do not go with --a and --b, which are whole URLs: leave them out.');
    const bench = closed(parseBenchOptions([...rest, a]));
    return { kind: 'urls', a, b, bench, session: sessionOf(taken, DEFAULT_BUDGET_MS), ...outputOf(bench, isMarkdown) };
  }
  const routes = taken.all === undefined ? (all.route ?? []) : null;
  if (routes?.length === 0) throw usageError('compare wants --dir FOLDER and --route "GET /path", or --all.');
  // With --all there is no single route; the options are read as for any.
  const bench = closed(parseBenchOptions([...rest, '--route', routes?.[0] ?? 'GET /']));
  const output = outputOf(bench, isMarkdown);
  if (routes === null || routes.length > 1) {
    if (against === undefined) throw usageError('Several routes go with --against COMMIT: add it, or leave one route.');
    if (taken.quick !== undefined) throw usageError('--quick goes with a single route.');
    return { kind: 'many', against, routes, bench, session: sessionOf(taken, DEFAULT_MANY_BUDGET_MS), ...output };
  }
  const session = sessionOf(taken, DEFAULT_BUDGET_MS);
  if (against !== undefined) return { kind: 'commit', against, bench, session, ...output };
  if (before === undefined || after === undefined || bench.server !== null) {
    throw usageError('compare wants both servers, --server-a NAME and --server-b NAME, in the place of --server.');
  }
  return { kind: 'servers', before, after, bench, session, ...output };
}

/** Reads the arguments after `calibrate`. Fails with `usage`. */
export function parseCalibrateOptions(args: readonly string[]): CalibrateOptions {
  const { taken, rest } = takeFlags(args, { budget: { type: 'string' }, seed: { type: 'string' } });
  const bench = closed(parseBenchOptions(rest, { command: 'calibrate', profile: defaultProfile() }));
  if (bench.route === null) throw usageError('calibrate wants --dir FOLDER and --route "GET /path".');
  return { bench, session: sessionOf(taken, DEFAULT_CALIBRATION_BUDGET_MS) };
}

function sessionOf(taken: Readonly<Partial<Record<keyof typeof FLAGS, string>>>, budgetMs: number): SessionFlags {
  return {
    budgetMs: taken.budget === undefined ? budgetMs : parseDuration(taken.budget, '--budget', 10_000, 1_800_000),
    margin: taken.margin === undefined ? DEFAULT_MARGIN : parseMargin(taken.margin),
    quick: taken.quick !== undefined,
    seed: taken.seed === undefined ? Date.now() % 2 ** 31 : parseSeed(taken.seed),
    priorFile: taken.prior ?? null,
  };
}

function files(rest: readonly string[], markdown: boolean): CompareOptions {
  const { taken, rest: positionals } = takeFlags(rest, {
    json: { type: 'boolean' },
    output: { type: 'string', short: 'o' },
  });
  const [before, after, ...more] = positionals;
  const odd = positionals.find((text) => text.startsWith('-'));
  if (odd !== undefined) throw usageError(`compare does not know ${odd} for two run files.`);
  if (before === undefined || after === undefined || more.length > 0) {
    throw usageError('compare wants two run files, or --a URL and --b URL, or --dir, --route and --against COMMIT.');
  }
  const output = taken.output ?? null;
  return { kind: 'files', before, after, ...outputOf({ json: taken.json !== undefined, output }, markdown) };
}

function outputOf({ json, output }: Pick<BenchOptions, 'json' | 'output'>, markdown: boolean): CompareOutput {
  if (json && markdown) throw usageError('Choose one of --json and --markdown.');
  return { format: json ? 'json' : markdown ? 'markdown' : 'text', output };
}

/** Two servers can only be told apart under the same load: as much as each can take. */
function closed(options: BenchOptions): BenchOptions {
  const { model } = options.profile;
  if (model.kind !== 'closed' || model.stages) {
    throw usageError('compare loads with a fixed number of connections (-c): leave --rate and --stages out.');
  }
  if (options.feeds !== null) {
    throw usageError(
      'compare sends the same request every time, so that both sides do the same work: leave --feed out.',
    );
  }
  return options;
}

function parseMargin(text: string): number {
  const percent = Number(/^(\d+(?:\.\d+)?) ?%?$/.exec(text.trim())?.[1] ?? Number.NaN);
  if (!(percent >= 1 && percent <= 10)) throw usageError(`--margin wants 1% to 10%, not "${text}".`);
  return percent / 100;
}

function parseSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw usageError(`--seed wants a whole number, not "${text}".`);
  return Number(text);
}
