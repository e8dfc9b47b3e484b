import { delimiter } from 'node:path';
import type { Server } from '../core/model/server';

/**
 * A server as it is started in a copy of its folder: whatever names the original by its absolute path names the copy, or both
 * sides would run the same code. `env` comes on top, a PYTHONPATH in front of the server's own or the inherited one.
 *
 * Example: in the copy `/c/a` of `/p`, `/p/.venv/bin/flask run` is `/c/a/.venv/bin/flask run`.
 */
export function serverInCopy(
  server: Server,
  original: string,
  copy: string,
  env: Readonly<Record<string, string>>,
): Server {
  const { start } = server;
  if (!start) return server;
  const move = (text: string): string => moved(text, original, copy);
  const own = Object.fromEntries(Object.entries(start.env ?? {}).map(([name, value]) => [name, move(value)]));
  const behind = own['PYTHONPATH'] ?? process.env['PYTHONPATH'];
  const ahead = env['PYTHONPATH'];
  const path = ahead === undefined ? {} : { PYTHONPATH: [ahead, ...(behind ? [behind] : [])].join(delimiter) };
  return {
    ...server,
    start: {
      ...start,
      command: move(start.command),
      ...(start.cwd === undefined ? {} : { cwd: move(start.cwd) }),
      ...(start.prepare === undefined ? {} : { prepare: move(start.prepare) }),
      env: { ...own, ...env, ...path },
    },
  };
}

function moved(text: string, original: string, copy: string): string {
  const place = original.replace(/[/\\]+$/, '');
  if (place === '') return text;
  const escaped = place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\w./\\\\-])${escaped}(?![\\w.-])`, 'g'), () => copy);
}
