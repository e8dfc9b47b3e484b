import { l10n, window, type TextDocument } from 'vscode';
import type { RequestValues } from '../../core/model/request';
import { requestKey } from '../../core/request/namedRequests';
import { plainSecretsIn, savedRequest } from '../../core/request/savedRequest';
import { TEAM_FILE } from '../../core/request/teamFile';
import { editTeamFile } from '../../platform/vscode/editTeamFile';
import type { LocatedEndpoint } from '../../platform/vscode/endpoints';
import { readTeamFile } from '../../platform/vscode/readTeamFile';
import type { RunParts } from '../../services';
import { requestValues } from './requestValues';

/** Writes what is sent for an endpoint into the team file, under a name that is asked for. Fails like `savedRequest`. */
export async function saveRequest(services: RunParts, located: LocatedEndpoint): Promise<void> {
  const { endpoint, folder } = located;
  const values = await requestValues(services, located);
  if (!values) return;
  // Fails before anything is asked.
  savedRequest(values);
  const key = `${values.method} ${endpoint.path}`;
  const name = await window.showInputBox({
    title: l10n.t('Save Request: {0}', key),
    prompt: l10n.t('A name for this request; without one it is the request that is taken when none is asked for'),
    placeHolder: l10n.t('unknown author'),
    validateInput: (text) =>
      /^(?:[^\s#]+(?: [^\s#]+)*)?$/.test(text.trim()) ? undefined : l10n.t('Use words without “#”.'),
  });
  if (name === undefined) return;
  const full = requestKey(values.method, endpoint.path, name.trim() === '' ? null : name.trim());
  const { requests } = await readTeamFile(folder, services.log);
  if (!requests.has(full) || (await confirm(l10n.t('{0} is in the team file already.', full), l10n.t('Replace')))) {
    await writeRequest(located, values, full);
  }
}

/** Writes values under a key of the team file. Asks when a secret would stand in it in plain. Fails like `savedRequest`. */
export async function writeRequest({ folder }: LocatedEndpoint, values: RequestValues, key: string): Promise<void> {
  const saved = savedRequest(values);
  const secrets = plainSecretsIn(values).join(', ');
  const sentence = l10n.t('The body has {0} in plain. Write a reference like {1} instead.', secrets, '${secret:name}');
  if (secrets !== '' && !(await confirm(sentence, l10n.t('Save Nevertheless')))) return;
  const document = await editTeamFile(folder, ['requests', key], saved);
  void offerToShow(document, key);
}

async function offerToShow(document: TextDocument, key: string): Promise<void> {
  const show = l10n.t('Open');
  const sentence = l10n.t('The request is in {0} as {1}.', TEAM_FILE, key);
  if ((await window.showInformationMessage(sentence, show)) === show) await window.showTextDocument(document);
}

/** The team file goes to everybody who works on the code. */
async function confirm(sentence: string, yes: string): Promise<boolean> {
  return (await window.showWarningMessage(sentence, { modal: true }, yes)) === yes;
}
