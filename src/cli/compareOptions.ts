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
  );

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
}

const FLAGS = {
  a: { type: 'string' },
  b: { type: 'string' },
  against: { type: 'string' },
  budget: { type: 'string' },
  margin: { type: 'string' },
  seed: { type: 'string' },
  quick: { type: 'boolean' },
  markdown: { type: 'boolean' },
} as const;

const DEFAULT_BUDGET_MS = 90_000;
const DEFAULT_MARGIN = 0.03;

/** Reads the arguments after `compare`. Fails with `usage`. */
export function parseCompareOptions(args: readonly string[]): CompareOptions {
  const { taken, rest } = takeFlags(args, FLAGS);
  const { a, b, against } = taken;
  if (a === undefined && b === undefined && against === undefined) return files(rest, taken.markdown !== undefined);
  const session = {
    budgetMs:
      taken.budget === undefined ? DEFAULT_BUDGET_MS : parseDuration(taken.budget, '--budget', 10_000, 1_800_000),
    margin: taken.margin === undefined ? DEFAULT_MARGIN : parseMargin(taken.margin),
    quick: taken.quick !== undefined,
    seed: taken.seed === undefined ? Date.now() % 2 ** 31 : parseSeed(taken.seed),
  };
  if (against !== undefined) {
    if (a !== undefined || b !== undefined) throw usageError('compare takes either --a and --b, or --against.');
    const bench = closed(parseBenchOptions(rest));
    if (bench.route === null) throw usageError('--against wants --dir FOLDER and --route "GET /path".');
    return { kind: 'commit', against, bench, session, ...outputOf(bench, taken.markdown !== undefined) };
  }
  if (a === undefined || b === undefined) throw usageError('compare wants both URLs: --a URL and --b URL.');
  const bench = closed(parseBenchOptions([...rest, a]));
  return { kind: 'urls', a, b, bench, session, ...outputOf(bench, taken.markdown !== undefined) };
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
