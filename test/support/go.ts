import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

const APPS = path.resolve(import.meta.dirname, '../integration/apps/go');
const BINARY = path.resolve(
  import.meta.dirname,
  '../../.cache/go-apps',
  process.platform === 'win32' ? 'table.exe' : 'table',
);

/** A route as the Go framework itself lists it. */
export interface GoRow {
  readonly Method: string;
  readonly Path: string;
  /** As the runtime writes it: `example.com/apps/x.(*T).show-fm`. */
  readonly Name: string;
  readonly File: string;
  /** Of the function, or 0 where the framework keeps only its name. */
  readonly Line: number;
}

/**
 * Builds the applications of apps/go, which takes about a minute the first time, and answers with their own route tables by
 * folder; or with the sentence why that is not possible here. Modules are pinned by go.sum.
 */
export function goTables():
  { readonly tables: Readonly<Record<string, readonly GoRow[]>> } | { readonly skip: string } {
  mkdirSync(path.dirname(BINARY), { recursive: true });
  // Without inlining a function keeps its name.
  const args = ['build', '-mod=readonly', '-tags=nomsgpack', '-gcflags=example.com/apps/...=-l', '-o', BINARY, '.'];
  const env = { ...process.env, GOWORK: 'off', CGO_ENABLED: '0' };
  const built = spawnSync('go', args, { cwd: APPS, encoding: 'utf8', env });
  if (built.error) return { skip: 'Go is not here: install it from https://go.dev/dl.' };
  if (built.status !== 0) {
    const reason = built.stderr.trim().split('\n').at(-1) ?? '';
    return { skip: `The Go applications cannot be built: ${reason}` };
  }
  const ran = spawnSync(BINARY, [], { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`The Go applications failed: ${ran.stderr}`);
  return { tables: JSON.parse(ran.stdout) as Record<string, GoRow[]> };
}
