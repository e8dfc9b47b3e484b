import type { VariantsResult } from '../model/variants';
import { variantFigures, type VariantFigures } from '../plan/concludeVariants';
import { variantAbout, variantNotes, variantRows } from './variantsText';

/** One server of a benchmark of several, as it is drawn. */
export interface VariantLine {
  readonly name: string;
  /** Texts below the heads of the table, the name first. */
  readonly cells: readonly string[];
  /** Null for a server that was not measured. */
  readonly figures: Pick<VariantFigures, 'throughputRps' | 'lowestRps' | 'highestRps' | 'p50Ms' | 'p99Ms'> | null;
  /** Its newest run, which is stored like any other. */
  readonly runId: string | null;
}

/** A benchmark of several servers without its runs, which are long: what a page draws. */
export interface VariantsView {
  readonly startedAt: string;
  readonly state: VariantsResult['state'];
  readonly about: string;
  readonly head: readonly string[];
  readonly lines: readonly VariantLine[];
  readonly notes: readonly string[];
}

/** What is drawn of a benchmark of several servers, whole or as far as it has come. */
export function variantsView(result: VariantsResult): VariantsView {
  const [head = [], ...rows] = variantRows(result);
  return {
    startedAt: result.startedAt,
    state: result.state,
    about: variantAbout(result)
      .map((sentence) => `${sentence.replace(/\.$/, '')}.`)
      .join(' '),
    head,
    lines: result.variants.map((variant, index): VariantLine => {
      const figures = variantFigures(variant);
      return {
        name: variant.name,
        cells: rows[index] ?? [],
        figures: figures && figures.requests > 0 ? shown(figures) : null,
        runId: variant.runs.at(-1)?.id ?? null,
      };
    }),
    notes: variantNotes(result),
  };
}

function shown({ throughputRps, lowestRps, highestRps, p50Ms, p99Ms }: VariantFigures): VariantLine['figures'] {
  return { throughputRps, lowestRps, highestRps, p50Ms, p99Ms };
}
