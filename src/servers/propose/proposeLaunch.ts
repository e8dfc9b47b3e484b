import { parseJsonc } from '../../core/request/jsonc';
import { PORT_URL, type FolderFacts, type ProposedServer } from './folderFacts';
import { portOfSource, portParts, withPortPlace } from './portOf';

type Configuration = Readonly<Record<string, unknown>>;

/** What `python -m` serves with a port of its own choice, unless it is told one. */
const TAKES_PORT_OPTION = /^(flask|uvicorn|sanic|quart|fastapi)$/;

/**
 * Launch configurations of VS Code for Node.js, Python and Go, started without a debugger. One with a variable that only the
 * editor can fill in (`${input:…}`, `${file}`) is left out.
 *
 * Example: `{"type": "debugpy", "name": "API", "module": "uvicorn", "args": ["app:app"]}` →
 * `python3 -m uvicorn app:app --port {port}`.
 */
export function proposeLaunch(facts: FolderFacts): readonly ProposedServer[] {
  const root = parseJsonc(facts.files.get('.vscode/launch.json') ?? '');
  const list = isRecord(root) && Array.isArray(root['configurations']) ? root['configurations'] : [];
  return list.flatMap((each: unknown) => {
    if (!isRecord(each) || each['request'] !== 'launch' || typeof each['name'] !== 'string') return [];
    const base = commandOf(facts, each);
    if (base === null) return [];
    const env = textMap(each['env']);
    const told = withPortPlace(` ${base}`)?.trimStart() ?? null;
    const portVariable = Object.keys(env).find((name) => /(^|_)PORT$/.test(name));
    const module = text(each['module']);
    const takesOption = told === null && portVariable === undefined && TAKES_PORT_OPTION.test(module);
    const choice = portOfSource(facts.files.get(relative(text(each['program']))) ?? '');
    const isTold = told !== null || takesOption;
    const parts = isTold
      ? { baseUrl: PORT_URL, env: {} }
      : portParts(portVariable ? { kind: 'environment', name: portVariable } : (choice ?? PORT_VARIABLE));
    const command = (told ?? base) + (takesOption ? ' --port {port}' : '');
    const cwd = relative(text(each['cwd']));
    const all = { ...env, ...parts.env };
    const filled = [command, cwd, ...Object.values(all)];
    if (filled.some((value) => value.includes('${'))) return [];
    return [
      {
        server: {
          name: each['name'],
          baseUrl: parts.baseUrl,
          start: {
            command,
            ...(cwd === '' || cwd === '.' ? {} : { cwd }),
            ...(Object.keys(all).length === 0 ? {} : { env: all }),
          },
        },
        reason: `configuration "${each['name']}" in .vscode/launch.json, without its debugger`,
      },
    ];
  });
}

const PORT_VARIABLE = { kind: 'environment', name: 'PORT' } as const;

function commandOf({ python }: FolderFacts, configuration: Configuration): string | null {
  const program = relative(text(configuration['program']));
  const args = texts(configuration['args']);
  switch (configuration['type']) {
    case 'node':
    case 'pwa-node': {
      const runtime = text(configuration['runtimeExecutable']) || 'node';
      const all = [...texts(configuration['runtimeArgs']), ...(program === '' ? [] : [program]), ...args];
      return all.length === 0 ? null : line([relative(runtime), ...all]);
    }
    case 'python':
    case 'debugpy': {
      const interpreter = relative(text(configuration['python'])) || python;
      const module = text(configuration['module']);
      if (module !== '') return line([interpreter, '-m', module, ...args]);
      return program === '' ? null : line([interpreter, program, ...args]);
    }
    case 'go':
      if (text(configuration['mode']) === 'test') return null;
      return line([
        'go',
        'run',
        program === '' || program === '.' ? '.' : `./${program.replace(/^\.\//, '')}`,
        ...args,
      ]);
    default:
      return null;
  }
}

/** One shell line; what a shell would take apart is quoted. */
function line(words: readonly string[]): string {
  return words
    .map((word) => relative(word))
    .map((word) => (/^[\w./:=@%+,{}\\$-]+$/.test(word) ? word : `"${word.replaceAll('"', '\\"')}"`))
    .join(' ');
}

function relative(path: string): string {
  return path.replace(/^\$\{workspace(Folder|Root)\}$/, '.').replaceAll(/\$\{workspace(Folder|Root)\}[/\\]?/g, '');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

function textMap(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => (typeof each === 'string' ? [[name, relative(each)]] : [])),
  );
}

function isRecord(value: unknown): value is Configuration {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
