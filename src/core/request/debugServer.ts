import type { RunWarning } from '../model/run';

/** What is known of how a server runs; everything may be missing. */
export interface ServerSigns {
  /** Of the process that listens. */
  readonly commandLine: string | null;
  /** Of the processes above it, nearest first, as far as they belong to its start. */
  readonly parents: readonly string[];
  /** Of the process that listens: the variables of `DEBUG_VARIABLES` alone. */
  readonly environment: Readonly<Record<string, string>>;
  /** A native debugger holds the process. */
  readonly isTraced: boolean;
}

/** Nothing is known. */
export const NO_SIGNS: ServerSigns = { commandLine: null, parents: [], environment: {}, isTraced: false };

/** The variables that say how a server runs; none of them is a secret, and no other is read. */
export const DEBUG_VARIABLES = [
  'NODE_ENV',
  'NODE_OPTIONS',
  'FLASK_DEBUG',
  'FLASK_ENV',
  'WERKZEUG_RUN_MAIN',
  'PYTHONDEVMODE',
  'PYTHONASYNCIODEBUG',
  'QUART_DEBUG',
  'RAILS_ENV',
  'RACK_ENV',
  'APP_DEBUG',
  'ASPNETCORE_ENVIRONMENT',
  'DOTNET_WATCH',
] as const;

type Sign = readonly [pattern: RegExp, sentence: string];

const DEBUGGER = 'A debugger is attached to the server, which can make it many times slower.';
const RELOADS = 'The server watches its files and reloads them, which costs it time.';

/** In the command line of the server itself. */
const COMMAND: readonly Sign[] = [
  [
    /\s--inspect(-brk|-wait|-port)?(=|\s|$)|\bdebugpy\b|\bpydevd|\bdlv\s|__debug_bin|-agentlib:jdwp|\brdbg\b|\bxdebug\.mode=\S*debug/,
    DEBUGGER,
  ],
  [
    /\s--(auto-?)?reload(\s|=|$)|\s--watch(\s|=|$)|\bsanic\b.*\s(--dev|-d|-r)\b|\bfastapi dev\b|\blitestar\b.*\srun\b.*\s(-r|-d)\b/,
    RELOADS,
  ],
  [/\bflask\b.*\s--debug\b/, 'Flask runs with its debugger switched on.'],
  [/\b(quart|litestar)\b.*\s--debug\b|\bsanic\b.*\s--debug\b/, 'The server runs in the debug mode of its framework.'],
  [/\bpython[\d.]*\s(\S+\s)*-X\s?dev\b/, 'Python runs in its development mode, which checks more than usual.'],
  [
    /\bmanage\.py runserver\b|\bflask\b.*\srun\b|\bquart\b.*\srun\b|\bartisan serve\b|\bphp[\d.]*\s(\S+\s)*-S\s/,
    'The server is the framework’s development server, not one for production.',
  ],
  [/NODE_ENV=development\b/, 'The server runs with NODE_ENV=development.'],
];

/** In the command lines above it: programs that start it again after each edit. */
const PARENT: readonly Sign[] = [
  [
    /\b(nodemon|ts-node-dev|tsnd|watchexec|watchfiles|reflex|entr)\b|\bnode\b.*\s--watch\b|\b(tsx|bun|deno)\b.*\s(watch|--watch|--hot)\b|\bnest\s+start\b.*\s(-w|--watch)\b|\bcargo[ -]watch\b|\bdotnet\s+watch\b|(^|\/)air(\s|$)|\s--(auto-?)?reload(\s|=|$)/,
    RELOADS,
  ],
  [/\bdebugpy\b|\bpydevd|\bdlv\s+(debug|exec|dap)\b/, DEBUGGER],
];

/** Of variables, written as `NAME=value`. */
const VARIABLE: readonly Sign[] = [
  [/^NODE_OPTIONS=.*--inspect(-brk|-wait)?(=|\s|$)/, DEBUGGER],
  [/^NODE_OPTIONS=.*--require\S*js-debug/, DEBUGGER],
  [/^NODE_ENV=development$/, 'The server runs with NODE_ENV=development.'],
  [/^FLASK_DEBUG=(1|true|on|yes)$|^FLASK_ENV=development$/i, 'Flask runs with its debugger switched on.'],
  [/^QUART_DEBUG=(1|true|on|yes)$|^APP_DEBUG=(1|true)$/i, 'The server runs in the debug mode of its framework.'],
  [/^WERKZEUG_RUN_MAIN=true$/, RELOADS],
  [/^DOTNET_WATCH=(1|true)$/i, RELOADS],
  [/^PYTHON(DEVMODE|ASYNCIODEBUG)=\S/, 'Python runs in its development mode, which checks more than usual.'],
  [/^(RAILS|RACK)_ENV=development$/, 'The server runs in the development environment of Ruby.'],
  [/^ASPNETCORE_ENVIRONMENT=Development$/i, 'The server runs with ASPNETCORE_ENVIRONMENT=Development.'],
];

/**
 * Warns of a server that is not what will run in production. `serverHeader` is the answer's `Server` header.
 *
 * Examples: `flask --app x run --debug` → Flask's debugger; a parent `nodemon` → reloads; `NODE_ENV=development`;
 * `Werkzeug/3.0 Python/3.11` → development server.
 */
export function warnOfDebugServer(
  known: Partial<ServerSigns>,
  serverHeader: string | undefined,
): readonly RunWarning[] {
  const signs: ServerSigns = { ...NO_SIGNS, ...known };
  const variables = Object.entries(signs.environment).map(([name, value]) => `${name}=${value}`);
  const found = new Set([
    ...matching(COMMAND, signs.commandLine === null ? [] : [signs.commandLine]),
    ...matching(PARENT, signs.parents),
    ...matching(VARIABLE, variables),
    ...(signs.isTraced ? [DEBUGGER] : []),
  ]);
  if (found.size === 0 && serverHeader !== undefined && /^(Werkzeug|WSGIServer)\//.test(serverHeader)) {
    found.add('The server is Python’s development server, not one for production.');
  }
  return found.size === 0
    ? []
    : [{ code: 'debug-server', message: `${[...found].join(' ')} Compare such numbers with each other only.` }];
}

function matching(signs: readonly Sign[], texts: readonly string[]): readonly string[] {
  return signs.filter(([pattern]) => texts.some((text) => pattern.test(text))).map(([, sentence]) => sentence);
}
