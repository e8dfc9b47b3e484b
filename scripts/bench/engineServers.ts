import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startApp } from '../../test/support/processes';
import type { AppCommand, RunningApp } from '../../test/support/processes';

/** A server that generators are compared on. */
export interface BenchServer {
  readonly name: string;
  readonly path: string;
  readonly connections: number;
  /** The server closes every connection after its answer. */
  readonly closes: boolean;
  /** Starts it, or answers with the sentence that says what is missing. `pin` is what goes before its command. */
  start(folder: string, pin: readonly string[]): Promise<RunningApp | string>;
}

const NGINX_PLACES = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx'];

const FLASK_APP = `from flask import Flask
app = Flask(__name__)

@app.get("/")
def hello():
    return "hello, world\\n"
`;

const NODE_APP = `import { createServer } from 'node:http';
createServer((_request, response) => response.end('hello, world\\n')).listen(Number(process.argv[2]), '127.0.0.1');
`;

export const BENCH_SERVERS: readonly BenchServer[] = [
  { name: 'nginx', path: '/', connections: 64, closes: false, start: startNginx },
  { name: 'nginx, closing', path: '/close', connections: 16, closes: true, start: startNginx },
  { name: 'Node http', path: '/', connections: 64, closes: false, start: startNode },
  {
    name: 'Flask development',
    path: '/',
    connections: 16,
    closes: true,
    start: (folder, pin) => startPython(folder, pin, ['-m', 'flask', '--app', 'app', 'run', '--port', '{port}']),
  },
  {
    name: 'gunicorn sync',
    path: '/',
    connections: 16,
    closes: true,
    start: (folder, pin) =>
      startPython(folder, pin, ['-m', 'gunicorn', '-w', '1', '-b', '127.0.0.1:{port}', 'app:app']),
  },
];

async function startNginx(folder: string, pin: readonly string[]): Promise<RunningApp | string> {
  const program = NGINX_PLACES.find((place) => existsSync(place));
  if (program === undefined) return 'nginx is not installed.';
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await mkdir(join(folder, 'temporary'), { recursive: true });
  const config = (port: string): string => `
    worker_processes 1; daemon off; pid ${folder}/nginx.pid; error_log stderr crit;
    events { worker_connections 4096; }
    http {
      access_log off; keepalive_requests 1000000000; keepalive_timeout 600s;
      ${temporary.map((name) => `${name}_temp_path ${folder}/temporary/${name};`).join(' ')}
      server {
        listen 127.0.0.1:${port} backlog=4096;
        location / { return 200 "hello, world\\n"; }
        location /close { keepalive_timeout 0; return 200 "hello, world\\n"; }
      }
    }`;
  // nginx reads its port from the file alone, so that the file is written by the command that knows the port.
  const script = 'printf "%s" "$NGINX_CONFIG" > "$0" && exec "$1" -c "$0"';
  const args = ['-c', script, join(folder, 'nginx.conf'), program];
  return start(pin, { program: 'sh', args, cwd: folder, env: { NGINX_CONFIG: config('{port}') } });
}

async function startNode(folder: string, pin: readonly string[]): Promise<RunningApp> {
  await writeFile(join(folder, 'server.mjs'), NODE_APP);
  return start(pin, { program: process.execPath, args: ['server.mjs', '{port}'], cwd: folder });
}

async function startPython(
  folder: string,
  pin: readonly string[],
  args: readonly string[],
): Promise<RunningApp | string> {
  const program = process.env['EP_PYTHON'];
  if (program === undefined) return 'EP_PYTHON does not name a Python with Flask and Gunicorn.';
  await writeFile(join(folder, 'app.py'), FLASK_APP);
  return start(pin, { program, args, cwd: folder }).catch((error: unknown) => String(error).split('\n')[0] ?? '');
}

function start(pin: readonly string[], command: AppCommand): Promise<RunningApp> {
  const [program, ...args] = [...pin, command.program, ...command.args];
  return startApp({ ...command, program: program ?? command.program, args });
}
