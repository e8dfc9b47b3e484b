import { l10n, window } from 'vscode';
import type { RequestValues } from '../../core/model/request';
import { proposeValues } from '../../core/request/proposeValues';
import { namedRequests, type NamedRequest } from '../../core/request/namedRequests';
import type { DescribedValues } from '../../core/request/openApiValues';
import { hideSecretValues } from '../../core/request/secrets';
import { withTeamRequest } from '../../core/request/teamValues';
import { showFeeds, takeFeeds } from '../../core/request/typedFeeds';
import { referenceTo, type LocatedEndpoint } from '../../platform/vscode/endpoints';
import { readTeamFile } from '../../platform/vscode/readTeamFile';
import type { RunParts } from '../../services';
import { UserError } from '../../util/errors';
import { describeRequest } from '../../session/describeRequest';
import { askSteps, requestTitle } from './askSteps';
import { requiredSteps } from './requestSteps';

/**
 * What to send for an endpoint: what was remembered, else what the team file says, else proposals that the person confirms.
 * Asks only when something is needed that nobody has said yet. Undefined when the person gave up.
 */
export async function requestValues(services: RunParts, located: LocatedEndpoint): Promise<RequestValues | undefined> {
  const { endpoint, folder } = located;
  const reference = referenceTo(located);
  const remembered = await withoutPlainSecrets(services, located, services.memory.values(reference));
  const described = remembered ? undefined : await describe(services, located);
  const proposed = proposeValues(endpoint, remembered, described);
  const title = requestTitle(endpoint.method, endpoint.path);
  const written = namedRequests(await readTeamFile(folder, services.log), proposed.method, endpoint.path);
  const chosen = remembered ? null : await chooseRequest(written, title);
  if (chosen === undefined) return undefined;
  const start = chosen ? withTeamRequest(endpoint, proposed, chosen.request) : proposed;
  // A parameter that came into the code after the values were kept has to be asked for as well.
  const isNew = remembered && endpoint.parameters.some((each) => each.in === 'path' && !(each.name in remembered.path));
  const asked = (remembered && !isNew) || chosen ? [] : requiredSteps(endpoint);
  if (asked.length === 0) return start;
  const typed = await askSteps(title, asked, showFeeds(start));
  const values = await withoutPlainSecrets(services, located, typed && takeFeeds(endpoint, typed));
  if (values) await services.memory.rememberValues(reference, values);
  return values;
}

/** What is sent for an endpoint without asking anybody: what was sent last, else what the team wrote down, else proposals. */
export async function knownValues(services: RunParts, located: LocatedEndpoint): Promise<RequestValues> {
  const { endpoint, folder } = located;
  const remembered = await withoutPlainSecrets(services, located, services.memory.values(referenceTo(located)));
  const described = remembered ? undefined : await describe(services, located);
  const proposed = proposeValues(endpoint, remembered, described);
  if (remembered) return proposed;
  const [written] = namedRequests(await readTeamFile(folder, services.log), proposed.method, endpoint.path);
  return written ? withTeamRequest(endpoint, proposed, written.request) : proposed;
}

/** What the team's request of a name says to send. Rejects with `no-request` when there is none. */
export async function namedValues(
  services: RunParts,
  located: LocatedEndpoint,
  name: string,
): Promise<RequestValues | undefined> {
  const { endpoint, folder } = located;
  const proposed = proposeValues(endpoint, undefined, await describe(services, located));
  const written = namedRequests(await readTeamFile(folder, services.log), proposed.method, endpoint.path);
  const found = written.find((each) => each.name === name);
  if (!found) {
    throw new UserError(
      'no-request',
      l10n.t('The team file has no request “{0}” for {1} {2}.', name, endpoint.method, endpoint.path),
    );
  }
  return withTeamRequest(endpoint, proposed, found.request);
}

/** The request of the team file to begin with, asked for when there are several; null without one, undefined when the person gave up. */
async function chooseRequest(
  written: readonly NamedRequest[],
  title: string,
): Promise<NamedRequest | null | undefined> {
  if (written.every(({ name }) => name === null)) return written[0] ?? null;
  const items = written.map((each) => ({ label: each.name ?? l10n.t('Without a name'), choice: each }));
  const placeHolder = l10n.t('Which of the team’s requests?');
  return (await window.showQuickPick(items, { title, placeHolder }))?.choice;
}

/** What an OpenAPI document of the folder, or of the server that was chosen last, says of the request. */
export async function describe(
  { memory, session }: RunParts,
  { endpoint, folder }: LocatedEndpoint,
): Promise<DescribedValues | undefined> {
  const places = {
    folder: folder.uri.scheme === 'file' ? folder.uri.fsPath : null,
    baseUrl: memory.server(folder.uri.toString())?.baseUrl ?? null,
    resolveHost: session.resolveHost,
  };
  return await describeRequest(endpoint, places, new AbortController().signal);
}

/** Moves secrets that stand in plain among the values to the secret storage, and says so. */
export async function withoutPlainSecrets(
  { secrets, memory }: RunParts,
  located: LocatedEndpoint,
  values: RequestValues | undefined,
): Promise<RequestValues | undefined> {
  if (!values) return undefined;
  const folder = located.folder.uri.fsPath;
  const { request, hidden } = hideSecretValues(values, await secrets.all(folder));
  if (hidden.size === 0) return values;
  await secrets.set(folder, hidden);
  await memory.rememberValues(referenceTo(located), request);
  const names = [...hidden.keys()].map((name) => `\${secret:${name}}`).join(', ');
  void window.showInformationMessage(
    l10n.t(
      'What is secret in the request was moved to the secret storage of VS Code; the request refers to it as {0}.',
      names,
    ),
  );
  return request;
}
