import { parseArgs, type ParseArgsConfig } from 'node:util';
import { usageError } from './values';

type Specs<Name extends string> = Readonly<Record<Name, NonNullable<ParseArgsConfig['options']>[string]>>;

/** Flags that were taken out, and the arguments without them. */
export interface TakenFlags<Name extends string> {
  /** The last value of each; `''` for a flag without a value. */
  readonly taken: Readonly<Partial<Record<Name, string>>>;
  /** Every value of each, in order. */
  readonly all: Readonly<Partial<Record<Name, readonly string[]>>>;
  readonly rest: readonly string[];
}

/**
 * Takes flags that only one command has, or that mean something else to it, out of its arguments, so that the rest can be read
 * as `bench` reads them. Fails with `usage` when one that wants a value has none.
 */
export function takeFlags<Name extends string>(args: readonly string[], specs: Specs<Name>): TakenFlags<Name> {
  const { tokens } = parseArgs({
    args: [...args],
    options: specs,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const taken: Partial<Record<Name, string>> = {};
  const all: Partial<Record<Name, string[]>> = {};
  const gone = new Set<number>();
  for (const token of tokens) {
    if (token.kind !== 'option' || !Object.hasOwn(specs, token.name)) continue;
    const name = token.name as Name;
    const wantsValue = specs[name].type === 'string';
    if (wantsValue && token.value === undefined) throw usageError(`${token.rawName} wants a value.`);
    taken[name] = token.value ?? '';
    (all[name] ??= []).push(token.value ?? '');
    gone.add(token.index);
    if (wantsValue && !token.inlineValue) gone.add(token.index + 1);
  }
  return { taken, all, rest: args.filter((_, index) => !gone.has(index)) };
}
