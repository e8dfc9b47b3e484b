import type { ChildrenByParent } from '../processTree';
import type { ProcessRow, SocketRow } from './rows';

/** The pids that listen on a port; with the processes at hand, the eldest first: the one whose parent is not among them. */
export function listenersIn(
  sockets: readonly SocketRow[],
  port: number,
  rows: readonly ProcessRow[] = [],
): readonly number[] {
  const pids = new Set(
    sockets.filter(({ remote, localPort }) => remote === null && localPort === port).map(({ pid }) => pid),
  );
  const parents = new Map(rows.map(({ pid, parentPid }) => [pid, parentPid]));
  const isChild = (pid: number): boolean => pids.has(parents.get(pid) ?? -1);
  return [...pids].sort((a, b) => Number(isChild(a)) - Number(isChild(b)) || a - b);
}

/** Processes by the one that started them. */
export function childrenIn(rows: readonly ProcessRow[]): ChildrenByParent {
  const children = new Map<number, ProcessRow[]>();
  for (const row of rows) {
    const siblings = children.get(row.parentPid);
    if (siblings) siblings.push(row);
    else children.set(row.parentPid, [row]);
  }
  return children;
}

/** The processes at the other end of the connections that a tree opened itself; those that came to its port are clients. */
export function peersIn(sockets: readonly SocketRow[], tree: ReadonlySet<number>, port: number): readonly number[] {
  const wanted = new Set(
    sockets.flatMap(({ pid, localAddress, localPort, remote }) =>
      remote !== null && tree.has(pid) && localPort !== port
        ? [`${remote.address}:${remote.port} ${localAddress}:${localPort}`]
        : [],
    ),
  );
  const peers = sockets.flatMap(({ pid, localAddress, localPort, remote }) => {
    const isPeer = remote !== null && wanted.has(`${localAddress}:${localPort} ${remote.address}:${remote.port}`);
    return isPeer && !tree.has(pid) && pid !== process.pid && pid !== 0 ? [pid] : [];
  });
  return [...new Set(peers)];
}

/** The process that a service started with: the parent while it has the same name, as PostgreSQL's backends have theirs. */
export function serviceRootIn(rows: readonly ProcessRow[], pid: number): number {
  const own = rows.find((row) => row.pid === pid);
  const parent = own && rows.find((row) => row.pid === own.parentPid);
  return parent && parent.name === own.name ? parent.pid : pid;
}
