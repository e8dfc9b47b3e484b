import { splitCommandLine } from '../splitCommandLine';
import type { ProcessRow } from './rows';

/** A pipeline that prints the processes that fit a WQL filter (`ProcessId=1 OR ProcessId=2`; empty: all) as one line of JSON. */
export function processPipeline(filter: string): string {
  const which = filter === '' ? '' : ` -Filter '${filter.replaceAll("'", "''")}'`;
  return `Get-CimInstance Win32_Process${which} | Select-Object ProcessId,ParentProcessId,Name,CommandLine,KernelModeTime,UserModeTime,WorkingSetSize,ThreadCount | ConvertTo-Json -Compress`;
}

/**
 * Parses what that pipeline prints: an array, or one object alone; times in steps of 100 ns, memory in bytes. The command
 * line is missing for processes of other users.
 */
export function parsePowershell(text: string): readonly ProcessRow[] {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, '').trim() || '[]');
  } catch {
    return [];
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((each) => {
    if (typeof each !== 'object' || each === null) return [];
    const row = each as Record<string, unknown>;
    const pid = row['ProcessId'];
    if (typeof pid !== 'number') return [];
    const name = textOf(row['Name']).replace(/\.exe$/i, '');
    const threads = numberOf(row['ThreadCount']);
    const args = splitCommandLine(textOf(row['CommandLine']));
    return [
      {
        pid,
        parentPid: numberOf(row['ParentProcessId']),
        cpuMs: Math.round((numberOf(row['KernelModeTime']) + numberOf(row['UserModeTime'])) / 10_000),
        rssMB: numberOf(row['WorkingSetSize']) / 2 ** 20,
        name,
        args: args.length > 0 ? args : [name],
        ...(threads > 0 ? { threads } : {}),
      },
    ];
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** 64-bit numbers come as numbers from some versions and as text from others. */
function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : typeof value === 'string' ? Number(value) || 0 : 0;
}
