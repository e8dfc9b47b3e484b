import { parseArgs, type ParseArgsConfig } from 'node:util';
import { describeError } from '../util/errors';
import { usageError } from './values';

/** The flags and the other arguments of a command. Fails with `usage` for a flag that it does not know or that lacks its value. */
export function parseFlags<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError(firstSentence(describeError(error)));
  }
}

/** Node's further sentences are about arguments that begin with a dash, which no command takes. */
function firstSentence(message: string): string {
  return message.split(/\.\s/)[0]?.replace(/\.?$/, '.') ?? message;
}
