import type { ScalabilityFit } from '../model/sweep';

export interface LevelThroughput {
  readonly level: number;
  readonly throughputRps: number;
}

/**
 * Fits the universal scalability law to throughput over concurrency: N / X is linear in 1, N − 1 and N (N − 1), and each
 * point counts by its relative error, since throughput scatters in proportion. Neither coefficient may be negative. Null for
 * fewer than four levels with throughput, and when nothing positive fits.
 */
export function fitScalability(points: readonly LevelThroughput[]): ScalabilityFit | null {
  const usable = points.filter(({ level, throughputRps }) => level > 0 && throughputRps > 0);
  if (usable.length < 4) return null;
  const target = usable.map(() => 1);
  // Weighted by X / N, so that the right-hand side is one everywhere and residuals are relative.
  const columns = [
    usable.map(({ level, throughputRps }) => throughputRps / level),
    usable.map(({ level, throughputRps }) => (throughputRps / level) * (level - 1)),
    usable.map(({ level, throughputRps }) => throughputRps * (level - 1)),
  ];
  let best: { coefficients: number[]; squares: number } | null = null;
  for (const free of [[0, 1, 2], [0, 1], [0, 2], [0]]) {
    const solved = leastSquares(
      free.map((index) => columns[index] ?? []),
      target,
    );
    if (!solved || solved.some((value) => value < 0) || (solved[0] ?? 0) <= 0) continue;
    const coefficients = [0, 0, 0];
    free.forEach((index, at) => (coefficients[index] = solved[at] ?? 0));
    const squares = target.reduce((sum, wanted, row) => sum + (wanted - predict(columns, coefficients, row)) ** 2, 0);
    if (!best || squares < best.squares) best = { coefficients, squares };
  }
  return best && describe(best.coefficients, usable);
}

/** Throughput that the law gives at a level. */
export function scalabilityAt({ lambda, sigma, kappa }: ScalabilityFit, level: number): number {
  return (lambda * level) / (1 + sigma * (level - 1) + kappa * level * (level - 1));
}

function describe(
  [inverse = 1, linear = 0, square = 0]: readonly number[],
  points: readonly LevelThroughput[],
): ScalabilityFit {
  const sigma = linear / inverse;
  const kappa = square / inverse;
  const peak = kappa > 0 && sigma < 1 ? Math.sqrt((1 - sigma) / kappa) : null;
  const law = { lambda: 1 / inverse, sigma, kappa, peakLevel: peak !== null && peak >= 1 ? peak : null, error: 0 };
  const squares = points.map(({ level, throughputRps }) => (scalabilityAt(law, level) / throughputRps - 1) ** 2);
  return { ...law, error: Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / points.length) };
}

function predict(columns: readonly (readonly number[])[], coefficients: readonly number[], row: number): number {
  return coefficients.reduce((sum, value, index) => sum + value * (columns[index]?.[row] ?? 0), 0);
}

/**
 * Coefficients of the columns that come nearest to the target; null when the columns are not independent. By orthogonal
 * columns (modified Gram-Schmidt), because the columns' sizes differ by many orders of magnitude.
 */
function leastSquares(columns: readonly (readonly number[])[], target: readonly number[]): number[] | null {
  const unit: number[][] = [];
  const upper: number[][] = [];
  for (const [at, column] of columns.entries()) {
    let rest = [...column];
    const row: number[] = [];
    for (const [index, direction] of unit.entries()) {
      const share = dot(direction, rest);
      rest = rest.map((value, each) => value - share * (direction[each] ?? 0));
      row[index] = share;
    }
    const length = Math.sqrt(dot(rest, rest));
    if (length <= 1e-9 * Math.sqrt(dot(column, column))) return null;
    row[at] = length;
    upper.push(row);
    unit.push(rest.map((value) => value / length));
  }
  const solution = new Array<number>(columns.length).fill(0);
  for (let at = columns.length - 1; at >= 0; at--) {
    let value = dot(unit[at] ?? [], target);
    for (let later = at + 1; later < columns.length; later++)
      value -= (upper[later]?.[at] ?? 0) * (solution[later] ?? 0);
    solution[at] = value / (upper[at]?.[at] ?? 1);
  }
  return solution;
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}
