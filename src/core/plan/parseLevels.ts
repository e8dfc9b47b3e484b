import { UserError } from '../../util/errors';

/** More than a sweep may have; a list that goes on too long is stopped here and refused later with its own sentence. */
const MAX_CONTINUED = 200;

/**
 * Levels of a sweep, rising: numbers with commas, and `…` or `...` after three numbers that show how to go on, up to the one
 * that follows. Fails with `bad-levels`, or as `parseOne` does.
 *
 * Examples: `1,2,4,…,1000` → 1, 2, 4, 8 … 512, 1000; `10,20,30,...,60` → 10, 20, 30, 40, 50, 60; `16,64` → 16, 64.
 */
export function parseLevels(text: string, flag: string, parseOne: (text: string) => number): readonly number[] {
  const levels: number[] = [];
  let isContinued = false;
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part === '…' || part === '...') {
      if (levels.length < 3)
        throw badLevels(`${flag} wants three numbers before ${part}, so that it is clear how to go on.`);
      isContinued = true;
      continue;
    }
    const level = parseOne(part);
    if (isContinued) levels.push(...continueTo(levels, level));
    isContinued = false;
    if (level <= (levels.at(-1) ?? 0))
      throw badLevels(`${flag} wants rising numbers, and ${part} does not rise: put them in order.`);
    levels.push(level);
  }
  if (isContinued) throw badLevels(`${flag} wants a number after the dots, where the list ends.`);
  return levels;
}

function badLevels(sentence: string): UserError {
  return new UserError('bad-levels', sentence);
}

/** What lies between: in even steps when the last three numbers are, otherwise by their factor. */
function continueTo(levels: readonly number[], end: number): readonly number[] {
  const [first = 0, second = 0, third = 0] = levels.slice(-3);
  const step = third - second;
  const isEven = Math.abs(step - (second - first)) < 1e-9;
  const next = (level: number): number => (isEven ? level + step : Math.round((level * third) / second));
  const between: number[] = [];
  for (let level = next(third); level < end && between.length < MAX_CONTINUED; level = next(level)) between.push(level);
  return between;
}
