/** What becomes of something that git ignores, when a copy of the project is made to be run. */
export type IgnoredPlan =
  /** Dependencies: shared by a link, never written to. */
  | 'link'
  /** Settings and small databases: each copy has its own. */
  | 'copy'
  /** Caches and build results, which belong to one state of the code. */
  | 'leave';

const DEPENDENCIES =
  /^(?:node_modules|\.?v?env|\.?virtualenv|\.venv-[\w.-]+|vendor|\.bundle|Pods|\.pnp\.\w+|\.yarn|bower_components)$/;
const CACHES =
  /^(?:__pycache__|\.(?:mypy|pytest|ruff)_cache|\.tox|\.nox|\.cache|\.parcel-cache|\.turbo|coverage|htmlcov|\.coverage.*|dist|build|out|target|bin|obj|\.next|\.nuxt|\.output|\.svelte-kit|\.gradle|\.idea|\.DS_Store|logs?|tmp|temp|.*\.log|.*\.py[co]|.*\.tsbuildinfo|.*\.pid)$/;

/**
 * Examples: `node_modules/` → link; `.env` → copy; `db.sqlite3` → copy; `dist/` → leave. `path` is as git lists it, folders
 * with a slash at the end. Other folders are left: what a program wrote there is rarely needed to start it.
 */
export function planIgnored(path: string): IgnoredPlan {
  const isFolder = path.endsWith('/');
  const name = path.replace(/\/$/, '').split('/').at(-1) ?? '';
  if (DEPENDENCIES.test(name)) return isFolder || name.startsWith('.pnp') ? 'link' : 'copy';
  if (CACHES.test(name) || path.split('/').some((part) => part === '__pycache__')) return 'leave';
  return isFolder ? 'leave' : 'copy';
}
