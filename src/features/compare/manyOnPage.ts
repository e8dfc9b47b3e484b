import type { StoredMany } from '../../core/model/manyComparison';
import type { PageMany } from '../../protocol/page';

/**
 * What the page gets of the comparisons of many endpoints: the chosen one whole for their own page, and for the page of one
 * endpoint (`endpointId`) the one that it was part of. Undefined when there is nothing to show.
 */
export function manyOnPage(
  kept: readonly StoredMany[],
  chosenId: string | undefined,
  endpointId: string | null,
): PageMany | undefined {
  const shown = kept.find(({ id }) => id === chosenId) ?? kept[0];
  if (!shown) return undefined;
  const { endpoints, ...rest } = shown.comparison;
  if (endpointId !== null && !endpoints.some(({ id }) => id === endpointId)) return undefined;
  return {
    shown: { ...shown, comparison: { ...rest, endpoints: endpoints.map(withoutDrawings) } },
    endpointId,
    list: kept.map(({ id, startedAt, comparison }) => ({ id, startedAt, headline: comparison.headline })),
  };
}

/** The list is made of words; dots and looks are most of the bytes. */
function withoutDrawings(
  compared: StoredMany['comparison']['endpoints'][number],
): StoredMany['comparison']['endpoints'][number] {
  return { ...compared, comparison: { ...compared.comparison, rounds: [], looks: [] } };
}
