import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { javascriptFolder } from '../../test/support/javascript';
import { startApp } from '../../test/support/processes';
import type { AppCommand, RunningApp } from '../../test/support/processes';

const ROOT = join(import.meta.dirname, '../..');
const NGINX_PLACES = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx'];

/** Starts a server in `folder`, or answers with the sentence that says what is missing. `pin` is what goes before its command. */
export type StartServer = (folder: string, pin: readonly string[]) => Promise<RunningApp | string>;

const HAS_TASKSET = availableParallelism() > 1 && !spawnSync('taskset', ['-c', '1', 'true']).error;

/** What goes before a command that shall stay on one core; nothing where that cannot be had. */
export function pinTo(core: number): readonly string[] {
  return HAS_TASKSET ? ['taskset', '-c', String(core)] : [];
}

/** Whether servers and generators are kept apart, as a sentence. */
export function describePinning(): string {
  return HAS_TASKSET ? 'Server on core 0, generator on core 1.' : 'Not pinned: taskset or a second core is missing.';
}

/** nginx with one worker: `/` keeps connections, `/close` closes each. */
export const startNginx: StartServer = async (folder, pin) => {
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
  return startPinned(pin, { program: 'sh', args, cwd: folder, env: { NGINX_CONFIG: config('{port}') } });
};

/** Starts an ES module that gets its port as its first argument; `packages` says where what it requires is installed. */
export function startNode(text: string, packages: 'none' | 'ours' | 'frameworks' = 'none'): StartServer {
  return async (folder, pin) => {
    let home = ROOT;
    try {
      if (packages === 'frameworks') home = javascriptFolder();
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    await writeFile(join(folder, 'server.mjs'), text);
    const args = ['server.mjs', '{port}', join(home, 'package.json')];
    return startPinned(pin, { program: process.execPath, args, cwd: folder });
  };
}

/** Starts a Python with `text` as `app.py`. */
export function startPython(text: string, args: readonly string[]): StartServer {
  return async (folder, pin) => {
    const program = process.env['EP_PYTHON'];
    if (program === undefined) return 'EP_PYTHON does not name a Python with test/integration/requirements.txt.';
    await writeFile(join(folder, 'app.py'), text);
    return startPinned(pin, { program, args, cwd: folder }).catch(firstLine);
  };
}

/** Builds a Go program of one file, which gets its port as its first argument, and starts it with one core. */
export function startGo(text: string): StartServer {
  return async (folder, pin) => {
    await writeFile(join(folder, 'main.go'), text);
    const env = { ...process.env, GO111MODULE: 'off', CGO_ENABLED: '0' };
    const built = spawnSync('go', ['build', '-o', 'server', 'main.go'], { cwd: folder, encoding: 'utf8', env });
    if (built.error) return 'Go is not here: install it from https://go.dev/dl.';
    if (built.status !== 0) return `The Go server cannot be built: ${built.stderr.trim().split('\n').at(-1) ?? ''}`;
    return startPinned(pin, {
      program: join(folder, 'server'),
      args: ['{port}'],
      cwd: folder,
      env: { GOMAXPROCS: '1' },
    });
  };
}

function startPinned(pin: readonly string[], command: AppCommand): Promise<RunningApp> {
  const [program, ...args] = [...pin, command.program, ...command.args];
  return startApp({ ...command, program: program ?? command.program, args });
}

function firstLine(error: unknown): string {
  return String(error).split('\n')[0] ?? '';
}
