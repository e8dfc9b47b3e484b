import { l10n } from 'vscode';
import type { RequestTemplate } from '../../core/model/request';
import type { Server } from '../../core/model/server';
import { endpointOfImport, valuesOfImport } from '../../core/request/importedRequest';
import { checkTarget } from '../../core/request/targetGuard';
import { portOf } from '../../core/request/urlPlace';
import { referenceTo, type LocatedEndpoint } from '../../platform/vscode/endpoints';
import { isListening } from '../../servers/freePort';
import type { Services } from '../../services';
import { UserError } from '../../util/errors';
import { withoutPlainSecrets } from './requestValues';

/** A request out of another tool, and where it is sent. */
export interface TakenRequest {
  readonly located: LocatedEndpoint;
  /** The server that the request names; undefined for the one that the folder is measured on. */
  readonly server: Server | undefined;
}

/**
 * The endpoint that a request asks for, `direct` before all others; the request is what it is sent from now on. Fails with
 * `import-no-route`. With `mayBeElsewhere` a request to another machine stays one: somebody wrote it down for that one.
 */
export async function takeRequest(
  services: Services,
  request: RequestTemplate,
  direct: LocatedEndpoint | undefined,
  mayBeElsewhere: boolean,
): Promise<TakenRequest> {
  const own = direct && valuesOfImport(direct.endpoint, request);
  const found = direct && own ? { candidate: direct, values: own } : endpointOfImport(services.index.all(), request);
  const { method, url } = request;
  if (!found) {
    const { pathname } = new URL(url);
    throw new UserError(
      'import-no-route',
      l10n.t('No endpoint of this workspace answers {0} {1}: open the folder that has it.', method, pathname),
    );
  }
  const values = await withoutPlainSecrets(services, found.candidate, found.values);
  if (values) await services.memory.rememberValues(referenceTo(found.candidate), values);
  return { located: found.candidate, server: await serverOf(services, found.candidate, url, mayBeElsewhere) };
}

/** A server of this machine that is up is what the request was made for; of one that is not, the folder's own is the stand-in. */
async function serverOf(
  { servers, session, memory }: Services,
  { folder, endpoint }: LocatedEndpoint,
  url: string,
  mayBeElsewhere: boolean,
): Promise<Server | undefined> {
  const place = new URL(url);
  const { origin, host, pathname } = place;
  const known = [memory.server(folder.uri.toString()), ...(await servers.configured(folder))];
  const same = known.find(
    (each) => each && !each.baseUrl.includes('{port}') && new URL(each.baseUrl).origin === origin,
  );
  if (same) return same;
  const target = await checkTarget(url, session.resolveHost);
  const direct = { name: host, baseUrl: `${origin}${mountedAt(pathname, endpoint.path)}` };
  if (target.class !== 'loopback') return mayBeElsewhere ? direct : undefined;
  const port = portOf(place);
  for (const address of target.addresses) if (await isListening(address, port)) return direct;
  return undefined;
}

/** What stands in front of the endpoint's own path. Example: `/v1/author/7` of `/author/{id}` → `/v1` */
function mountedAt(pathname: string, template: string): string {
  const parts = pathname.split('/').length - template.split('/').length;
  if (template.includes('*}') || parts <= 0) return '';
  return pathname
    .split('/')
    .slice(0, parts + 1)
    .join('/');
}
