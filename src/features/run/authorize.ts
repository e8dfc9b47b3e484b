import { l10n, window, type QuickPickItem } from 'vscode';
import { basicCredentials, withAuthorization, type Authorization } from '../../core/request/authorization';
import { proposeValues } from '../../core/request/proposeValues';
import { referenceTo, type LocatedEndpoint } from '../../platform/vscode/endpoints';
import { readTeamFile } from '../../platform/vscode/readTeamFile';
import type { SecretStore } from '../../platform/vscode/secretStore';
import type { RunParts } from '../../services';
import { addLogin } from './addLogin';

/** Asks how an endpoint is told who asks; the secret goes to the secret storage, the request refers to it. */
export async function setAuthorization(services: RunParts, located: LocatedEndpoint): Promise<void> {
  const { endpoint, folder } = located;
  const title = l10n.t('Authorization: {0} {1}', endpoint.method, endpoint.path);
  const how = await askHow(services, located, title);
  if (!how) return;
  const reference = referenceTo(located);
  const values = services.memory.values(reference) ?? proposeValues(endpoint);
  if (how.kind === 'none' || how.kind === 'login') {
    await services.memory.rememberValues(reference, withAuthorization(values, how, ''));
    if (how.kind === 'login') tell(endpoint, `\${login:${how.login.name}}`);
    return;
  }
  const known = [...(await services.secrets.all(folder.uri.fsPath)).keys()];
  const secret = await askName(title, known, 'name' in how ? how.name.toLowerCase() : how.kind);
  if (secret === undefined) return;
  if (!known.includes(secret)) {
    const value =
      how.kind === 'basic' ? await askCredentials(services.secrets, title) : await services.secrets.ask(secret);
    if (value === undefined) return;
    await services.secrets.set(folder.uri.fsPath, new Map([[secret, value]]));
  }
  await services.memory.rememberValues(reference, withAuthorization(values, how, secret));
  tell(endpoint, `\${secret:${secret}}`);
}

function tell({ method, path }: LocatedEndpoint['endpoint'], reference: string): void {
  void window.showInformationMessage(l10n.t('Requests to {0} {1} now refer to {2}.', method, path, reference));
}

/** Gives a secret of a folder another value, or takes it away when nothing is typed. */
export async function setSecret({ secrets }: RunParts, folder: string): Promise<void> {
  const title = l10n.t('Secret');
  const name = await askName(title, [...(await secrets.all(folder)).keys()], 'token');
  if (name === undefined) return;
  const value = await secrets.ask(name);
  if (value !== undefined) await secrets.set(folder, new Map([[name, value]]));
}

interface WayItem extends QuickPickItem {
  /** Null for a login that is yet to be described. */
  readonly way: Authorization | null;
}

async function askHow(services: RunParts, located: LocatedEndpoint, title: string): Promise<Authorization | undefined> {
  const { logins } = await readTeamFile(located.folder, services.log);
  const items: readonly WayItem[] = [
    { label: l10n.t('Bearer token'), description: 'Authorization: Bearer …', way: { kind: 'bearer' } },
    { label: l10n.t('User and password'), description: 'Authorization: Basic …', way: { kind: 'basic' } },
    { label: l10n.t('API key in a header'), description: 'X-API-Key: …', way: { kind: 'header', name: 'X-API-Key' } },
    { label: l10n.t('API key in the query'), description: '?api_key=…', way: { kind: 'query', name: 'api_key' } },
    { label: l10n.t('Cookie'), description: 'Cookie: session=…', way: { kind: 'cookie', name: 'session' } },
    ...[...logins.values()].map((login) => ({
      label: l10n.t('Login “{0}”', login.name),
      description: `${login.method} ${login.path}`,
      way: { kind: 'login', login } as const,
    })),
    { label: l10n.t('A login request…'), description: l10n.t('Sent once before the load'), way: null },
    { label: l10n.t('None'), description: l10n.t('Take it out of the request'), way: { kind: 'none' } },
  ];
  const chosen = await window.showQuickPick(items, { title, placeHolder: l10n.t('How is the server told who asks?') });
  if (!chosen) return undefined;
  const { way, label } = chosen;
  if (way === null) {
    const login = await addLogin(services, located);
    return login && { kind: 'login', login };
  }
  if (!('name' in way)) return way;
  const name = await window.showInputBox({
    title,
    value: way.name,
    prompt: label,
    validateInput: (text) => (/^[\w.-]+$/.test(text) ? undefined : l10n.t('Use letters, digits, “-” and “_”.')),
  });
  return name === undefined ? undefined : { ...way, name };
}

async function askName(title: string, known: readonly string[], proposed: string): Promise<string | undefined> {
  const fresh = l10n.t('$(add) A new secret…');
  if (known.length > 0) {
    const placeHolder = l10n.t('Which secret?');
    const chosen = await window.showQuickPick([...known, fresh], { title, placeHolder });
    if (chosen !== fresh) return chosen;
  }
  return await window.showInputBox({
    title,
    value: known.includes(proposed) ? '' : proposed,
    prompt: l10n.t('A name for the secret, which requests refer to'),
    validateInput: (text) =>
      /^[A-Za-z_][\w.-]*$/.test(text) ? undefined : l10n.t('Use letters, digits, “-” and “_”.'),
  });
}

/** Asks for user and password, as one secret that follows `Basic`. Undefined when the person gave up. */
export async function askCredentials(secrets: SecretStore, title: string): Promise<string | undefined> {
  const user = await window.showInputBox({ title, prompt: l10n.t('User') });
  if (user === undefined) return undefined;
  const password = await secrets.ask(user);
  return password === undefined ? undefined : basicCredentials(user, password);
}
