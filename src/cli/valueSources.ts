import { resolve } from 'node:path';
import type { LoginRequest } from '../core/model/login';
import { TEAM_FILE } from '../core/request/teamFile';
import type { SessionServices } from '../session/benchmarkOrder';
import { envOfFiles } from '../session/envFiles';
import { secretsOfEnvironment } from '../session/secrets';
import type { BenchOptions } from './benchOptions';
import { readBody } from './readBody';
import { readTeamFile } from './readTeamFile';
import { usageError } from './values';

type Options = Pick<BenchOptions, 'dir' | 'login' | 'envFiles' | 'route'>;

/** Where the command line finds what references stand for: its environment, environment files, logins typed or of the team. */
export function valueSources(options: Options): Required<Pick<SessionServices, 'secretOf' | 'envOf' | 'loginOf'>> {
  const { dir, envFiles } = options;
  const envOf = envOfFiles(async () => {
    if (envFiles.length > 0) return { files: envFiles.map((file) => resolve(file)), confined: false };
    return { files: (await readTeamFile(dir)).envFiles, confined: true };
  });
  return {
    secretOf: secretsOfEnvironment(process.env),
    envOf: (name) => envOf(name, resolve(dir)),
    loginOf: async (name) => {
      const typed = await typedLogin(options);
      return typed?.name === name ? typed : (await readTeamFile(dir)).logins.get(name);
    },
  };
}

/** The login that was typed or named, whole; null when there is none. Fails with `usage`. */
export async function typedLogin({ dir, login, route }: Options): Promise<LoginRequest | null> {
  if (login === null) return null;
  if ('take' in login) {
    return login.body && 'text' in login.body
      ? { ...login, body: { text: await readBody(login.body.text, '--login-body') } }
      : login;
  }
  if (route === null) throw usageError('--login NAME goes with --route; with a URL write the login out.');
  const { logins } = await readTeamFile(dir);
  const found = logins.get(login.name);
  if (found) return found;
  const names = [...logins.keys()].join(', ');
  throw usageError(`There is no login "${login.name}" in ${TEAM_FILE}; there is ${names === '' ? 'none' : names}.`);
}
