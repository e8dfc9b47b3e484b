import { readFileSync } from 'node:fs';

/**
 * How many files this process may have open, which its children inherit; null on Windows and where it is not limited or not
 * told. Node raises the soft limit to the hard one when it starts, so that this is often more than `ulimit -n` says.
 */
export function openFileLimit(): number | null {
  if (process.platform === 'win32') return null;
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return soft === undefined ? null : Number(soft);
  } catch {
    return limitOfReport();
  }
}

/** Systems without /proc: the diagnostic report has the limits. */
function limitOfReport(): number | null {
  const report = process.report.getReport() as {
    readonly userLimits?: { readonly open_files?: { readonly soft?: unknown } };
  };
  const soft = report.userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : null;
}
