import { nameProcess, splitProgram } from './processName';

/** Servers whose master hands requests to processes below it, with what they do where they are told nothing. */
const POOLS = /^(gunicorn|uvicorn|hypercorn|granian|uwsgi|puma|daphne|waitress-serve)$/;

/**
 * A server as a person would say it, from the arguments of the process that listens and the number of processes that hold its
 * socket.
 *
 * Examples:
 *   `gunicorn -w 2 -k gevent app:app` → `gunicorn, 2 workers, gevent, app:app`
 *   `uvicorn main:app --reload` → `uvicorn, main:app, reloads`
 *   `python -m flask --app shop run` → `Flask development server, shop`
 *   `node server.js` → `node server.js`
 */
export function nameListener(args: readonly string[], shortName: string, processes: number): string {
  const title = /^(gunicorn): master \[(.+)\]$/.exec(args.length === 1 ? (args[0] ?? '') : '');
  if (title) return [title[1], workersText(processes - 1), title[2]].filter((part) => part !== '').join(', ');
  const { program, rest } = splitProgram(args);
  const app = rest.find((arg) => /^[\w./-]+:[A-Za-z_][\w.]*(\(.*\))?$/.test(arg) && !/^[\d.]+:\d+$/.test(arg)) ?? '';
  const isWatching = rest.some((arg) => /^--(reload|auto-reload|watch)$/.test(arg)) ? 'reloads' : '';
  const say = (...parts: readonly string[]): string => [...parts, isWatching].filter((part) => part !== '').join(', ');
  if (program === 'gunicorn') {
    const threads = Number(optionOf(rest, '--threads') ?? '1');
    const kind = optionOf(rest, '-k', '--worker-class') ?? (threads > 1 ? 'gthread' : 'sync');
    const told = Number(optionOf(rest, '-w', '--workers') ?? '0');
    const target = app !== '' ? app : (rest.find((arg) => /^[A-Za-z_][\w.]*$/.test(arg)) ?? '');
    return say(program, workersText(told > 0 ? told : processes - 1), kind.replace(/^.*\./, ''), target);
  }
  if (POOLS.test(program)) {
    const told = Number(optionOf(rest, '-w', '--workers') ?? '1');
    return say(program, told > 1 ? workersText(told) : '', app);
  }
  if (program === 'flask' && rest.includes('run'))
    return say('Flask development server', optionOf(rest, '--app', '-A') ?? '');
  if (/(^|[\\/])manage\.py$/.test(program) && rest.includes('runserver')) return say('Django development server');
  return nameProcess(args, shortName);
}

function workersText(count: number): string {
  return count < 1 ? '' : count === 1 ? '1 worker' : `${count} workers`;
}

/** The value of an option in any of the ways it is written: `-w 2`, `-w2`, `--workers 2`, `--workers=2`. */
function optionOf(args: readonly string[], ...names: readonly string[]): string | undefined {
  for (const [index, arg] of args.entries()) {
    for (const name of names) {
      if (arg === name) return args[index + 1];
      if (arg.startsWith(`${name}=`)) return arg.slice(name.length + 1);
      if (/^-\w$/.test(name) && arg.startsWith(name) && /^-\w\w/.test(arg)) return arg.slice(2);
    }
  }
  return undefined;
}
