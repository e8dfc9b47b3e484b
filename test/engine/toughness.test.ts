import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it, mock } from 'node:test';
import { promisify } from 'node:util';
import type { LoadResult, Snapshot } from '../../src/core/model/runPlan';
import { LoadRun } from '../../src/loadgen/loadRun';
import { LoadPart } from '../../src/loadgen/phases';
import { startCountingServer, type CountingServer } from '../support/countingServer';
import { assertConsistent } from '../support/exactness';
import { planFor, runLoad } from '../support/loadRuns';

/** A network of its own in which sockets find only 100 ports. */
const FEW_PORTS =
  'ip link set lo up && echo "40000 40099" > /proc/sys/net/ipv4/ip_local_port_range && exec "$0" --import tsx "$@"';

function whyNoNetworkOfItsOwn(): string | false {
  if (process.platform !== 'linux') return 'only Linux can limit the ports of one process';
  const { status } = spawnSync('unshare', ['-rn', 'sh', '-c', FEW_PORTS, process.execPath, '-e', '0']);
  return status === 0 ? false : 'this machine does not let a test make a network of its own (unshare -rn, ip)';
}

/** Answers one request in 100 ms, closes, and has room for one or two connections that wait. */
const SMALL_QUEUE = `require('node:http').createServer((request, response) => {
  const start = Date.now();
  while (Date.now() - start < 100);
  response.setHeader('connection', 'close');
  response.end('x');
}).listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () { console.log(this.address().port); });`;

describe('a server whose queue of new connections is full', () => {
  it(
    'is named, with the second that the system lets connections wait',
    { skip: process.platform === 'linux' ? false : 'other systems treat a full queue otherwise' },
    async () => {
      const server = spawn(process.execPath, ['-e', SMALL_QUEUE], { stdio: ['ignore', 'pipe', 'inherit'] });
      try {
        const [port] = (await once(server.stdout, 'data')) as [Buffer];
        const { result } = await runLoad(
          planFor(`http://127.0.0.1:${port.toString().trim()}/`, {
            model: { kind: 'closed', connections: 16, pipelining: 1 },
            stop: { durationMs: 3000, requests: null },
            timeoutMs: 10_000,
          }),
        );
        assert.ok((result.summary.connectMs?.max ?? 0) >= 1000, JSON.stringify(result.summary.connectMs));
        const said = result.warnings.find(({ code }) => code === 'listen-queue-full')?.message ?? '';
        assert.match(said, /queue of new connections was full at times: .* of the \d+ connections took from 1 s to/);
      } finally {
        server.kill();
      }
    },
  );
});

describe('a generator that runs out of something', () => {
  for (const transport of ['socket', 'undici'] as const) {
    it(
      `of ports: counts them, says so, and does not spin (${transport})`,
      { skip: whyNoNetworkOfItsOwn() },
      async () => {
        const model = { kind: 'closed', connections: 200, pipelining: 1 };
        const profile = { transport, model, stop: { durationMs: 1500, requests: null } };
        const args = [
          '-rn',
          'sh',
          '-c',
          FEW_PORTS,
          process.execPath,
          'test/support/portsRun.ts',
          JSON.stringify(profile),
        ];
        const { stdout } = await promisify(execFile)('unshare', args);
        const result = JSON.parse(stdout) as LoadResult;
        assertConsistent(result);
        assert.equal(result.state, 'complete');
        const { errors, requests } = result.summary;
        assert.deepEqual(Object.keys(errors), ['ports']);
        assert.ok(requests > 100, `${requests} answers over the connections that found a port`);
        // A hundred lanes that tried without a pause would fail some 100,000 times in this time.
        assert.ok((errors.ports ?? 0) >= 100 && (errors.ports ?? 0) < 10_000, `${errors.ports ?? 0} failures`);
        const warning = result.warnings.find(({ code }) => code === 'ports');
        assert.match(warning?.message ?? '', /ran out of free ports.*use keep-alive, fewer/);
      },
    );
  }

  it(
    'of files: 1,000 connections under a limit of 256 are a sentence, not a crash',
    { skip: process.platform === 'win32' ? 'Windows has no ulimit' : false },
    async () => {
      const server = await startCountingServer();
      try {
        const model = { kind: 'closed', connections: 1000, pipelining: 1 } as const;
        const plan = planFor(server.baseUrl + '/delay/5', { model, stop: { durationMs: 1000, requests: null } });
        const script = 'ulimit -n 256 && exec "$0" --import tsx test/support/printRun.ts "$1"';
        const { stdout } = await promisify(execFile)('sh', ['-c', script, process.execPath, JSON.stringify(plan)]);
        const result = JSON.parse(stdout) as LoadResult;
        assertConsistent(result);
        assert.equal(result.state, 'complete');
        assert.ok(result.summary.requests > 100);
        const warning = result.warnings.find(({ code }) => code === 'descriptors');
        assert.match(warning?.message ?? '', /may not open 1000 connections at once: raise the limit .*ulimit -n/);
      } finally {
        await server.kill();
      }
    },
  );
});

describe('a clock that is put back', () => {
  let server: CountingServer;
  before(async () => {
    server = await startCountingServer();
  });
  after(() => server.kill());

  it('changes nothing: a run knows only the time since the machine was started', async () => {
    const realNow = Date.now.bind(Date);
    let shiftMs = 0;
    mock.method(Date, 'now', () => realNow() + shiftMs);
    const snapshots: Snapshot[] = [];
    try {
      const stop = { durationMs: 1000, requests: null };
      const warmup = { kind: 'fixed', durationMs: 300 } as const;
      const run = new LoadRun({
        plan: planFor(server.baseUrl + '/delay/5', { stop, warmup, threads: 1 }),
        address: '127.0.0.1',
        cores: 1,
        maySpin: () => false,
        readIdleMs: () => 0,
        createPart: (setup, events) => new LoadPart(setup, Math.random, events),
        createThread: () => assert.fail('one thread was asked for'),
        onCheckpoint: () => undefined,
        onSnapshot: (snapshot) => {
          snapshots.push(snapshot);
          shiftMs = snapshots.length % 2 === 0 ? -3_600_000 : 3_600_000;
        },
      });
      const startMs = performance.now();
      const result = await run.run();
      assert.ok(performance.now() - startMs < 10_000);
      assertConsistent(result);
      assert.equal(result.summary.durationS, 1);
      assert.deepEqual(result.series.tMs, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
      assert.ok(result.summary.latencyMs.min >= 3.9 && result.summary.latencyMs.max < 5000);
      assert.deepEqual(result.summary.errors, {});
    } finally {
      mock.restoreAll();
    }
  });
});

describe('a server that goes away and comes back', () => {
  const serve = async (port: number): Promise<Server> => {
    const server = createServer((_request, response) => setTimeout(() => response.end('ok'), 2));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };

  for (const threads of [1, 2]) {
    it(`costs errors, not the run: load goes on over new connections (threads: ${threads})`, async () => {
      let server = await serve(0);
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      let isBack = false;
      let wasAway = false;
      let answersAway = 0;
      const plan = planFor(`http://127.0.0.1:${port}/`, { threads, stop: { durationMs: 2500, requests: null } });
      const { result } = await runLoad(plan, ({ snapshot }) => {
        if (wasAway || snapshot.phase !== 'measure' || snapshot.requests < 50) return;
        wasAway = true;
        server.close();
        server.closeAllConnections();
        setTimeout(() => {
          answersAway = snapshot.requests;
          void serve(port).then((again) => {
            server = again;
            isBack = true;
          });
        }, 300);
      });
      server.closeAllConnections();
      server.close();
      assert.ok(isBack);
      assertConsistent(result);
      assert.equal(result.state, 'complete');
      assert.ok((result.summary.errors.refused ?? 0) > 0, JSON.stringify(result.summary.errors));
      assert.ok(result.summary.requests > answersAway + 100, `${result.summary.requests} answers`);
      assert.ok(result.summary.connectionsOpened >= 8);
      const { requests, errors } = result.series;
      assert.ok((requests.at(-1) ?? 0) > 0 && errors.at(-1) === 0, 'the last interval is quiet again');
    });
  }
});
