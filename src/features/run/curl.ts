import { Uri, env, l10n, window, workspace } from 'vscode';
import type { RequestTemplate } from '../../core/model/request';
import { buildRequest } from '../../core/request/buildRequest';
import { formatCurl, parseCurl } from '../../core/request/curl';
import { usedFeeds } from '../../core/request/feedValues';
import { parseHttpFile } from '../../core/request/httpFile';
import { endpointOfImport, valuesOfImport } from '../../core/request/importedRequest';
import { referenceTo, type LocatedEndpoint } from '../../platform/vscode/endpoints';
import type { Services } from '../../services';
import { UserError } from '../../util/errors';
import { requestValues, withoutPlainSecrets } from './requestValues';

/**
 * Takes the curl command of the clipboard for the request of the endpoint it is for. Nothing is sent. Fails with what reading
 * the command fails with, and with `import-no-route` when no endpoint is asked for by it.
 */
export async function importCurl(services: Services, argument: unknown): Promise<void> {
  const { request } = parseCurl(await env.clipboard.readText());
  const found = await takeRequest(services, request, services.targets.direct(argument));
  const { endpoint } = found;
  const start = l10n.t('Benchmark');
  const sentence = l10n.t('The request of the clipboard is now that of {0} {1}.', endpoint.method, endpoint.path);
  if ((await window.showInformationMessage(sentence, start)) === start) {
    await services.runs.benchmark(found, { compare: false });
  }
}

/** Takes a request of a `.http` file, `{ uri, line }` of its lens, for that of its endpoint, and benchmarks it. */
export async function benchmarkHttpRequest(services: Services, argument: unknown): Promise<void> {
  if (typeof argument !== 'object' || argument === null || !('uri' in argument) || !('line' in argument)) return;
  services.runs.requireReady();
  const document = await workspace.openTextDocument(Uri.parse(String(argument.uri)));
  const found = parseHttpFile(document.getText()).find(({ line }) => line === argument.line);
  if (!found?.request)
    throw new UserError('http-file', found?.problem ?? l10n.t('There is no request in this line any more.'));
  const located = await takeRequest(services, found.request, undefined);
  await services.runs.benchmark(located, { compare: false });
}

/** The endpoint that a request asks for, `direct` before all others; the request is what it is sent from now on. */
async function takeRequest(
  services: Services,
  request: RequestTemplate,
  direct: LocatedEndpoint | undefined,
): Promise<LocatedEndpoint> {
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
  return found.candidate;
}

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
  const values = await requestValues(services, located, false);
  const server = base ?? (values && (await services.servers.serverFor(located.folder))?.baseUrl);
  if (!values || server === undefined) return;
  const names = usedFeeds(values).map(({ name }) => name);
  const request = buildRequest(located.endpoint, server.replaceAll('{port}', '8000'), values, names);
  await env.clipboard.writeText(formatCurl(request));
  void window.showInformationMessage(l10n.t('The request was copied as a curl command.'));
}
