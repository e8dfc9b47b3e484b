import { execFile } from 'node:child_process';
import { LSOF_SOCKETS, lsofFolders, parseLsofFolders, parseLsofSockets } from './lsofOutput';
import { NETSTAT, parseNetstat } from './netstatOutput';
import { parsePowershell, processPipeline } from './powershellOutput';
import { parsePs, parsePsDetails, psArguments, psDetails } from './psOutput';
import type { ProcessRow, SocketRow } from './rows';
import { ShellSession } from './shellSession';

/** What a system without /proc tells about its processes, by its own tools. A tool that fails gives an empty list. */
export interface SystemTables {
  sockets(): Promise<readonly SocketRow[]>;
  /** The processes with these pids; all with null. */
  processes(pids: readonly number[] | null): Promise<readonly ProcessRow[]>;
  /** Working directories by pid, as far as the system tells them. */
  folders(pids: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /** What more is told of one process: its environment, of which only what `DEBUG_VARIABLES` names, and whether it is debugged. */
  details?(
    pid: number,
  ): Promise<{ readonly environment: Readonly<Record<string, string>>; readonly isTraced: boolean }>;
  /** Ends what was kept to answer faster; a later question starts it again. */
  close?(): void;
}

const TOOL_TIMEOUT_MS = 10_000;
const MAX_OUTPUT_BYTES = 32 * 2 ** 20;

/** lsof and ps, which every macOS has. */
export const MAC_TABLES: SystemTables = {
  sockets: async () => parseLsofSockets(await runTool('lsof', LSOF_SOCKETS)),
  processes: async (pids) => (pids?.length === 0 ? [] : parsePs(await runTool('ps', psArguments(pids)))),
  folders: async (pids) => (pids.length === 0 ? new Map() : parseLsofFolders(await runTool('lsof', lsofFolders(pids)))),
  details: async (pid) => parsePsDetails(await runTool('ps', psDetails(pid))),
};

/** netstat and PowerShell, which every Windows has. Windows tells nobody the working directory of another process. */
function windowsTables(): SystemTables {
  const shell = new ShellSession(
    'powershell.exe',
    ['-NoProfile', '-NonInteractive', '-NoLogo', '-Command', '-'],
    (text) => `Write-Output '${text}'`,
  );
  return {
    sockets: async () => parseNetstat(await runTool('netstat', NETSTAT)),
    processes: async (pids) => {
      if (pids?.length === 0) return [];
      const filter = (pids ?? []).map((pid) => `ProcessId=${pid}`).join(' OR ');
      const encoding = '[Console]::OutputEncoding=[Text.Encoding]::UTF8';
      return parsePowershell(await shell.ask(`${encoding}; ${processPipeline(filter)}`));
    },
    folders: () => Promise.resolve(new Map()),
    close: () => shell.close(),
  };
}

/** The tables of a platform; null for Linux, whose /proc is read directly, and for systems that nobody has tried. */
export function systemTables(platform: NodeJS.Platform): SystemTables | null {
  return platform === 'darwin' ? MAC_TABLES : platform === 'win32' ? windowsTables() : null;
}

/** What a tool wrote, also when it ends with a failure: lsof does when one of the processes asked for is gone. */
function runTool(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      program,
      [...args],
      { timeout: TOOL_TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES, windowsHide: true, encoding: 'utf8' },
      (_, stdout) => resolve(stdout),
    );
  });
}
