import {
  foldersWith,
  folderOf,
  inFolder,
  pathIn,
  PORT_URL,
  programFrom,
  type FolderFacts,
  type ProposedServer,
} from './folderFacts';
import { portOfSource, portParts, type PortChoice } from './portOf';

interface Framework {
  readonly type: string;
  readonly name?: string;
  readonly kind: 'wsgi' | 'asgi' | 'own';
  /** Arguments of Python for an application `module:variable`. */
  readonly run: (app: string) => string;
}

const uvicorn = (app: string): string => `-m uvicorn ${app} --port {port}`;

const FRAMEWORKS: readonly Framework[] = [
  { type: 'Flask', kind: 'wsgi', run: (app) => `-m flask --app ${app} run --port {port}` },
  { type: 'Quart', kind: 'own', run: (app) => `-m quart --app ${app} run --port {port}` },
  { type: 'FastAPI', kind: 'asgi', run: uvicorn },
  { type: 'Starlette', kind: 'asgi', run: uvicorn },
  { type: 'Litestar', kind: 'asgi', run: uvicorn },
  { type: 'Sanic', kind: 'own', run: (app) => `-m sanic ${app} --port {port} --single-process` },
  { type: 'falcon.asgi.App', name: 'Falcon', kind: 'asgi', run: uvicorn },
  { type: 'falcon.App', name: 'Falcon', kind: 'wsgi', run: wsgiref },
  { type: 'Bottle', kind: 'wsgi', run: (app) => `-m bottle --bind 127.0.0.1:{port} ${app}` },
  { type: 'web.Application', name: 'aiohttp', kind: 'own', run: (app) => runAiohttp(app, '') },
];

/** What a program listens on that does not say. */
const DEFAULT_PORTS: readonly (readonly [call: RegExp, port: number])[] = [
  [/\bFlask\(|\bQuart\(/, 5000],
  [/\bSanic\(|\buvicorn\.run\(/, 8000],
  [/\brun_app\(|\bBottle\(/, 8080],
];
const LISTENS = /\b\w+\.run\(|\brun_app\(|\bserve\(|\brun_simple\(|\bmake_server\(|\.listen\(|\bserve_forever\(/;

/**
 * Commands for the applications that Python files make: the framework's own, Gunicorn where the project has it, and the file
 * itself when it serves.
 *
 * Example: `app = Flask(__name__)` in `shop/app.py` → `python3 -m flask --app shop.app:app run --port {port}`.
 */
export function proposePython(facts: FolderFacts): readonly ProposedServer[] {
  const sources = [...facts.files].filter(([file]) => file.endsWith('.py'));
  return [
    ...sources.flatMap(([file, text]) => applications(facts, file, text)),
    ...foldersWith(facts, 'manage.py').flatMap((folder) => django(facts, folder)),
    ...sources.flatMap(([file, text]) => itself(facts, file, text)),
  ];
}

function applications(facts: FolderFacts, file: string, text: string): ProposedServer[] {
  const { root, module } = moduleOf(facts, file);
  return FRAMEWORKS.flatMap((framework) => {
    const { type, kind } = framework;
    const name = framework.name ?? type;
    const variable = assigned(text, type);
    const factory = variable === undefined && makes(text, type) ? factoryOf(text) : undefined;
    const reason = `${name} application in ${file}`;
    const propose = (label: string, args: string): ProposedServer => ({
      server: {
        name: label,
        baseUrl: PORT_URL,
        start: { command: `${programFrom(root, facts.python)} ${args}`, ...inFolder(root) },
      },
      reason,
    });
    if (variable !== undefined) {
      const app = `${module}:${variable}`;
      return [propose(name, framework.run(app)), ...(kind === 'wsgi' ? gunicorn(facts, app, propose) : [])];
    }
    if (factory === undefined) return [];
    if (type === 'Flask') {
      // Flask finds `create_app` and `make_app` by itself.
      const app = /^(create|make)_app$/.test(factory) ? module : `${module}:${factory}`;
      return [propose(name, framework.run(app)), ...gunicorn(facts, `'${module}:${factory}()'`, propose)];
    }
    if (kind === 'asgi') return [propose(name, `${uvicorn(`${module}:${factory}`)} --factory`)];
    if (name === 'aiohttp') return [propose(name, runAiohttp(`${module}:${factory}`, '()'))];
    if (type === 'Sanic') return [propose(name, `${framework.run(`${module}:${factory}`)} --factory`)];
    return [];
  });
}

function gunicorn(
  facts: FolderFacts,
  app: string,
  propose: (label: string, args: string) => ProposedServer,
): ProposedServer[] {
  if (!mentions(facts, 'gunicorn')) return [];
  const args = `-m gunicorn --bind 127.0.0.1:{port} --workers 1`;
  return [
    propose('Gunicorn', `${args} ${app}`),
    ...['gevent', 'eventlet']
      .filter((worker) => mentions(facts, worker))
      .map((worker) => propose(`Gunicorn ${worker}`, `${args} --worker-class ${worker} ${app}`)),
  ];
}

function django(facts: FolderFacts, folder: string): ProposedServer[] {
  const where = pathIn(folder, 'manage.py');
  if (facts.files.get(where)?.includes('DJANGO_SETTINGS_MODULE') !== true) return [];
  const propose = (name: string, args: string, reason: string): ProposedServer => ({
    server: {
      name,
      baseUrl: PORT_URL,
      start: { command: `${programFrom(folder, facts.python)} ${args}`, ...inFolder(folder) },
    },
    reason,
  });
  const wsgi = [...facts.paths].find((path) => path.endsWith('/wsgi.py') && folderOf(folderOf(path)) === folder);
  const app = wsgi && `${folderOf(wsgi).replace(/^.*\//, '')}.wsgi:application`;
  return [
    propose('Django', 'manage.py runserver --noreload 127.0.0.1:{port}', where),
    ...(app === undefined ? [] : gunicorn(facts, app, (name, args) => propose(`Django, ${name}`, args, wsgi ?? where))),
  ];
}

/** A file that serves when it is run. */
function itself(facts: FolderFacts, file: string, text: string): ProposedServer[] {
  const main = /^if __name__ == ["']__main__["']:/m.exec(text);
  const rest = main ? text.slice(main.index) : '';
  if (!main || !LISTENS.test(rest) || file.endsWith('manage.py')) return [];
  const port: PortChoice | null = portOfSource(rest) ?? portOfSource(text) ?? defaultPort(text);
  if (!port) return [];
  const { root } = moduleOf(facts, file);
  const script = root === '' ? file : file.slice(root.length + 1);
  const { baseUrl, env } = portParts(port);
  const command = `${programFrom(root, facts.python)} ${script}`;
  return [
    {
      server: {
        name: `python ${script}`,
        baseUrl,
        start: { command, ...inFolder(root), ...(Object.keys(env).length > 0 ? { env } : {}) },
      },
      reason: `${file} serves`,
    },
  ];
}

function defaultPort(text: string): PortChoice | null {
  const found = DEFAULT_PORTS.find(([call]) => call.test(text));
  return found ? { kind: 'fixed', port: found[1] } : null;
}

function wsgiref(app: string): string {
  const [module = '', variable = ''] = app.split(':');
  return `-c "from wsgiref.simple_server import make_server; from ${module} import ${variable}; make_server('127.0.0.1', {port}, ${variable}).serve_forever()"`;
}

function runAiohttp(app: string, call: string): string {
  const [module = '', name = ''] = app.split(':');
  return `-c "from aiohttp import web; from ${module} import ${name}; web.run_app(${name}${call}, host='127.0.0.1', port={port})"`;
}

function assigned(text: string, type: string): string | undefined {
  const dotted = type.includes('.') ? type.replaceAll('.', '\\.') : `(?:\\w+\\.)?${type}`;
  return new RegExp(`^(\\w+)(?:\\s*:[^=\\n]+)?\\s*=\\s*${dotted}\\(`, 'm').exec(text)?.[1];
}

function makes(text: string, type: string): boolean {
  return new RegExp(`\\b${type.replaceAll('.', '\\.')}\\(`).test(text);
}

/** A function without obligatory parameters that makes the application. */
function factoryOf(text: string): string | undefined {
  return /^(?:async )?def ((?:create|make|get|build|init)_(?:app|application|server))\((?:\)|[^)]*=)/m.exec(text)?.[1];
}

/** Whether the project depends on a package, or its virtual environment has the program. */
function mentions({ files, programs }: FolderFacts, name: string): boolean {
  if (programs?.names.has(name)) return true;
  const word = new RegExp(`(^|[\\s"'\\[])${name}\\b`, 'mi');
  return [...files].some(
    ([file, text]) =>
      /(requirements[\w.-]*\.txt|pyproject\.toml|Pipfile|setup\.(py|cfg))$/.test(file) && word.test(text),
  );
}

/**
 * The folder that Python must start in to import a file, and its dotted name there. The package is the topmost folder with an
 * `__init__.py`; without any, `src` is no package and everything else is.
 */
function moduleOf({ paths }: FolderFacts, file: string): { readonly root: string; readonly module: string } {
  let root = folderOf(file);
  if (paths.has(pathIn(root, '__init__.py'))) {
    while (root !== '' && paths.has(pathIn(root, '__init__.py'))) root = folderOf(root);
  } else root = root === 'src' || root.startsWith('src/') ? 'src' : '';
  const inner = root === '' ? file : file.slice(root.length + 1);
  return {
    root,
    module: inner
      .replace(/\.py$/, '')
      .replace(/\/__init__$/, '')
      .replaceAll('/', '.'),
  };
}
