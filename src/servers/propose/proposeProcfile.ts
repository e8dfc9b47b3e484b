import { inEnvironment, PORT_URL, type FolderFacts, type ProposedServer } from './folderFacts';
import { withPortPlace } from './portOf';

/**
 * The web process of a Procfile, and other processes that are told a port.
 *
 * Example: `web: gunicorn app:app --bind 0.0.0.0:$PORT` → `gunicorn app:app --bind 0.0.0.0:{port}` with PORT={port}.
 */
export function proposeProcfile(facts: FolderFacts): readonly ProposedServer[] {
  return [...(facts.files.get('Procfile') ?? '').matchAll(/^([\w-]+):[ \t]*(\S.*)$/gm)].flatMap(
    ([, name = '', line = '']) => {
      const told = withPortPlace(line);
      if (told === null && name !== 'web') return [];
      const command = inEnvironment(facts, (told ?? line).trim());
      return [
        {
          server: { name: `Procfile ${name}`, baseUrl: PORT_URL, start: { command, env: { PORT: '{port}' } } },
          reason: `process "${name}" in Procfile`,
        },
      ];
    },
  );
}
