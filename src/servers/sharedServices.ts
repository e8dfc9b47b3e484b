import { nameProcess } from './processName';
import { readArguments, readStat } from './procFs';
import { descendants, peersOf, readChildren, serviceRoot, type ChildrenByParent } from './processTree';
import { serviceName } from './serviceName';

/** A server that is compared: its process, and the port that its clients come to. */
export interface RunningSide {
  readonly pid: number;
  readonly port: number;
}

/**
 * Names of the local services that both servers, or their children, are connected to at this moment, each once. Empty where
 * nothing is shared, and on systems without /proc.
 */
export function sharedServices(before: RunningSide, after: RunningSide): readonly string[] {
  if (process.platform !== 'linux') return [];
  const children = readChildren();
  const [one, other] = [servicesOf(before, children), servicesOf(after, children)];
  return [...new Set([...one].filter((pid) => other.has(pid)).map(nameOf))];
}

function servicesOf({ pid, port }: RunningSide, children: ChildrenByParent): ReadonlySet<number> {
  return new Set(peersOf(descendants([pid], children), port).map(serviceRoot));
}

function nameOf(pid: number): string {
  const name = readStat(pid)?.name ?? '';
  return serviceName(name) ?? nameProcess(readArguments(pid), name);
}
