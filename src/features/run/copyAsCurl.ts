import { env, l10n, window, workspace } from 'vscode';
import { buildRequest } from '../../core/request/buildRequest';
import { formatCurl } from '../../core/request/curl';
import { usedFeeds } from '../../core/request/feedValues';
import { referenceTo } from '../../platform/vscode/endpoints';
import type { Services } from '../../services';
import { requestValues } from './requestValues';

/** Puts the request of an endpoint on the clipboard as a curl command; secrets stay references. */
export async function copyAsCurl(services: Services, argument: unknown): Promise<void> {
  // Asking for values may ask the server for its OpenAPI document.
  if (!workspace.isTrusted) return;
  const located = await services.targets.resolve(argument);
  if (!located) return;
  const { shown, page } = services.results;
  const reference = referenceTo(located);
  const isShown = shown?.folder === reference.folder && shown.id === reference.id;
  const base = isShown ? page.server?.baseUrl : undefined;
  const values = await requestValues(services, located);
  const server = base ?? (values && (await services.servers.serverFor(located.folder))?.baseUrl);
  if (!values || server === undefined) return;
  const names = usedFeeds(values).map(({ name }) => name);
  const request = buildRequest(located.endpoint, server.replaceAll('{port}', '8000'), values, names);
  await env.clipboard.writeText(formatCurl(request));
  void window.showInformationMessage(l10n.t('The request was copied as a curl command.'));
}
