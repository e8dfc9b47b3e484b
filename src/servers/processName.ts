const INTERPRETERS = /^(python[\d.]*|pypy[\d.]*|node|nodejs|deno|bun|ruby|php|java|perl|tsx|sh|bash|dash|zsh)$/;
const MAX_CHARS = 60;

/**
 * A process as a person would say it, from its arguments.
 *
 * Examples:
 *   `/usr/bin/python3 /app/.venv/bin/gunicorn -w 2 app:app` → `gunicorn app:app`
 *   `python -m http.server 8000` → `http.server`
 *   `node --inspect src/server.js` → `node server.js`
 *   `gunicorn: master [app:app]` → `gunicorn: master [app:app]`
 */
export function nameProcess(args: readonly string[], shortName: string): string {
  const first = args[0];
  if (first === undefined) return shortName;
  // A process that wrote a title over its arguments.
  if (args.length === 1 && first.includes(' ')) return clip(first);
  const program = baseName(first);
  if (!INTERPRETERS.test(program)) return clip([program, ...targets(args.slice(1))].join(' '));
  for (let index = 1; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (arg === '-m' || arg === '-jar')
      return clip([args[index + 1] ?? program, ...targets(args.slice(index + 2))].join(' '));
    if (arg === '-c' || arg === '-e') return program;
    if (arg.startsWith('-')) continue;
    const script = baseName(arg);
    const isTool = !/\.\w+$/.test(script);
    return clip([...(isTool ? [] : [program]), script, ...targets(args.slice(index + 1))].join(' '));
  }
  return program;
}

/**
 * The program that a command line is about, without its interpreter, and what it is told.
 *
 * Examples: `python -m gunicorn -w 2 app:app` → `gunicorn`; `/venv/bin/python manage.py runserver` → `manage.py`.
 */
export function splitProgram(args: readonly string[]): { readonly program: string; readonly rest: readonly string[] } {
  const first = baseName(args[0] ?? '');
  if (!INTERPRETERS.test(first)) return { program: first, rest: args.slice(1) };
  for (let index = 1; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (arg === '-c' || arg === '-e') break;
    if (arg === '-m' || arg === '-jar') return { program: args[index + 1] ?? first, rest: args.slice(index + 2) };
    if (arg.startsWith('-')) continue;
    return { program: baseName(arg), rest: args.slice(index + 1) };
  }
  return { program: first, rest: args.slice(1) };
}

/** What names the application among the arguments: `app:app`, `run`, a script; never the value of an option. */
function targets(args: readonly string[]): readonly string[] {
  return args
    .filter((arg, index) => !arg.startsWith('-') && !(args[index - 1] ?? '').startsWith('-'))
    .filter(
      (arg) => /[:.]|^(run|runserver|dev|serve|start)$/.test(arg) && !/^[\d.:[\]]+$/.test(arg) && !arg.startsWith('/'),
    )
    .concat(args.filter((arg) => /^[A-Za-z_][\w.]*:[A-Za-z_]\w*$/.test(arg)))
    .filter((arg, index, all) => all.indexOf(arg) === index)
    .slice(0, 2);
}

function baseName(path: string): string {
  return path.replace(/^.*[/\\]/, '').replace(/\.exe$/i, '');
}

function clip(text: string): string {
  return text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS - 1)}…` : text;
}
