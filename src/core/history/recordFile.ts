import { UserError, describeError } from '../../util/errors';
import { isRunId } from './runFile';

/** What every stored thing but a run has in its file. */
export interface StoredRecord {
  readonly schemaVersion: 1;
  /** Safe in a file name. */
  readonly id: string;
  readonly startedAt: string;
}

/** What a stored thing is called in error codes and sentences. */
export type RecordNoun = 'comparison' | 'sweep';

/** For sorting: what began last comes first, and ids settle what began at the same time. */
export function newestFirst(
  one: Pick<StoredRecord, 'id' | 'startedAt'>,
  other: Pick<StoredRecord, 'id' | 'startedAt'>,
): number {
  const [mine, theirs] = one.startedAt === other.startedAt ? [one.id, other.id] : [one.startedAt, other.startedAt];
  return mine === theirs ? 0 : mine < theirs ? 1 : -1;
}

/** A record as the text of its file: JSON with a final line break. */
export function encodeRecord(record: StoredRecord): string {
  return `${JSON.stringify(record, null, 1)}\n`;
}

/**
 * Reads the text of a file and checks what all records have in common; `findFault` says what the rest lacks, as the end of a
 * sentence. Fails with `<noun>-newer` when a later version of the program wrote it, and with `<noun>-corrupt`.
 */
export function decodeRecord(
  text: string,
  noun: RecordNoun,
  findFault: (record: Record<string, unknown>) => string | null,
): Record<string, unknown> {
  const corrupt = (reason: string, cause?: unknown): UserError =>
    new UserError(`${noun}-corrupt`, `This is not a ${noun} that can be opened: ${reason}.`, { cause });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw corrupt(`it is not valid JSON: ${describeError(cause)}`, cause);
  }
  if (!isRecord(value)) throw corrupt('it is not an object');
  const { schemaVersion, id, startedAt } = value;
  if (typeof schemaVersion === 'number' && schemaVersion > 1) {
    throw new UserError(
      `${noun}-newer`,
      `This ${noun} was written by a newer version of Endpoint Profiler (format ${schemaVersion}, this one reads 1): update it to open the ${noun}.`,
    );
  }
  if (schemaVersion !== 1) throw corrupt('"schemaVersion" is missing or wrong');
  if (typeof id !== 'string' || !isRunId(id)) throw corrupt('"id" is missing or wrong');
  if (typeof startedAt !== 'string' || Number.isNaN(Date.parse(startedAt))) throw corrupt('"startedAt" is not a time');
  const fault = findFault(value);
  if (fault !== null) throw corrupt(fault);
  return value;
}

/** The first of these fields that does not pass, as the end of a sentence; null when all do. */
export function firstFault(
  fields: Readonly<Record<string, unknown>>,
  isRight: (value: unknown) => boolean,
): string | null {
  const wrong = Object.entries(fields).find(([, value]) => !isRight(value));
  return wrong ? `"${wrong[0]}" is missing or wrong` : null;
}

/** An object of JSON; neither a list nor null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** For `firstFault`. */
export function isText(value: unknown): value is string {
  return typeof value === 'string';
}
