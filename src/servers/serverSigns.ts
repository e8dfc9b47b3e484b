import { readFileSync } from 'node:fs';
import { DEBUG_VARIABLES, NO_SIGNS, type ServerSigns } from '../core/request/debugServer';
import { readArguments, readCwd, readStat } from './procFs';

/** How far up a program that starts the server again after each edit can be: a shell and a package manager may lie between. */
export const MOST_PARENTS = 5;

/** How the process that listens was started, from Linux's /proc; of its environment only what `DEBUG_VARIABLES` names is kept. */
export function readServerSigns(pid: number | null): ServerSigns {
  if (pid === null) return NO_SIGNS;
  return {
    commandLine: readArguments(pid).join(' '),
    parents: parentsOf(pid),
    environment: variablesOf(pid),
    isTraced: /^TracerPid:\s+[1-9]/m.test(readText(`/proc/${pid}/status`)),
  };
}

/** The processes above, while they work in the same folder: whatever started those is no part of the server. */
function parentsOf(pid: number): readonly string[] {
  const cwd = readCwd(pid);
  const found: string[] = [];
  let at = readStat(pid)?.parentPid ?? 0;
  while (at > 1 && found.length < MOST_PARENTS && readCwd(at) === cwd) {
    found.push(readArguments(at).join(' '));
    at = readStat(at)?.parentPid ?? 0;
  }
  return found;
}

function variablesOf(pid: number): Readonly<Record<string, string>> {
  const entries = readText(`/proc/${pid}/environ`)
    .split('\0')
    .map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)] as const);
  return Object.fromEntries(entries.filter(([name]) => (DEBUG_VARIABLES as readonly string[]).includes(name)));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
