import { NO_SIGNS, type ServerSigns } from '../../core/request/debugServer';
import { MOST_PARENTS } from '../serverSigns';
import type { ProcessRow } from './rows';
import type { SystemTables } from './systemTables';

/**
 * How the process that listens was started, as far as the tools tell. Where working directories are known, only those above it
 * that work in the same one belong to its start.
 */
export async function signsFromTables(
  tables: SystemTables,
  pid: number,
  rows: readonly ProcessRow[],
): Promise<ServerSigns> {
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  const own = byPid.get(pid);
  if (!own) return NO_SIGNS;
  const above: ProcessRow[] = [];
  for (
    let at = byPid.get(own.parentPid);
    at && at.pid > 1 && above.length < MOST_PARENTS;
    at = byPid.get(at.parentPid)
  ) {
    if (above.includes(at)) break;
    above.push(at);
  }
  const folders = await tables.folders([pid, ...above.map((row) => row.pid)]);
  const cwd = folders.get(pid);
  const outside = cwd === undefined ? -1 : above.findIndex((row) => folders.get(row.pid) !== cwd);
  const details = await tables.details?.(pid);
  return {
    commandLine: own.args.join(' '),
    parents: above.slice(0, outside < 0 ? above.length : outside).map(({ args }) => args.join(' ')),
    environment: details?.environment ?? {},
    isTraced: details?.isTraced ?? false,
  };
}
