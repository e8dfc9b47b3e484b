import { readFile } from 'node:fs/promises';
import { parseJsonTree } from '../core/request/jsonc';
import { parseMixEntry, type MixEntry } from '../core/request/mixEntries';
import { readMix } from '../core/request/mixNodes';
import { TEAM_FILE } from '../core/request/teamFile';
import { describeError } from '../util/errors';
import { typedUrl } from './benchOptions';
import { readTeamFile } from './readTeamFile';
import { takeFlags } from './takeFlags';
import { parseCount, usageError } from './values';

const FLAGS = {
  mix: { type: 'string' },
  also: { type: 'string', multiple: true },
  weight: { type: 'string' },
  'mix-seed': { type: 'string' },
} as const;

/** What the command line asks to be loaded together. */
export interface TypedMix {
  /** In the team file; null where the requests were typed or stand in a file of their own. */
  readonly name: string | null;
  /** The file whose requests these are; null where the command line or the team file names them. */
  readonly file: string | null;
  readonly seed: number;
  /** The URL whose server is loaded; null for routes of a folder. */
  readonly url: string | null;
  /** The first is what `bench` alone would load, with the weight that was typed for it; null where a file says them all. */
  readonly leadWeight: number | null;
  /** Those beside it, or all of them. */
  readonly entries: readonly MixEntry[];
  /** The arguments that `bench` knows. */
  readonly rest: readonly string[];
}

/** Whether the arguments of `bench` name several requests. */
export function asksForMix(args: readonly string[]): boolean {
  const { taken } = takeFlags(args, FLAGS);
  return Object.keys(taken).length > 0;
}

/** Reads the flags of a mix and the file that they name. Fails with `usage` and `bad-mix`. */
export async function parseMixOptions(args: readonly string[]): Promise<TypedMix> {
  const { taken, all, rest } = takeFlags(args, FLAGS);
  const url = typedUrl(rest) ?? null;
  const seed = taken['mix-seed'] === undefined ? 1 : parseCount(taken['mix-seed'], '--mix-seed', 0, 2 ** 31);
  const common = { seed, url, rest };
  if (taken.mix !== undefined) {
    for (const name of ['also', 'weight'] as const) {
      if (taken[name] !== undefined) throw usageError(`--${name} does not go with --mix, which names every request.`);
    }
    const { dir, route, body } = takeFlags(rest, OTHERS).taken;
    if (route !== undefined) throw usageError('--route does not go with --mix, which names every route: leave it out.');
    if (body !== undefined) throw usageError('-d/--body does not go with --mix: write the body into the team file.');
    if (/\.jsonc?$/i.test(taken.mix)) {
      const entries = await readMixFile(taken.mix);
      return { ...common, name: null, file: taken.mix, leadWeight: null, entries };
    }
    if (url !== null) throw usageError(`--mix wants a file like mix.json beside a URL, not "${taken.mix}".`);
    const entries = await teamMix(taken.mix, dir ?? '.');
    return { ...common, name: taken.mix, file: null, leadWeight: null, entries };
  }
  const also = all.also ?? [];
  const lone = (['weight', 'mix-seed'] as const).find((name) => taken[name] !== undefined);
  if (also.length === 0) throw usageError(`--${lone ?? 'weight'} goes with --also or --mix: name a second request.`);
  const entries = also.map(parseMixEntry);
  return { ...common, name: null, file: null, leadWeight: parseWeight(taken.weight), entries };
}

const OTHERS = {
  dir: { type: 'string' },
  route: { type: 'string' },
  body: { type: 'string', short: 'd' },
} as const;

function parseWeight(text: string | undefined): number {
  if (text === undefined) return 1;
  const value = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value > 0) return value;
  throw usageError(`--weight wants a number above 0, not "${text}".`);
}

async function teamMix(name: string, dir: string): Promise<readonly MixEntry[]> {
  const { mixes } = await readTeamFile(dir);
  const found = mixes.get(name);
  if (found) return found;
  const names = [...mixes.keys()].join(', ');
  throw usageError(
    `There is no mix "${name}" in ${TEAM_FILE}; there is ${names === '' ? 'none' : names}. A file is named like mix.json.`,
  );
}

/** A file with a list as it stands under a name in the team file. Fails with `usage` at its first mistake. */
async function readMixFile(file: string): Promise<readonly MixEntry[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw usageError(`The mix ${file} cannot be read: ${describeError(error)}`);
  }
  const { root, errors } = parseJsonTree(text);
  const mistakes = errors.map(({ offset, sentence }) => ({ offset, sentence }));
  const entries = root && readMix('The mix', root, ({ offset }, sentence) => mistakes.push({ offset, sentence }));
  const [first] = mistakes;
  if (first) {
    const before = text.slice(0, first.offset);
    const line = before.split('\n').length;
    throw usageError(`${file}:${line}:${first.offset - before.lastIndexOf('\n')}: ${first.sentence}`);
  }
  if (!entries) throw usageError(`The mix ${file} has no request in it.`);
  return entries;
}
