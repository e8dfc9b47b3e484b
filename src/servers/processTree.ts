import { listPids, readSocketInodes, readStat, readTcpSockets, type ProcessStat } from './procFs';

/** Every process of this machine by the one that started it. */
export type ChildrenByParent = ReadonlyMap<number, readonly { readonly pid: number }[]>;

/** One look at all processes. */
export function readChildren(): ChildrenByParent {
  const byParent = new Map<number, ProcessStat[]>();
  for (const pid of listPids()) {
    const stat = readStat(pid);
    if (!stat) continue;
    const siblings = byParent.get(stat.parentPid);
    if (siblings) siblings.push(stat);
    else byParent.set(stat.parentPid, [stat]);
  }
  return byParent;
}

/** The processes themselves and all that descend from them. */
export function descendants(roots: Iterable<number>, children: ChildrenByParent): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [...roots];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    if (found.has(pid)) continue;
    found.add(pid);
    open.push(...(children.get(pid) ?? []).map((child) => child.pid));
  }
  return found;
}

/** The processes at the other end of the connections that the tree opened itself; those that came to its port are clients. */
export function peersOf(tree: ReadonlySet<number>, port: number): readonly number[] {
  const sockets = readTcpSockets();
  const own = new Set([...tree].flatMap(readSocketInodes));
  const wanted = new Set(
    sockets
      .filter((socket) => own.has(socket.inode) && !socket.isListening && socket.localPort !== port)
      .map((socket) => `${socket.remoteAddress}:${socket.remotePort} ${socket.localAddress}:${socket.localPort}`),
  );
  if (wanted.size === 0) return [];
  const inodes = new Set(
    sockets
      .filter((socket) =>
        wanted.has(`${socket.localAddress}:${socket.localPort} ${socket.remoteAddress}:${socket.remotePort}`),
      )
      .map(({ inode }) => inode),
  );
  if (inodes.size === 0) return [];
  return listPids().filter(
    (pid) => !tree.has(pid) && pid !== process.pid && readSocketInodes(pid).some((inode) => inodes.has(inode)),
  );
}

/** The process that a service started with: the parent while it has the same name, as PostgreSQL's backends have theirs. */
export function serviceRoot(pid: number): number {
  const stat = readStat(pid);
  const parent = stat && readStat(stat.parentPid);
  return parent && parent.name === stat.name ? parent.pid : pid;
}
