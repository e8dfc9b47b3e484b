import { PORT_URL } from './folderFacts';

/** How a program is told its port, or which one it takes whatever it is told. */
export type PortChoice =
  { readonly kind: 'environment'; readonly name: string } | { readonly kind: 'fixed'; readonly port: number };

const VARIABLE =
  /(?:environ(?:\.get)?|getenv|Getenv|env|env::var)\s*[[(]\s*["'](\w*PORT\w*)["']|\bprocess\.env\.(\w*PORT\w*)|\bENV(?:\.fetch)?[[(]\s*["'](\w*PORT\w*)["']/;
const NUMBER =
  /\bport\s*[:=]\s*(\d{2,5})\b|\.listen\(\s*(\d{2,5})\b|["'](?:[\w.]*|\[::\]):(\d{2,5})["']|\b(?:PORT|Port)\s*=\s*(\d{2,5})\b/;

/**
 * Reads from a program's text where its port comes from: an environment variable wins, because a number beside it is what
 * is taken without. Null when the text does not say.
 *
 * Examples: `port=int(os.environ.get("PORT", "5001"))` → environment PORT; `app.listen(3000)` → fixed 3000;
 * `http.ListenAndServe(":8080", nil)` → fixed 8080.
 */
export function portOfSource(text: string): PortChoice | null {
  const variable = VARIABLE.exec(text);
  const name = variable && (variable[1] ?? variable[2] ?? variable[3]);
  if (name) return { kind: 'environment', name };
  const number = NUMBER.exec(text);
  const port = number && (number[1] ?? number[2] ?? number[3] ?? number[4]);
  return port ? { kind: 'fixed', port: Number(port) } : null;
}

export interface PortParts {
  readonly baseUrl: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What a choice means for a server: its base URL and the environment of its command. */
export function portParts(choice: PortChoice): PortParts {
  return choice.kind === 'fixed'
    ? { baseUrl: `http://127.0.0.1:${choice.port}`, env: {} }
    : { baseUrl: PORT_URL, env: { [choice.name]: '{port}' } };
}

const OPTIONS: readonly RegExp[] = [
  /(\s(?:--port|--http-port|-p|-P|-port)[ =])\d{2,5}\b/,
  /(\s(?:--bind|--listen|--addr|--address|-b|-addr|-listen|--urls)[ =](?:https?:\/\/)?[\w.[\]*]*:)\d{2,5}\b/,
  /(\srunserver\s(?:[\w.[\]]+:)?)\d{2,5}\b/,
];

/**
 * Puts `{port}` where a command names its port, or the shell's `$PORT`; null when it names none.
 *
 * Examples: `gunicorn -b 0.0.0.0:8000 app:app` → `gunicorn -b 0.0.0.0:{port} app:app`; `web --port ${PORT:-5000}` → `web --port {port}`.
 */
export function withPortPlace(command: string): string | null {
  const variable = /\$\{?\w*PORT\w*(?::?-[^}]*)?\}?|%\w*PORT\w*%/;
  if (variable.test(command)) return command.replaceAll(new RegExp(variable, 'g'), '{port}');
  for (const option of OPTIONS) if (option.test(command)) return command.replace(option, '$1{port}');
  return null;
}
