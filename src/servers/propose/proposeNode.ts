import {
  foldersWith,
  folderOf,
  inFolder,
  pathIn,
  PORT_URL,
  type FolderFacts,
  type ProposedServer,
} from './folderFacts';
import { portOfSource, portParts, withPortPlace, type PortChoice } from './portOf';

const SCRIPTS = ['dev', 'start', 'serve', 'start:dev', 'start:prod', 'server', 'develop'];
/** Programs that listen to `--port` and to no variable. */
const TAKES_PORT_OPTION = /\b(vite|astro|nuxi?|ng serve|vue-cli-service|webpack(-dev-server)?|svelte-kit)\b/;

/**
 * Scripts of each package.json, and files that listen where no script says how to start them.
 *
 * Example: `"dev": "node server.js"` → `npm run dev` with PORT={port}.
 */
export function proposeNode(facts: FolderFacts): readonly ProposedServer[] {
  const found = foldersWith(facts, 'package.json').flatMap((folder) => scripts(facts, folder));
  return found.length > 0 ? found : listening(facts);
}

function scripts(facts: FolderFacts, folder: string): ProposedServer[] {
  const path = pathIn(folder, 'package.json');
  const known = scriptsOf(facts.files.get(path) ?? '');
  const manager = managerOf(facts, folder);
  return SCRIPTS.flatMap((name) => {
    const script = known[name];
    if (typeof script !== 'string') return [];
    const run = `${manager} run ${name}`;
    const label = folder === '' ? run : `${run} (${folder})`;
    const takesOption = TAKES_PORT_OPTION.test(script) && withPortPlace(` ${script}`) === null;
    const { baseUrl, env } = portParts(portOfScript(facts, folder, script));
    const start = takesOption
      ? { command: `${run}${manager === 'npm' ? ' --' : ''} --port {port}`, ...inFolder(folder) }
      : { command: run, ...inFolder(folder), ...(Object.keys(env).length > 0 ? { env } : {}) };
    return {
      server: { name: label, baseUrl: takesOption ? PORT_URL : baseUrl, start },
      reason: `script "${name}" in ${path}`,
    };
  });
}

/** A number in the script stands; else what its file says; else PORT, which most programs listen to. */
function portOfScript({ files }: FolderFacts, folder: string, script: string): PortChoice {
  const fixed = /(?:--port[ =]|\s-p |\bPORT=)(\d{2,5})\b/.exec(script)?.[1];
  if (fixed !== undefined) return { kind: 'fixed', port: Number(fixed) };
  for (const [file] of script.matchAll(/[\w./-]+\.[cm]?[jt]s\b/g)) {
    const path = file.replace(/^\.\//, '');
    const choice = portOfSource(files.get(pathIn(folder, path)) ?? '');
    if (choice) return choice;
  }
  return { kind: 'environment', name: 'PORT' };
}

function listening({ files }: FolderFacts): ProposedServer[] {
  return [...files].flatMap(([file, text]) => {
    if (!/\.[cm]?js$/.test(file) || !/\.listen\(/.test(text)) return [];
    const { baseUrl, env } = portParts(portOfSource(text) ?? { kind: 'environment', name: 'PORT' });
    return [
      {
        server: {
          name: `node ${file}`,
          baseUrl,
          start: { command: `node ${file}`, ...(Object.keys(env).length > 0 ? { env } : {}) },
        },
        reason: `${file} listens`,
      },
    ];
  });
}

/** By the lock file that is nearest above. */
function managerOf({ paths }: FolderFacts, folder: string): string {
  for (let at = folder; ; at = folderOf(at)) {
    const has = (name: string): boolean => paths.has(pathIn(at, name));
    if (has('pnpm-lock.yaml')) return 'pnpm';
    if (has('yarn.lock')) return 'yarn';
    if (has('bun.lock') || has('bun.lockb')) return 'bun';
    if (at === '' || has('package-lock.json')) return 'npm';
  }
}

function scriptsOf(packageJson: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(packageJson);
    const found: unknown =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['scripts'] : null;
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
