import type { ManyComparison } from '../../core/model/manyComparison';
import type { RequestValues } from '../../core/model/request';
import { buildRequest } from '../../core/request/buildRequest';
import { usedFeeds } from '../../core/request/feedValues';
import type { LocatedEndpoint } from '../../platform/vscode/endpoints';
import type { ManyEndpoint } from '../../session/compareMany';
import { describeError } from '../../util/errors';
import { l10n } from 'vscode';

/** What is sent for each endpoint; one that lacks something is among the skipped. */
export function manyTargets(values: ReadonlyMap<LocatedEndpoint, RequestValues>): {
  readonly endpoints: readonly ManyEndpoint[];
  readonly skipped: ManyComparison['skipped'];
} {
  const endpoints: ManyEndpoint[] = [];
  const skipped: { label: string; reason: string }[] = [];
  for (const [{ endpoint }, own] of values) {
    const label = `${own.method} ${endpoint.path}`;
    const request: ManyEndpoint['request'] = (baseUrl) => buildRequest(endpoint, baseUrl, own);
    const reason = usedFeeds(own).length > 0 ? l10n.t('Its values are fed: compare it alone.') : faultOf(request);
    if (reason === null) endpoints.push({ id: endpoint.id, label, request });
    else skipped.push({ label, reason });
  }
  return { endpoints, skipped };
}

function faultOf(request: ManyEndpoint['request']): string | null {
  try {
    request('http://127.0.0.1:1');
    return null;
  } catch (error) {
    return describeError(error);
  }
}
