import type { Endpoint } from '../model/endpoint';
import type { RequestValues } from '../model/request';
import { withLogin } from './login';
import type { TeamRequest } from './teamFile';
import { takeFeeds } from './typedFeeds';

/** Proposed values with what the team wrote down in their place; feeds are written as a person types them. */
export function withTeamRequest(
  endpoint: Pick<Endpoint, 'path'>,
  proposed: RequestValues,
  { path, query, headers, body, login }: TeamRequest,
): RequestValues {
  return takeFeeds(endpoint, {
    method: proposed.method,
    path: { ...proposed.path, ...path },
    query: query ?? proposed.query,
    headers: login ? withLogin(headers, login) : headers,
    body: body === null ? proposed.body : { text: body },
  });
}
