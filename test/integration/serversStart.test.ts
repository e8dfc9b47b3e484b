import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import type { ServerCommand } from '../../src/core/model/server';
import { isListening } from '../../src/servers/freePort';
import { ServerStartError, type RunningServer } from '../../src/servers/runningServer';
import { startServer } from '../../src/servers/startServer';
import { CancelledError, errorCode } from '../../src/util/errors';
import { until } from '../support/until';

const root = resolve(import.meta.dirname, '../..');
const supervisor = { script: join(root, 'src/servers/supervisor.ts'), execArgv: ['--import', 'tsx'] };
const folder = mkdtempSync(join(tmpdir(), 'ep-start-'));

async function start(
  command: ServerCommand,
  baseUrl = 'http://127.0.0.1:{port}',
  signal = new AbortController().signal,
): Promise<RunningServer> {
  return await startServer({
    server: { name: 'test', baseUrl, start: command },
    folder,
    supervisor,
    allowedAddresses: ['127.0.0.1'],
    onOutput: () => undefined,
    signal,
  });
}

/** Processes whose environment has this text. */
function carrying(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/environ`, 'latin1').includes(text);
      } catch {
        return false;
      }
    })
    .map(Number);
}

const NODE_SERVER = `require('node:http').createServer((q, s) => s.end('hi')).listen(Number(process.argv[1]), '127.0.0.1')`;

describe('startServer', () => {
  it('starts python http.server on a free port, answers, and stops it', async () => {
    const server = await start({ command: 'python3 -m http.server --bind 127.0.0.1 {port}' });
    assert.equal((await fetch(server.baseUrl)).status, 200);
    await until('log has the request', () => server.logTail().some((line) => line.includes('GET /')));
    await server.stop();
    assert.equal(await isListening('127.0.0.1', server.port), false);
    assert.ok(await server.ended);
  });

  it('starts gunicorn with two workers and leaves none of them', { skip: !process.env['EP_PYTHON'] }, async () => {
    writeFileSync(join(folder, 'app.py'), 'def app(env, start):\n  start("204 No Content", [])\n  return []\n');
    const gunicorn = `${process.env['EP_PYTHON'] ?? ''} -m gunicorn`;
    const server = await start({
      command: `${gunicorn} --workers 2 --bind 127.0.0.1:{port} app:app`,
      env: { EP_TEST_MARK: 'gunicorn-{port}' },
    });
    await until('two workers', () => carrying(`EP_TEST_MARK=gunicorn-${server.port}`).length >= 3);
    await server.stop();
    assert.deepEqual(carrying(`EP_TEST_MARK=gunicorn-${server.port}`), []);
  });

  it('gives the port in the environment too', async () => {
    const server = await start({
      command: `node -e "require('node:http').createServer((q,s)=>s.end(process.env.PORT)).listen(process.env.PORT,'127.0.0.1')"`,
      env: { PORT: '{port}' },
    });
    assert.equal(await (await fetch(server.baseUrl)).text(), String(server.port));
    await server.stop();
  });

  it('says how the server ended and its last line when it dies before it answers', async () => {
    await assert.rejects(
      start({ command: 'echo starting; echo "ModuleNotFoundError: flask" >&2; exit 3' }),
      (error) => {
        assert.ok(error instanceof ServerStartError);
        assert.equal(error.code, 'server-exited');
        assert.match(error.message, /code 3.*ModuleNotFoundError: flask/);
        assert.ok(error.tail.includes('starting'));
        return true;
      },
    );
  });

  it('gives up after the ready timeout and leaves nothing behind', async () => {
    const mark = `EP_TEST_MARK=slow-${Date.now()}`;
    const env = { EP_TEST_MARK: mark.split('=')[1]! };
    await assert.rejects(start({ command: 'echo loading; sleep 60', env, readyTimeoutMs: 2500 }), (error) => {
      assert.equal(errorCode(error), 'server-timeout');
      assert.match(String(error), /loading/);
      return true;
    });
    assert.deepEqual(carrying(mark), []);
  });

  it('ends a server that ignores SIGTERM, and one that left its group', async () => {
    const mark = `EP_TEST_MARK=stubborn-${Date.now()}`;
    const server = await start({
      command: `trap '' TERM; setsid node -e "${NODE_SERVER}" {port} & wait; sleep 60`,
      env: { EP_TEST_MARK: mark.split('=')[1]! },
    });
    assert.ok(carrying(mark).length >= 2);
    await server.stop();
    assert.deepEqual(carrying(mark), []);
  });

  it('refuses to start where something else listens', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      await assert.rejects(
        start({ command: 'sleep 60' }, `http://127.0.0.1:${port}`),
        (error) => errorCode(error) === 'port-taken',
      );
    } finally {
      other.close();
    }
  });

  it('says that the folder is not there', async () => {
    await assert.rejects(start({ command: 'true', cwd: 'nowhere' }), /no such folder/);
  });

  it('stops what it started when it is cancelled', async () => {
    const mark = `EP_TEST_MARK=cancel-${Date.now()}`;
    const abort = new AbortController();
    const starting = start(
      { command: 'sleep 60', env: { EP_TEST_MARK: mark.split('=')[1]! } },
      'http://127.0.0.1:{port}',
      abort.signal,
    );
    starting.catch(() => undefined);
    await until('started', () => carrying(mark).length > 0);
    abort.abort();
    await assert.rejects(starting, CancelledError);
    assert.deepEqual(carrying(mark), []);
  });

  it('takes the server down when its parent is killed with SIGKILL', async () => {
    const mark = `EP_TEST_MARK=orphan-${Date.now()}`;
    const script = join(folder, 'parent.mts');
    writeFileSync(
      script,
      `import { startServer } from ${JSON.stringify(join(root, 'src/servers/startServer.ts'))};
       const server = await startServer({
         server: { name: 'x', baseUrl: 'http://127.0.0.1:{port}', start: { command: 'python3 -m http.server --bind 127.0.0.1 {port}' } },
         folder: ${JSON.stringify(folder)}, supervisor: ${JSON.stringify(supervisor)}, allowedAddresses: null,
         onOutput: () => undefined, signal: new AbortController().signal });
       console.log('PORT ' + server.port);`,
    );
    const parent = spawn(process.execPath, ['--import', 'tsx', script], {
      cwd: root,
      env: { ...process.env, [mark.split('=')[0]!]: mark.split('=')[1] },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    parent.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    await until('parent started its server', () => out.includes('PORT '));
    assert.ok(carrying(mark).length >= 3);
    parent.kill('SIGKILL');
    await until('nothing is left', () => carrying(mark).length === 0);
  });
});
