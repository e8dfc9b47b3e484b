import { parseEnd, type SocketRow } from './rows';

/** Lists every TCP socket with numbers for names: a process, its descriptors, of each the ends and the state. */
export const LSOF_SOCKETS = ['-nP', '-iTCP', '-F', 'pfnT'] as const;

/** Lists the working directories of processes. */
export function lsofFolders(pids: readonly number[]): readonly string[] {
  return ['-a', '-d', 'cwd', '-p', pids.join(','), '-F', 'pfn'];
}

/**
 * Parses what `lsof -F` prints: one field a line, its kind first.
 *
 * Example: `p42`, `f3`, `n127.0.0.1:8000`, `TST=LISTEN` → process 42 listens on 127.0.0.1:8000.
 */
export function parseLsofSockets(text: string): readonly SocketRow[] {
  const rows: SocketRow[] = [];
  let pid = 0;
  let name = '';
  let state = '';
  const flush = (): void => {
    const [from = '', to] = name.split('->');
    const local = parseEnd(from);
    const remote = to === undefined ? null : parseEnd(to);
    const isListening = state === 'LISTEN' || (state === '' && to === undefined);
    if (local && (remote !== null || isListening))
      rows.push({ pid, localAddress: local.address, localPort: local.port, remote });
    name = state = '';
  };
  for (const line of text.split(/\r?\n/)) {
    const value = line.slice(1);
    if (line.startsWith('p') || line.startsWith('f')) flush();
    if (line.startsWith('p')) pid = Number(value);
    else if (line.startsWith('n')) name = value;
    else if (line.startsWith('TST=')) state = line.slice(4);
  }
  flush();
  return rows;
}

/** Parses the working directories that `lsof -d cwd -F pfn` prints, by pid. */
export function parseLsofFolders(text: string): ReadonlyMap<number, string> {
  const folders = new Map<number, string>();
  let pid = 0;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('p')) pid = Number(line.slice(1));
    else if (line.startsWith('n/')) folders.set(pid, line.slice(1));
  }
  return folders;
}
