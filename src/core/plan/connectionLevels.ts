import { UserError } from '../../util/errors';
import { LOAD_LIMITS } from './checkProfile';
import { checkCaps, type LoadCaps } from './loadCaps';
import { parseLevels } from './parseLevels';
import { defaultLevelProfile } from './sweepPlan';

/**
 * The levels of a sweep over connections, held to what a person lets pass, as every other load is. `list` is what messages call
 * the text. Fails with `bad-levels`, and with `over-cap`, which names the setting that raises the cap.
 *
 * Examples: `1, 2, 4, …, 16` → 1, 2, 4, 8, 16; `1, 2000` fails where 1,024 are let pass and does not where 4,000 are.
 */
export function connectionLevels(text: string, list: string, caps: LoadCaps): readonly number[] {
  const levels = parseLevels(text, list, (part) => {
    const value = /^\d+$/.test(part) ? Number(part) : 0;
    if (value >= 1 && value <= LOAD_LIMITS.connections) return value;
    throw new UserError('bad-levels', `“${part}” is no whole number from 1 to ${LOAD_LIMITS.connections}.`);
  });
  const model = { kind: 'closed', connections: Math.max(...levels), pipelining: 1 } as const;
  checkCaps({ ...defaultLevelProfile(), model }, caps);
  return levels;
}
