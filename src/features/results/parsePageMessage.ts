import { LOAD_LIMITS } from '../../core/plan/checkProfile';
import { EXPORT_FORMATS, type ExportFormat } from '../../core/report/exportKinds';
import type { LoadForm, ProblemAction } from '../../protocol/page';
import { UserError } from '../../util/errors';

const ACTIONS: readonly ProblemAction[] = [
  'retry',
  'chooseServer',
  'startServer',
  'editRequest',
  'showLog',
  'compareAgain',
  'proposeCommand',
  'editServers',
];

/** The load that the page's form asks for; the caps, which a person may raise, are looked at when it begins. Fails with `bad-message`. */
export function parseLoadForm(params: unknown): { readonly load: LoadForm; readonly compare: boolean } {
  const { connections, durationS, compare } = fieldsOf(params);
  if (typeof connections !== 'number' || !(connections >= 1 && connections <= LOAD_LIMITS.connections)) {
    throw badMessage(`Connections must be a number from 1 to ${LOAD_LIMITS.connections}.`);
  }
  const mostS = LOAD_LIMITS.durationMs / 1000;
  if (typeof durationS !== 'number' || !(durationS > 0 && durationS <= mostS)) {
    throw badMessage(`The duration must be a number of seconds above 0, at most ${mostS}.`);
  }
  return { load: { connections: Math.round(connections), durationS }, compare: compare === true };
}

/** A text field. Fails with `bad-message`. */
export function parseText(params: unknown, name: string): string {
  const value = fieldsOf(params)[name];
  if (typeof value !== 'string') throw badMessage(`The page sent no "${name}".`);
  return value;
}

/** The `format` field. Fails with `bad-message`. */
export function parseExportFormat(params: unknown): ExportFormat {
  return oneOf(EXPORT_FORMATS, parseText(params, 'format'));
}

/** The `action` field. Fails with `bad-message`. */
export function parseProblemAction(params: unknown): ProblemAction {
  return oneOf(ACTIONS, parseText(params, 'action'));
}

/** One of the known texts. Fails with `bad-message`. */
export function oneOf<T extends string>(known: readonly T[], value: string): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw badMessage(`The page sent "${value}", which nothing here knows.`);
  return found;
}

/** The fields of an object; none of anything else. */
export function fieldsOf(params: unknown): Record<string, unknown> {
  return typeof params === 'object' && params !== null ? (params as Record<string, unknown>) : {};
}

/** The page sent something that no version of it should. */
export function badMessage(sentence: string): UserError {
  return new UserError('bad-message', sentence);
}
