import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import { defaultProfile } from '../../src/core/plan/defaultProfile';
import { findLimit, type LimitRule } from '../../src/core/report/limits';
import type { Run } from '../../src/core/model/run';
import { readEnvironment } from '../../src/platform/node/environment';
import { LoadProcess } from '../../src/platform/node/loadProcess';
import { resolveHost } from '../../src/platform/node/resolveHost';
import { benchmark } from '../../src/session/benchmark';
import { freePort } from '../support/freePort';
import { loadgenEntry } from '../support/loadRuns';

const children: ChildProcess[] = [];
const folders: string[] = [];
after(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGINT');
    await once(child, 'exit');
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** As little of PostgreSQL's protocol as one query at a time needs, as source for the server's process. */
const QUERIES_ON = String.raw`
const queriesOn = (port) => {
  const startup = Buffer.from('\0\0\0\0\0\x03\0\0user\0postgres\0database\0postgres\0\0', 'latin1');
  startup.writeInt32BE(startup.length, 0);
  const text = 'SELECT count(*) FROM generate_series(1, 150000)\0';
  const query = Buffer.concat([Buffer.from([0x51, 0, 0, 0, 4 + text.length]), Buffer.from(text)]);
  const waiting = [];
  let isReady = false;
  let rest = Buffer.alloc(0);
  const socket = require('node:net').connect(port, '127.0.0.1', () => socket.write(startup));
  const next = () => {
    if (!isReady || waiting.length === 0) return;
    isReady = false;
    socket.write(query);
  };
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
      const kind = String.fromCharCode(rest[0]);
      rest = rest.subarray(1 + rest.readInt32BE(1));
      // C: a query is done; Z: the next may come.
      if (kind === 'C') waiting.shift()?.();
      if (kind === 'Z') {
        isReady = true;
        next();
      }
    }
  });
  return (done) => {
    waiting.push(done);
    next();
  };
};`;

describe(
  'findLimit on real servers',
  { skip: process.platform !== 'linux' && 'watches processes on Linux only' },
  () => {
    it('names the CPU of a server that computes', async (t) => {
      const port = await startServer(
        `(done) => { const end = performance.now() + 3; while (performance.now() < end); done(); }`,
      );
      const run = await load(port, 4);
      assertRule(t, run, 'server-cpu', run.server?.processes[0]?.cpuPercent ?? 0);
      assertLanes(run);
    });

    it('says that more connections would help where each request only waits', async () => {
      const port = await startServer(`(done) => setTimeout(done, 100)`);
      const run = await load(port, 4);
      assert.equal(findLimit(run)?.rule, 'concurrency', findLimit(run)?.sentence);
    });

    it('says that requests wait inside a server that takes one at a time without computing', async () => {
      const port = await startServer(
        `(() => { let last = Promise.resolve(); return (done) => { last = last.then(() => new Promise((go) => setTimeout(go, 40))).then(done); }; })()`,
      );
      const run = await load(port, 8);
      assert.equal(findLimit(run)?.rule, 'waiting', findLimit(run)?.sentence);
    });

    const bin = postgresFolder();
    it('names the database that a server waits for', { skip: bin === null && 'needs PostgreSQL' }, async (t) => {
      const database = await startPostgres(bin ?? '');
      const port = await startServer(`queriesOn(${database})`);
      const run = await load(port, 4);
      const busiest = run.server?.processes.find(({ role }) => role === 'dependency');
      assert.equal(busiest?.service, 'PostgreSQL', JSON.stringify(run.server));
      assertRule(t, run, 'dependency-cpu', busiest.cpuPercent);
      assert.ok(run.usage?.lanes.some(({ name }) => name === 'PostgreSQL'));
    });
  },
);

/** Where other programs take the cores, nothing here can reach its own limit, and nothing is promised. */
function assertRule(t: TestContext, run: Run, wanted: LimitRule, cpuPercent: number): void {
  const limit = findLimit(run);
  const busy = run.server?.machineBusy ?? 0;
  if (cpuPercent < 90 && busy > 0.8) {
    t.diagnostic(`The machine was ${Math.round(busy * 100)} % busy: ${limit?.sentence ?? ''}`);
    return;
  }
  assert.equal(limit?.rule, wanted, limit?.sentence);
}

function assertLanes({ usage, summary }: Run): void {
  assert.ok(usage);
  const measured = usage.tMs.filter((tMs) => tMs > 0).length;
  assert.ok(measured >= summary.durationS * 2, `${measured} samples in ${summary.durationS} s`);
  assert.ok(
    usage.tMs.some((tMs) => tMs <= 0),
    'none in the warm-up',
  );
  assert.deepEqual(
    usage.lanes.map(({ role }) => role),
    ['server', 'generator'],
  );
  for (const { cpuPercent, rssMB } of usage.lanes)
    assert.deepEqual([cpuPercent.length, rssMB.length], [usage.tMs.length, usage.tMs.length]);
}

async function load(port: number, connections: number): Promise<Run> {
  const generator = new LoadProcess({ entry: loadgenEntry(), log: () => undefined });
  return await benchmark(
    {
      target: {
        kind: 'request',
        request: { method: 'GET', url: `http://127.0.0.1:${port}/`, headers: [], body: null },
      },
      profile: {
        ...defaultProfile(),
        model: { kind: 'closed', connections, pipelining: 1 },
        stop: { durationMs: 2000, requests: null },
        warmup: { kind: 'fixed', durationMs: 600 },
      },
      folder: null,
    },
    {
      prompts: { confirm: () => Promise.resolve(true) },
      consents: { has: () => true, add: () => undefined },
      load: generator,
      servers: { ensure: () => Promise.reject(new Error('no server is started here')) },
      store: null,
      readEnvironment: () => readEnvironment(tmpdir(), '0.0.0'),
      resolveHost,
    },
    {},
    new AbortController().signal,
  );
}

/** A process of its own that answers when `work` calls back. */
async function startServer(work: string): Promise<number> {
  const script = `
    ${QUERIES_ON}
    const work = ${work};
    require('node:http').createServer((q, s) => work(() => s.end('ok'))).listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return Number(String(chunk));
}

function postgresFolder(): string | null {
  const found = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  const debian = spawnSync('sh', ['-c', 'ls -d /usr/lib/postgresql/*/bin | tail -1'], { encoding: 'utf8' });
  for (const folder of [found.stdout, debian.stdout].map((text) => (text as string | null)?.trim() ?? '')) {
    if (folder !== '' && spawnSync(join(folder, 'initdb'), ['--version']).status === 0) return folder;
  }
  return null;
}

/** A database of its own in a new folder; PostgreSQL refuses to run as root, so it runs as its own user then. */
async function startPostgres(bin: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'ep-postgres-'));
  folders.push(folder);
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const owner = process.getuid?.() === 0 ? { uid: id('-u'), gid: id('-g') } : {};
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'], {
    ...owner,
    stdio: 'ignore',
  });
  const port = await freePort();
  const options = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-F'];
  const child = spawn(join(bin, 'postgres'), options, { ...owner, stdio: ['ignore', 'ignore', 'pipe'] });
  children.unshift(child);
  let log = '';
  for await (const chunk of child.stderr) {
    log += String(chunk);
    if (log.includes('ready to accept connections')) return port;
  }
  throw new Error(`PostgreSQL did not start: ${log}`);
}
