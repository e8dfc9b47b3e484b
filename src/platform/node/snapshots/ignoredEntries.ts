/** What becomes of something that git ignores, when a copy of the project is made to be run. */
export type IgnoredPlan =
  /** Dependencies: shared by links, never written to. */
  | 'link'
  /** Settings and small databases: each copy has its own. */
  | 'copy'
  /** Caches and build results, which belong to one state of the code. */
  | 'leave';

const CACHES =
  /^(?:__pycache__|\.(?:mypy|pytest|ruff)_cache|\.tox|\.nox|\.cache|\.parcel-cache|\.turbo|coverage|htmlcov|\.coverage.*|dist|build|out|target|bin|obj|\.next|\.nuxt|\.output|\.svelte-kit|\.gradle|\.idea|\.DS_Store|logs?|tmp|temp|.*\.log|.*\.py[co]|.*\.tsbuildinfo|.*\.pid)$/;

/** Folders of dependencies by name, and the commands that fill them. */
const DEPENDENCIES = [
  {
    names: /^(?:node_modules|\.pnp\.\w+|\.yarn|bower_components)$/,
    installers: /\b(?:npm (?:ci|i|install)|yarn(?: install)?(?= *(?:$|&|;|-))|pnpm (?:i|install)|bun install)\b/,
  },
  {
    names: /^(?:\.?v?env|\.?virtualenv|\.venv-[\w.-]+)$/,
    installers:
      /\bpip3?(?:\.\d+)? install\b|\buv (?:sync|pip|venv)\b|\b(?:poetry|pdm|pipenv) (?:install|sync)\b|-m venv\b/,
  },
  {
    names: /^(?:vendor|\.bundle|Pods)$/,
    installers: /\b(?:bundle|composer|pod) (?:install|i|update)\b|\bgo mod vendor\b/,
  },
] as const;

/**
 * Examples: `node_modules/` → link; `.env` → copy; `db.sqlite3` → copy; `dist/` → leave. `path` is as git lists it, folders
 * with a slash at the end. Other folders are left: what a program wrote there is rarely needed to start it. Dependencies that
 * `prepare` installs are left too, because an install into what is shared would change the original.
 */
export function planIgnored(path: string, prepare = ''): IgnoredPlan {
  const isFolder = path.endsWith('/');
  const name = path.replace(/\/$/, '').split('/').at(-1) ?? '';
  const dependency = DEPENDENCIES.find(({ names }) => names.test(name));
  if (dependency) {
    if (!isFolder && !name.startsWith('.pnp')) return 'copy';
    return dependency.installers.test(prepare) ? 'leave' : 'link';
  }
  if (CACHES.test(name) || path.split('/').includes('__pycache__')) return 'leave';
  return isFolder ? 'leave' : 'copy';
}

/**
 * The folder of dependencies that a path lies in, for projects that forgot to ignore it: `a/node_modules/x/y.js` →
 * `a/node_modules`. Null for anything else; other names of such folders may be a project's own there.
 */
export function forgottenDependencies(path: string): string | null {
  return /^(?:.*?\/)?node_modules(?=\/)/.exec(path)?.[0] ?? null;
}
