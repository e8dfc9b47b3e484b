import { basename } from 'node:path';
import type { FolderFacts, ProposedServer } from './folderFacts';

/**
 * Services of docker compose files with a port that they publish on this machine. They are shown with the command that a
 * person may run; they have none of their own, so that nothing here ever runs it.
 *
 * Example: service `web` with `ports: ["8000:80"]` → `http://127.0.0.1:8000`, "docker compose up web".
 */
export function composePorts({ files }: FolderFacts): readonly ProposedServer[] {
  return [...files].flatMap(([file, text]) =>
    /^(docker-)?compose\.ya?ml$/.test(basename(file))
      ? publishedPorts(text).map(({ service, port }) => ({
          server: { name: `compose ${service}`, baseUrl: `http://127.0.0.1:${port}` },
          reason: `${file} publishes port ${port}: run “docker compose up ${service}” yourself first`,
        }))
      : [],
  );
}

interface Published {
  readonly service: string;
  readonly port: number;
}

/** Reads the lines of a compose file as they are usually written; YAML's rarer spellings are passed over. */
function publishedPorts(text: string): readonly Published[] {
  const found: Published[] = [];
  let service: string | null = null;
  let inServices = false;
  let portsIndent = -1;
  let serviceIndent = -1;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const indent = line.length - line.trimStart().length;
    const key = /^(\s*)["']?([\w.-]+)["']?:\s*(.*)$/.exec(line);
    if (indent === 0) inServices = key?.[2] === 'services';
    else if (inServices && key && (serviceIndent < 0 || indent === serviceIndent)) {
      serviceIndent = indent;
      service = key[2] ?? null;
      portsIndent = -1;
    } else if (service !== null && key?.[2] === 'ports') {
      portsIndent = indent;
      for (const [, entry = ''] of (key[3] ?? '').matchAll(/["']?([\d.:]+(?:\/tcp)?)["']?/g)) add(service, entry);
    } else if (service !== null && portsIndent >= 0) {
      const entry = /^\s*-\s*["']?([\d.:[\]]+)(?:\/tcp)?["']?\s*(?:#.*)?$/.exec(line)?.[1];
      const long = /^\s*(?:-\s*)?published:\s*["']?(\d+)/.exec(line)?.[1];
      if (entry !== undefined) add(service, entry);
      else if (long !== undefined) found.push({ service, port: Number(long) });
      else if (indent <= portsIndent && !line.trimStart().startsWith('-')) portsIndent = -1;
    }
  }
  return found;

  function add(name: string, entry: string): void {
    // `8000:80` and `127.0.0.1:8000:80`; a port alone is published on one that nobody knows yet.
    const port = /(?:^|:)(\d{2,5}):\d{2,5}$/.exec(entry.replace(/\/tcp$/, ''))?.[1];
    if (port !== undefined) found.push({ service: name, port: Number(port) });
  }
}
