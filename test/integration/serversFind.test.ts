import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { warnOfDebugServer } from '../../src/core/request/debugServer';
import { forWorkspace, listeningProcesses } from '../../src/servers/listeningProcesses';
import type { RunningServer } from '../../src/servers/runningServer';
import { startSampler } from '../../src/servers/sampler';
import { startServer } from '../../src/servers/startServer';

const root = resolve(import.meta.dirname, '../..');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ep-find-')));
const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'ep-else-')));
const started: RunningServer[] = [];

async function start(command: string, cwd = folder): Promise<RunningServer> {
  const server = await startServer({
    server: { name: 'test', baseUrl: 'http://127.0.0.1:{port}', start: { command } },
    folder: cwd,
    supervisor: { script: join(root, 'src/servers/supervisor.ts'), execArgv: ['--import', 'tsx'] },
    allowedAddresses: ['127.0.0.1'],
    onOutput: () => undefined,
    signal: new AbortController().signal,
  });
  started.push(server);
  return server;
}

async function wait(ms: number): Promise<void> {
  await new Promise((settle) => setTimeout(settle, ms));
}

describe('listeningProcesses', { skip: process.platform !== 'linux' }, () => {
  let python: RunningServer;
  before(async () => {
    python = await start('python3 -m http.server --bind 127.0.0.1 {port}');
  });
  after(async () => {
    await Promise.all(started.map((server) => server.stop()));
  });

  it('finds a server of the workspace by its working directory, with a name a person would say', async () => {
    const found = forWorkspace((await listeningProcesses()).processes, folder).find(({ port }) => port === python.port);
    assert.ok(found);
    assert.equal(found.name, `http.server, :${python.port}`);
    assert.equal(found.host, '127.0.0.1');
    assert.equal(found.cwd, folder);
  });

  it('finds a server that works elsewhere but names the workspace on its command line', async () => {
    writeFileSync(
      join(folder, 'server.cjs'),
      "require('node:http').createServer((q, s) => s.end('hi')).listen(Number(process.argv[2]), '::')",
    );
    const server = await start(`node ${join(folder, 'server.cjs')} {port}`, elsewhere);
    const found = forWorkspace((await listeningProcesses()).processes, folder).find(({ port }) => port === server.port);
    assert.equal(found?.name, `node server.cjs, :${server.port}`);
    assert.equal(found.host, '127.0.0.1');
    assert.equal((await fetch(`http://${found.host}:${found.port}`)).status, 200);
  });

  it('does not offer a server of another folder, nor of one whose name begins alike', async () => {
    const { processes } = await listeningProcesses();
    assert.ok(processes.some(({ port }) => port === python.port));
    assert.ok(!forWorkspace(processes, elsewhere).some(({ port }) => port === python.port));
    assert.ok(!forWorkspace(processes, folder.slice(0, -1)).some(({ port }) => port === python.port));
  });

  it('names a pool of workers once, by its master', { skip: !process.env['EP_PYTHON'] }, async () => {
    writeFileSync(join(folder, 'app.py'), 'def app(env, start):\n  start("204 No Content", [])\n  return []\n');
    const gunicorn = `${process.env['EP_PYTHON'] ?? ''} -m gunicorn`;
    const server = await start(`${gunicorn} --workers 2 --bind 127.0.0.1:{port} app:app`);
    const found = (await listeningProcesses()).processes.filter(({ port }) => port === server.port);
    assert.deepEqual(
      found.map(({ name }) => name),
      [`gunicorn, 2 workers, sync, app:app, :${server.port}`],
    );
  });
});

describe('startSampler', { skip: process.platform !== 'linux' }, () => {
  after(async () => {
    await Promise.all(started.map((server) => server.stop()));
  });

  const BUSY = `
    const child = process.argv[3] ? require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => { const t = Date.now() + 20; while (Date.now() < t); }, 100)'], { stdio: 'inherit' }) : null;
    require('node:http').createServer((q, s) => {
      const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
      const until = used() + Number(new URL(q.url, 'http://x').searchParams.get('ms') ?? 0);
      while (used() < until);
      s.end();
    }).listen(Number(process.argv[2]), '127.0.0.1');`;

  it('measures CPU and memory of the server and its child within the measured phase only', async () => {
    writeFileSync(join(folder, 'busy.cjs'), BUSY);
    const server = await start('node busy.cjs {port} child');
    const sampler = startSampler(server.port);
    await fetch(`${server.baseUrl}/?ms=500`);
    const startMs = performance.now();
    sampler.begin();
    await fetch(`${server.baseUrl}/?ms=400`);
    await wait(600);
    sampler.end();
    const elapsedMs = performance.now() - startMs;
    await fetch(`${server.baseUrl}/?ms=500`);
    const report = sampler.report();
    sampler.dispose();
    assert.match(sampler.commandLine ?? '', /busy\.cjs/);
    const [main, child] = report?.processes ?? [];
    assert.ok(main && child, JSON.stringify(report));
    assert.equal(main.role, 'server');
    // 400 ms of work however long they took: never the 1,000 ms that came before and after.
    const workMs = (main.cpuPercent / 100) * elapsedMs;
    assert.ok(workMs > 300 && workMs < 700, `${main.cpuPercent} % of ${elapsedMs} ms`);
    assert.ok(child.cpuPercent > 0.5 && child.cpuPercent < 45, `${child.cpuPercent} %`);
    assert.ok(main.rssMB > 20 && main.rssMB < 300, `${main.rssMB} MB`);
  });

  it('finds the local service that the server holds a connection to, and not its clients', async () => {
    writeFileSync(join(folder, 'backend.cjs'), BUSY);
    const backend = await start(`node ${join(folder, 'backend.cjs')} {port}`, elsewhere);
    writeFileSync(
      join(folder, 'front.cjs'),
      `const http = require('node:http');
       const agent = new http.Agent({ keepAlive: true });
       http.createServer((q, s) => http.get({ agent, host: '127.0.0.1', port: ${backend.port} }, (r) => r.resume().on('end', () => s.end())))
         .listen(Number(process.argv[2]), '127.0.0.1');`,
    );
    const front = await start('node front.cjs {port}');
    await (await fetch(front.baseUrl)).text();
    const sampler = startSampler(front.port);
    sampler.begin();
    await wait(300);
    sampler.end();
    const processes = sampler.report()?.processes ?? [];
    sampler.dispose();
    assert.deepEqual(
      processes.map(({ name, role }) => `${role} ${name}`),
      ['server node front.cjs', 'dependency node backend.cjs'],
    );
    assert.ok(!processes.some(({ pid }) => pid === process.pid));
  });

  it('tells how the server was started: by what watches its files, and of its environment nothing but what is asked', async () => {
    writeFileSync(
      join(folder, 'watched.cjs'),
      BUSY.replace('process.argv[2]', 'process.env.PORT').replace('process.argv[3]', 'null'),
    );
    const server = await startServer({
      server: {
        name: 'test',
        baseUrl: 'http://127.0.0.1:{port}',
        start: {
          command: 'node --watch watched.cjs',
          env: { PORT: '{port}', NODE_ENV: 'development', API_TOKEN: 'secret' },
        },
      },
      folder,
      supervisor: { script: join(root, 'src/servers/supervisor.ts'), execArgv: ['--import', 'tsx'] },
      allowedAddresses: ['127.0.0.1'],
      onOutput: () => undefined,
      signal: new AbortController().signal,
    });
    started.push(server);
    const sampler = startSampler(server.port);
    sampler.dispose();
    assert.ok(
      sampler.signs.parents.some((line) => line.includes('--watch')),
      JSON.stringify(sampler.signs),
    );
    assert.equal(sampler.signs.environment['NODE_ENV'], 'development');
    assert.doesNotMatch(JSON.stringify(sampler.signs), /secret/);
    const [warning] = warnOfDebugServer(sampler.signs, undefined);
    assert.match(warning?.message ?? '', /reloads.*NODE_ENV=development/);
  });

  it('reports nothing for a port where nobody listens', () => {
    const sampler = startSampler(1);
    sampler.begin();
    sampler.end();
    assert.equal(sampler.report(), null);
    assert.equal(sampler.commandLine, null);
  });
});
