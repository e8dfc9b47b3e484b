import type { MachineNoise, NoiseGrade } from '../model/comparison';
import { median, scaledMad } from '../stats/descriptive';

const LIMITS: readonly (readonly [below: number, grade: NoiseGrade])[] = [
  [0.01, 'quiet'],
  [0.03, 'normal'],
  [0.06, 'noisy'],
];

/** How much blocks scatter within their launch: scaled median deviation of ln-ratios from their round's median. Null of nothing. */
export function gradeNoise(rounds: readonly (readonly number[])[]): MachineNoise | null {
  const deviations = rounds.flatMap((blocks) => {
    const centre = median(blocks);
    return blocks.map((block) => block - centre);
  });
  if (deviations.length < 4) return null;
  const spread = scaledMad(deviations, 0);
  return { spread, grade: LIMITS.find(([below]) => spread < below)?.[1] ?? 'hostile' };
}
