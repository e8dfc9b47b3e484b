import { randomBytes } from 'node:crypto';

/** A new id that sorts by time: `20260131T120000-9f2c01ab`. */
export function newRunId(startedAtMs: number): string {
  const time = new Date(startedAtMs).toISOString().replace(/[-:]|\.\d+Z$/g, '');
  return `${time}-${randomBytes(4).toString('hex')}`;
}
