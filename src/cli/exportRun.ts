import { EXPORT_FORMATS, EXPORT_KINDS, type ExportFormat } from '../core/report/exportKinds';
import { renderExport } from '../core/report/exports';
import { readPageAssets } from '../platform/node/pageAssets';
import type { CliContext } from './cliContext';
import { EXIT, type ExitCode } from './exitCodes';
import { writeOutput } from './outputFile';
import { parseFlags } from './parseFlags';
import { readRun } from './readRun';
import { usageError } from './values';

const FLAGS = {
  format: { type: 'string' },
  before: { type: 'string' },
  output: { type: 'string', short: 'o' },
} as const;

/** `export`: turns a run file into another format, on standard output or with `-o` in a file. Fails with `usage` and as `decodeRun` does. */
export async function exportRun(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { values, positionals } = parseFlags(args, FLAGS);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw usageError('export wants one run file, as bench -o writes it.');
  const format = formatOf(values.format, values.output);
  const run = await readRun(file);
  const before = values.before === undefined ? null : await readRun(values.before);
  const text = await renderExport(format, { run, before, readPage: () => readPageAssets(context.pageFolder) });
  if (values.output === undefined) await context.print(text);
  else await writeOutput(values.output, text);
  return EXIT.done;
}

/** As asked for, by its name or its ending; otherwise as the output file ends. */
function formatOf(asked: string | undefined, output: string | undefined): ExportFormat {
  const name = asked ?? output?.split('.').at(-1);
  const format = EXPORT_FORMATS.find((each) => each === name || EXPORT_KINDS[each].extension === name);
  if (format) return format;
  const known = EXPORT_FORMATS.map((each) => EXPORT_KINDS[each].extension).join(', ');
  throw usageError(
    asked === undefined
      ? `Name a format with --format: ${known}.`
      : `There is no format "${asked}": ${known} are there.`,
  );
}
