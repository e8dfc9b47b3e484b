import { l10n, window } from 'vscode';
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
  const values = await requestValues(services, located, false);
  if (!values) return;
  const saved = savedRequest(values);
  const key = `${values.method} ${endpoint.path}`;
  const name = await window.showInputBox({
    title: l10n.t('Save Request: {0}', key),
    prompt: l10n.t('A name for this request; without one it is the request that is taken when none is asked for'),
    placeHolder: l10n.t('unknown author'),
    validateInput: (text) =>
      /^(?:[^\s#]+(?: [^\s#]+)*)?$/.test(text.trim()) ? undefined : l10n.t('Use words without “#”.'),
  });
  if (name === undefined) return;
  const full = name.trim() === '' ? key : `${key} #${name.trim()}`;
  const { requests } = await readTeamFile(folder, services.log);
  if (!(await confirm(requests.has(full), full, plainSecretsIn(values)))) return;
  const document = await editTeamFile(folder, ['requests', full], saved);
  const show = l10n.t('Open');
  const sentence = l10n.t('The request is in {0} as {1}.', TEAM_FILE, full);
  if ((await window.showInformationMessage(sentence, show)) === show) await window.showTextDocument(document);
}

/** The team file goes to everybody who works on the code. */
async function confirm(isThere: boolean, name: string, secrets: readonly string[]): Promise<boolean> {
  if (!isThere && secrets.length === 0) return true;
  const sentence =
    secrets.length > 0
      ? l10n.t('The body has {0} in plain. Write a reference like {1} instead.', secrets.join(', '), '${secret:name}')
      : l10n.t('{0} is in the team file already.', name);
  const yes = secrets.length > 0 ? l10n.t('Save Nevertheless') : l10n.t('Replace');
  return (await window.showWarningMessage(sentence, { modal: true }, yes)) === yes;
}
