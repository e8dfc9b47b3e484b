import { Uri, env, l10n, window, workspace, type QuickPickItem } from 'vscode';
import { parseCurl } from '../../core/request/curl';
import { readHar, type HarEntry } from '../../core/request/har';
import { parseHttpFile } from '../../core/request/httpFile';
import { endpointOfImport } from '../../core/request/importedRequest';
import type { LocatedEndpoint } from '../../platform/vscode/endpoints';
import type { Services } from '../../services';
import { UserError } from '../../util/errors';
import { takeRequest, type TakenRequest } from './takeRequest';

/** More archives than anybody looks through. */
const MOST_FILES = 50;
const LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Takes the curl command of the clipboard for the request of the endpoint it is for. Nothing is sent. Fails with what reading
 * the command fails with, and like `takeRequest`.
 */
export async function importCurl(services: Services, argument: unknown): Promise<void> {
  const { request } = parseCurl(await env.clipboard.readText());
  await offer(services, await takeRequest(services, request, services.targets.direct(argument), false));
}

/**
 * Takes one request of an HTTP archive for that of its endpoint; the archive is asked for unless it is the argument. Fails
 * like `readHar` and `takeRequest`.
 */
export async function importHar(services: Services, argument: unknown): Promise<void> {
  const uri = argument instanceof Uri ? argument : await askFile();
  if (!uri) return;
  const { size } = await workspace.fs.stat(uri);
  if (size > LIMIT_BYTES)
    throw new UserError('har-invalid', l10n.t('The archive is larger than 64 MB: save one with fewer requests.'));
  const entry = await askEntry(services, readHar(new TextDecoder().decode(await workspace.fs.readFile(uri))));
  if (entry) await offer(services, await takeRequest(services, entry.read().request, undefined, false));
}

/** Takes a request of a `.http` file, `{ uri, line }` of its lens, for that of its endpoint, and benchmarks it. */
export async function benchmarkHttpRequest(services: Services, argument: unknown): Promise<void> {
  if (typeof argument !== 'object' || argument === null || !('uri' in argument) || !('line' in argument)) return;
  services.runs.requireReady();
  const document = await workspace.openTextDocument(Uri.parse(String(argument.uri)));
  const found = parseHttpFile(document.getText()).find(({ line }) => line === argument.line);
  if (!found?.request)
    throw new UserError('http-file', found?.problem ?? l10n.t('There is no request in this line any more.'));
  await benchmark(services, await takeRequest(services, found.request, undefined, true));
}

async function offer(services: Services, taken: TakenRequest): Promise<void> {
  const { method, path } = taken.located.endpoint;
  const start = l10n.t('Benchmark');
  const sentence = l10n.t('This is what is sent to {0} {1} from now on.', method, path);
  if ((await window.showInformationMessage(sentence, start)) === start) await benchmark(services, taken);
}

async function benchmark({ runs }: Services, { located, server }: TakenRequest): Promise<void> {
  await runs.benchmark(located, { compare: false, ...(server ? { server } : {}) });
}

async function askFile(): Promise<Uri | undefined> {
  const files = await workspace.findFiles('**/*.har', '**/node_modules/**', MOST_FILES);
  const browse = { label: l10n.t('$(folder-opened) Another file…'), uri: undefined };
  if (files.length > 0) {
    const items = files.map((uri) => ({ label: workspace.asRelativePath(uri), uri }));
    const placeHolder = l10n.t(
      'Which HTTP archive? Browsers save one from the list of requests in their developer tools.',
    );
    const chosen = await window.showQuickPick([...items, browse], { placeHolder });
    if (!chosen?.uri) return chosen && (await browseFile());
    return chosen.uri;
  }
  return await browseFile();
}

async function browseFile(): Promise<Uri | undefined> {
  const filters = { [l10n.t('HTTP archives')]: ['har'] };
  return (await window.showOpenDialog({ title: l10n.t('HTTP archive'), filters }))?.[0];
}

/** Those that an endpoint of this workspace answers: an archive is full of pictures and style sheets. */
async function askEntry({ index }: Services, entries: readonly HarEntry[]): Promise<HarEntry | undefined> {
  const endpoints = index.all();
  const items = entries.flatMap((entry): (QuickPickItem & { readonly entry: HarEntry })[] => {
    const found = endpointOf(endpoints, entry);
    if (!found) return [];
    const { host, pathname, search } = new URL(entry.url);
    const { method, path, handler } = found.endpoint;
    const label = `${entry.method} ${pathname}${search}`;
    return [{ entry, label, description: `${entry.status ?? ''} ${host}`, detail: `${method} ${path} · ${handler}` }];
  });
  if (items.length === 0) {
    throw new UserError(
      'import-no-route',
      l10n.t('None of the {0} requests of the archive is for an endpoint of this workspace.', entries.length),
    );
  }
  const options = { matchOnDescription: true, matchOnDetail: true, placeHolder: l10n.t('Which request?') };
  return (await window.showQuickPick(items, options))?.entry;
}

function endpointOf(endpoints: readonly LocatedEndpoint[], entry: HarEntry): LocatedEndpoint | undefined {
  try {
    return endpointOfImport(endpoints, entry.read().request)?.candidate;
  } catch {
    return undefined;
  }
}
