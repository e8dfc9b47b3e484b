import type { RunWarning } from '../model/run';

/** A sign in a command line that a server was started for developing, and what it does to the numbers. */
const SIGNS: readonly (readonly [pattern: RegExp, sentence: string])[] = [
  [/\s--inspect(-brk)?\b|debugpy|pydevd/, 'A debugger is attached to the server, which can make it many times slower.'],
  [
    /\s--reload\b|\bnodemon\b|\s--watch\b|\bsanic\b.*\s(--dev|-d|--auto-reload|-r)\b|\bfastapi dev\b/,
    'The server watches its files and reloads them, which costs it time.',
  ],
  [/\bflask\b.*\s--debug\b/, 'Flask runs with its debugger switched on.'],
  [
    /\bmanage\.py runserver\b|\bflask\b.*\srun\b/,
    'The server is the framework’s development server, not one for production.',
  ],
  [/NODE_ENV=development\b/, 'The server runs with NODE_ENV=development.'],
];

/**
 * Warns of a server that is not what will run in production. `commandLine` is that of the process which listens, if known;
 * `serverHeader` is the answer's `Server` header.
 *
 * Examples: `flask --app x run --debug` → Flask's debugger; `Werkzeug/3.0 Python/3.11` → development server.
 */
export function warnOfDebugServer(commandLine: string | null, serverHeader: string | undefined): readonly RunWarning[] {
  const found = SIGNS.filter(([pattern]) => commandLine !== null && pattern.test(commandLine)).map(([, text]) => text);
  if (found.length === 0 && serverHeader !== undefined && /^(Werkzeug|WSGIServer)\//.test(serverHeader)) {
    found.push('The server is Python’s development server, not one for production.');
  }
  return found.length === 0
    ? []
    : [{ code: 'debug-server', message: `${found.join(' ')} Compare such numbers with each other only.` }];
}
