import { sep } from 'node:path';
import type { ListeningProcess } from '../core/model/server';
import { nameProcess } from './processName';
import { listPids, readArguments, readCwd, readSocketInodes, readStat, readTcpSockets, type TcpSocket } from './procFs';

export interface ListeningResult {
  /** One for each port, ordered by port. */
  readonly processes: readonly ListeningProcess[];
  /** Why nothing could be looked up here, as a sentence; null when the list is what there is. */
  readonly reason: string | null;
}

/**
 * The processes of this user that listen on a TCP port of this machine, from Linux's /proc without any tool. A pool of
 * workers on one port is named by its eldest. Never fails: elsewhere the list is empty and `reason` says so.
 */
export function listeningProcesses(): ListeningResult {
  if (process.platform !== 'linux') {
    return {
      processes: [],
      reason: 'Running servers cannot be found on this system yet: type the address of your server.',
    };
  }
  const sockets = new Map(
    readTcpSockets()
      .filter((each) => each.isListening)
      .map((each) => [each.inode, each]),
  );
  const byPort = new Map<number, { socket: TcpSocket; pids: Set<number> }>();
  for (const pid of listPids()) {
    for (const inode of readSocketInodes(pid)) {
      const socket = sockets.get(inode);
      if (!socket) continue;
      const known = byPort.get(socket.localPort) ?? { socket, pids: new Set<number>() };
      known.pids.add(pid);
      byPort.set(socket.localPort, known);
    }
  }
  const processes = [...byPort.values()].flatMap(({ socket, pids }) => describe(socket, eldestOf(pids)) ?? []);
  return { processes: processes.sort((a, b) => a.port - b.port), reason: null };
}

/** The processes that work in `folder` (absolute) or name it on their command line. This program's own are left out. */
export function forWorkspace(processes: readonly ListeningProcess[], folder: string): readonly ListeningProcess[] {
  const root = folder.endsWith(sep) ? folder.slice(0, -1) : folder;
  const isWithin = (path: string): boolean => path === root || path.startsWith(root + sep);
  return processes.filter(
    ({ pid, cwd, commandLine }) =>
      pid !== process.pid &&
      pid !== process.ppid &&
      ((cwd !== null && isWithin(cwd)) || commandLine.split(' ').some((part) => isWithin(part))),
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
  const eldest = eldestOf(pids);
  return [eldest, ...[...pids].filter((pid) => pid !== eldest)];
}

/** The one whose parent is not among them; of several, the one with the lowest pid. */
function eldestOf(pids: ReadonlySet<number>): number {
  const roots = [...pids].filter((pid) => !pids.has(readStat(pid)?.parentPid ?? 0));
  return Math.min(...(roots.length > 0 ? roots : pids));
}

function describe(socket: TcpSocket, pid: number): ListeningProcess | null {
  const stat = readStat(pid);
  if (!stat) return null;
  const args = readArguments(pid);
  return {
    pid,
    name: `${nameProcess(args, stat.name)}, :${socket.localPort}`,
    commandLine: args.join(' '),
    cwd: readCwd(pid),
    host: reachable(socket.localAddress),
    port: socket.localPort,
  };
}

/** `::` nearly always takes IPv4 as well, and containers often have it without having `::1`. */
function reachable(address: string): string {
  return address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
}
