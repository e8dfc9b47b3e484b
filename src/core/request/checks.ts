import type { AnswerChecks } from '../model/answers';
import { findByJsonPath, type JsonValue } from './jsonPath';

/** Longest body that is kept to be looked into; a longer one fails a check of its content. */
export const CHECKED_BODY_LIMIT = 4 * 1024 * 1024;

const QUOTED_LENGTH = 60;

/** True when a check has to see the body's bytes. */
export function needsBody(checks: AnswerChecks): boolean {
  return (checks.bodyContains?.length ?? 0) > 0 || (checks.json?.length ?? 0) > 0;
}

/** Why an answer with this status is not the expected one; null when it is. */
export function checkStatus({ statuses }: AnswerChecks, status: number): string | null {
  if (!statuses || statuses.some(({ from, to }) => status >= from && status <= to)) return null;
  return `status ${status} instead of ${describeStatuses(statuses)}`;
}

/** Why a body of this size is not the expected one; null when it is. */
export function checkSize({ bodyBytes }: AnswerChecks, size: number): string | null {
  return bodyBytes === undefined || bodyBytes === size ? null : `a body of ${size} bytes instead of ${bodyBytes}`;
}

/** Why the JSON of a body is not the expected one; null when it is. */
export function checkJson({ json }: AnswerChecks, text: string): string | null {
  if (!json || json.length === 0) return null;
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return 'the body is not JSON';
  }
  for (const { path, equals } of json) {
    const found = findByJsonPath(value, path);
    const [first] = found;
    if (first === undefined) return `${path} finds nothing`;
    if (equals === null) continue;
    if (found.length > 1) return `${path} finds ${found.length} values instead of one`;
    const wanted = JSON.stringify(JSON.parse(equals));
    if (JSON.stringify(first) !== wanted) return `${path} is ${clip(JSON.stringify(first))} instead of ${clip(wanted)}`;
  }
  return null;
}

/** `200`, `2xx` or `200, 201`, as it is typed. */
function describeStatuses(statuses: NonNullable<AnswerChecks['statuses']>): string {
  return statuses
    .map(({ from, to }) => {
      if (from === to) return String(from);
      return from % 100 === 0 && to === from + 99 ? `${from / 100}xx` : `${from} to ${to}`;
    })
    .join(', ');
}

/** Text of an answer, short enough for a sentence and without control characters. */
export function clip(text: string): string {
  const plain = text.replace(/\p{Cc}/gu, ' ');
  return plain.length > QUOTED_LENGTH ? `${plain.slice(0, QUOTED_LENGTH)}…` : plain;
}
