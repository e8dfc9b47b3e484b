import { sep } from 'node:path';
import type { ListeningProcess } from '../core/model/server';
import { nameListener } from './nameListener';
import { splitCommandLine } from './splitCommandLine';
import { listPids, readArguments, readCwd, readSocketInodes, readStat, readTcpSockets } from './procFs';
import { systemTables, type SystemTables } from './tables/systemTables';

export interface ListeningResult {
  /** One for each port, ordered by port. */
  readonly processes: readonly ListeningProcess[];
  /** Why nothing could be looked up here, as a sentence; null when the list is what there is. */
  readonly reason: string | null;
}

/**
 * The processes of this user that listen on a TCP port of this machine: from /proc on Linux, from lsof and ps on macOS, from
 * netstat and PowerShell on Windows. A pool of workers on one port is named by its eldest. Never fails: elsewhere the list is
 * empty and `reason` says so.
 */
export async function listeningProcesses(
  tables: SystemTables | null = systemTables(process.platform),
): Promise<ListeningResult> {
  if (tables) {
    try {
      return { processes: await fromTables(tables), reason: null };
    } finally {
      tables.close?.();
    }
  }
  if (process.platform === 'linux') return { processes: fromProc(), reason: null };
  const reason = 'Running servers cannot be found on this system: type the address of your server.';
  return { processes: [], reason };
}

function fromProc(): readonly ListeningProcess[] {
  const sockets = new Map(
    readTcpSockets()
      .filter((each) => each.isListening)
      .map((each) => [each.inode, each]),
  );
  const held = listPids().flatMap((pid) =>
    readSocketInodes(pid).flatMap((inode) => {
      const socket = sockets.get(inode);
      return socket ? [{ pid, address: socket.localAddress, port: socket.localPort }] : [];
    }),
  );
  return describeListeners(held, (pid) => {
    const stat = readStat(pid);
    return stat && { parentPid: stat.parentPid, name: stat.name, args: readArguments(pid), cwd: readCwd(pid) };
  });
}

async function fromTables(tables: SystemTables): Promise<readonly ListeningProcess[]> {
  const held = (await tables.sockets())
    .filter(({ remote }) => remote === null)
    .map(({ pid, localAddress, localPort }) => ({ pid, address: localAddress, port: localPort }));
  const pids = [...new Set(held.map(({ pid }) => pid))];
  const [rows, folders] = await Promise.all([tables.processes(pids), tables.folders(pids)]);
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  return describeListeners(held, (pid) => {
    const row = byPid.get(pid);
    return row ? { ...row, cwd: folders.get(pid) ?? null } : null;
  });
}

interface Held {
  readonly pid: number;
  readonly address: string;
  readonly port: number;
}

interface Holder {
  readonly parentPid: number;
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string | null;
}

function describeListeners(held: readonly Held[], look: (pid: number) => Holder | null): readonly ListeningProcess[] {
  const byPort = new Map<number, { address: string; pids: Set<number> }>();
  for (const { pid, address, port } of held) {
    const known = byPort.get(port) ?? { address, pids: new Set<number>() };
    known.pids.add(pid);
    byPort.set(port, known);
  }
  const processes = [...byPort].flatMap(([port, { address, pids }]): ListeningProcess[] => {
    const pid = eldestOf(pids, (each) => look(each)?.parentPid);
    const holder = look(pid);
    if (!holder) return [];
    const { name, args, cwd } = holder;
    const title = nameListener(args, name, pids.size);
    return [{ pid, name: `${title}, :${port}`, commandLine: args.join(' '), cwd, host: reachable(address), port }];
  });
  return processes.sort((a, b) => a.port - b.port);
}

/** The processes that work in `folder` (absolute) or name it on their command line. This program's own are left out. */
export function forWorkspace(processes: readonly ListeningProcess[], folder: string): readonly ListeningProcess[] {
  const root = folder.endsWith(sep) ? folder.slice(0, -1) : folder;
  const isWithin = (path: string): boolean => path === root || path.startsWith(root + sep);
  return processes.filter(
    ({ pid, cwd, commandLine }) =>
      pid !== process.pid &&
      pid !== process.ppid &&
      ((cwd !== null && isWithin(cwd)) || splitCommandLine(commandLine).some((part) => isWithin(part))),
  );
}

/** The pids that listen on a port, eldest first. */
export function findListeners(port: number): readonly number[] {
  const inodes = new Set(
    readTcpSockets()
      .filter((socket) => socket.isListening && socket.localPort === port)
      .map(({ inode }) => inode),
  );
  if (inodes.size === 0) return [];
  const pids = new Set(listPids().filter((pid) => readSocketInodes(pid).some((inode) => inodes.has(inode))));
  if (pids.size === 0) return [];
  const eldest = eldestOf(pids, (pid) => readStat(pid)?.parentPid);
  return [eldest, ...[...pids].filter((pid) => pid !== eldest)];
}

/** The one whose parent is not among them; of several, the one with the lowest pid. */
function eldestOf(pids: ReadonlySet<number>, parentOf: (pid: number) => number | undefined): number {
  const roots = [...pids].filter((pid) => !pids.has(parentOf(pid) ?? 0));
  return Math.min(...(roots.length > 0 ? roots : pids));
}

/** `::` nearly always takes IPv4 as well, and containers often have it without having `::1`. */
function reachable(address: string): string {
  return address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
}
