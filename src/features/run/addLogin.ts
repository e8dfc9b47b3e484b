import { l10n, window } from 'vscode';
import type { LoginRequest } from '../../core/model/login';
import { parseLoginTake } from '../../core/request/login';
import { proposeValues } from '../../core/request/proposeValues';
import { plainSecretsIn, savedRequest } from '../../core/request/savedRequest';
import { editTeamFile } from '../../platform/vscode/editTeamFile';
import type { LocatedEndpoint } from '../../platform/vscode/endpoints';
import { readTeamFile } from '../../platform/vscode/readTeamFile';
import type { RunParts } from '../../services';
import { describeRequest } from '../../session/describeRequest';
import { describeError } from '../../util/errors';

const LOOKS_LIKE_LOGIN = /log-?in|sign-?in|token|auth|session/i;

/** Asks for a login and writes it into the team file, where more can be said of it. Undefined when the person gave up. */
export async function addLogin(services: RunParts, located: LocatedEndpoint): Promise<LoginRequest | undefined> {
  const title = l10n.t('A login whose token the request carries');
  const path = await askPath(services, located, title);
  if (path === undefined) return undefined;
  const body = await window.showInputBox({
    title,
    value: await proposeBody(services, located, path),
    prompt: l10n.t('The body of the login. Passwords go to the secret storage: write {0}', '${secret:password}'),
    ignoreFocusOut: true,
    validateInput: (text) =>
      plainSecretsIn({ body: { text } }).length > 0
        ? l10n.t('Write {0} in the place of the password.', '${secret:password}')
        : undefined,
  });
  if (body === undefined) return undefined;
  const token = await window.showInputBox({
    title,
    value: '$.access_token',
    prompt: l10n.t('Where the token is in the answer: a JSONPath, “header NAME” or “cookie NAME”'),
    ignoreFocusOut: true,
    validateInput: (text) => {
      try {
        parseLoginTake(text);
        return undefined;
      } catch (error) {
        return describeError(error);
      }
    },
  });
  if (token === undefined) return undefined;
  const { logins } = await readTeamFile(located.folder, services.log);
  let name = 'user';
  for (let number = 2; logins.has(name); number++) name = `user-${number}`;
  const values = { ...{ method: 'POST' as const, path: {}, query: [], headers: [] }, body: { text: body } };
  await editTeamFile(located.folder, ['logins', name], {
    path,
    ...(body === '' ? {} : { body: savedRequest(values)['body'] }),
    token: token.trim(),
  });
  return (await readTeamFile(located.folder, services.log)).logins.get(name);
}

async function askPath({ index }: RunParts, { folder }: LocatedEndpoint, title: string): Promise<string | undefined> {
  const here = index.all().filter((each) => each.folder.uri.toString() === folder.uri.toString());
  const posts = here.filter(({ endpoint }) => endpoint.method === 'POST' && !endpoint.path.includes('{'));
  const paths = [...new Set(posts.map(({ endpoint }) => endpoint.path))];
  const likely = paths.filter((path) => LOOKS_LIKE_LOGIN.test(path));
  const other = l10n.t('$(edit) Another path…');
  const items = [...likely, ...paths.filter((path) => !likely.includes(path)), other];
  const placeHolder = l10n.t('Which path logs in, with POST?');
  const chosen = items.length === 1 ? other : await window.showQuickPick(items, { title, placeHolder });
  if (chosen !== other) return chosen;
  return await window.showInputBox({
    title,
    value: '/login',
    prompt: l10n.t('The path of the login, from the server’s base URL'),
    validateInput: (text) => (/^\/[^{}\\\s]*$/.test(text) ? undefined : l10n.t('Write a path like /login.')),
  });
}

/** What an OpenAPI document says of the login, with references in the place of what is secret. */
async function proposeBody(
  { index, memory, session }: RunParts,
  { folder }: LocatedEndpoint,
  path: string,
): Promise<string> {
  const located = index
    .all()
    .find(
      ({ endpoint, folder: own }) =>
        own.uri.toString() === folder.uri.toString() && endpoint.method === 'POST' && endpoint.path === path,
    );
  const fallback = '{"username": "", "password": "${secret:password}"}';
  if (!located) return fallback;
  const places = {
    folder: folder.uri.scheme === 'file' ? folder.uri.fsPath : null,
    baseUrl: memory.server(folder.uri.toString())?.baseUrl ?? null,
    resolveHost: session.resolveHost,
  };
  const described = await describeRequest(located.endpoint, places, new AbortController().signal);
  const { body } = proposeValues(located.endpoint, undefined, described);
  if (!body || !('text' in body) || body.text === '{}') return fallback;
  return body.text.replace(/("[^"]*pass[^"]*"\s*:\s*)"[^"]*"/i, '$1"${secret:password}"');
}
