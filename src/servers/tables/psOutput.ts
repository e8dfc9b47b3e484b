import { DEBUG_VARIABLES } from '../../core/request/debugServer';
import type { ProcessRow } from './rows';

/** Lists processes with the columns that `parsePs` reads; of all processes with `-ax`, of some with `-p`. */
export function psArguments(pids: readonly number[] | null): readonly string[] {
  const which = pids === null ? ['-axww'] : ['-ww', '-p', pids.join(',')];
  return [...which, '-o', 'pid=,ppid=,time=,rss=,command='];
}

/**
 * Parses what `ps -o pid=,ppid=,time=,rss=,command=` prints; rows that do not fit are left out. A space within an argument
 * cannot be told from one between two.
 *
 * Example: `  501   1   0:01.25  20480 /usr/bin/python3 app.py` → 1250 ms of CPU, 20 MB.
 */
export function parsePs(text: string): readonly ProcessRow[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+([\d:.-]+)\s+(\d+)\s+(\S.*?)\s*$/.exec(line);
    if (!match) return [];
    const [, pid, parentPid, time = '', rssKB, command = ''] = match;
    const cpuMs = parseCpuTime(time);
    if (cpuMs === null) return [];
    // A process that wrote a title over its arguments: `postgres: writer process`.
    const args = /^[\w-]+: /.test(command) ? [command] : command.split(/\s+/);
    const name = (args[0] ?? '').replace(/^.*\//, '').replace(/^-|:.*$/g, '');
    return [{ pid: Number(pid), parentPid: Number(parentPid), cpuMs, rssMB: Number(rssKB) / 1024, name, args }];
  });
}

/**
 * CPU time as ps writes it, in milliseconds; null for anything else.
 *
 * Examples: `0:01.25` (macOS) → 1250; `00:00:02` → 2000; `1-02:00:00` → 93600000.
 */
export function parseCpuTime(text: string): number | null {
  const match = /^(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+(?:\.\d+)?)$/.exec(text);
  if (!match) return null;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return Math.round((((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000);
}

/** Lists the state of one process, and its command line with its environment behind it. */
export function psDetails(pid: number): readonly string[] {
  return ['-Eww', '-o', 'stat=,command=', '-p', String(pid)];
}

/**
 * Parses what `ps -E -o stat=,command=` prints. Of the environment only what `DEBUG_VARIABLES` names is kept; `X` among the letters
 * of the state is a process that a debugger holds.
 *
 * Example: `S+X python3 app.py FLASK_DEBUG=1 HOME=/Users/me` → `{ FLASK_DEBUG: '1' }`, traced.
 */
export function parsePsDetails(text: string): {
  readonly environment: Readonly<Record<string, string>>;
  readonly isTraced: boolean;
} {
  const [, state = '', rest = ''] = /^\s*(\S+)\s+(.*)$/s.exec(text) ?? [];
  const environment = DEBUG_VARIABLES.flatMap((name) => {
    // A value may have spaces; the next name ends it. What stands last is what counts: arguments stand before.
    const values = [...rest.matchAll(new RegExp(`\\s${name}=(.*?)(?=\\s[A-Za-z_]\\w*=|\\s*$)`, 'g'))];
    const value = values.at(-1)?.[1];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { environment: Object.fromEntries(environment), isTraced: state.includes('X') };
}
