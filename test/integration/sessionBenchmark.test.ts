import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Endpoint, HttpMethod } from '../../src/core/model/endpoint';
import type { LoadProfile } from '../../src/core/model/loadProfile';
import type { Server } from '../../src/core/model/server';
import { defaultProfile } from '../../src/core/plan/defaultProfile';
import { proposeValues } from '../../src/core/request/proposeValues';
import { readEnvironment } from '../../src/platform/node/environment';
import { LoadProcess } from '../../src/platform/node/loadProcess';
import { resolveHost } from '../../src/platform/node/resolveHost';
import { RunStore } from '../../src/platform/node/runStore';
import type { Activity } from '../../src/protocol/page';
import { benchmark } from '../../src/session/benchmark';
import type { BenchmarkTarget, Question, SessionServices } from '../../src/session/benchmarkOrder';
import { ServerPool } from '../../src/session/serverPool';
import { CancelledError, errorCode } from '../../src/util/errors';
import { startCountingServer, type CountingServer } from '../support/countingServer';
import { freePort } from '../support/freePort';
import { loadgenEntry } from '../support/loadRuns';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'ep-session-'));
const pool = new ServerPool({
  supervisor: { script: join(root, 'src/servers/supervisor.ts'), execArgv: ['--import', 'tsx'] },
  onOutput: () => undefined,
});

interface Bench {
  readonly store: RunStore;
  readonly questions: Question[];
  readonly activities: Activity[];
  readonly consents: Set<string>;
  readonly controller: AbortController;
  /** What each question is answered with. */
  answer: (question: Question) => boolean;
  onRunning: () => void;
  run(target: BenchmarkTarget, profile?: Partial<LoadProfile>): ReturnType<typeof benchmark>;
}

/** A session with a real load generator and a real store; questions are answered with yes and kept. */
function makeBench(services: Partial<SessionServices> = {}): Bench {
  const store = new RunStore(mkdtempSync(join(tmpdir(), 'ep-session-runs-')));
  const load = new LoadProcess({ entry: loadgenEntry(), log: () => undefined });
  const bench: Bench = {
    store,
    questions: [],
    activities: [],
    consents: new Set(),
    controller: new AbortController(),
    answer: () => true,
    onRunning: () => undefined,
    run: (target, profile = {}) =>
      benchmark(
        {
          target,
          profile: {
            ...defaultProfile(),
            model: { kind: 'closed', connections: 4, pipelining: 1 },
            stop: { durationMs: null, requests: 50 },
            warmup: { kind: 'none' },
            timeoutMs: 1000,
            ...profile,
          },
          folder,
        },
        {
          prompts: {
            confirm: (question) => {
              bench.questions.push(question);
              return Promise.resolve(bench.answer(question));
            },
          },
          consents: { has: (key) => bench.consents.has(key), add: (key) => void bench.consents.add(key) },
          load,
          servers: pool,
          store,
          readEnvironment: (where) => readEnvironment(where, '0.0.0'),
          resolveHost,
          ...services,
        },
        {
          onActivity: (activity) => {
            bench.activities.push(activity);
            if (activity.kind === 'running') bench.onRunning();
          },
        },
        bench.controller.signal,
      ),
  };
  return bench;
}

function at(server: Server, path: string, method: HttpMethod = 'GET'): BenchmarkTarget {
  const endpoint: Endpoint = {
    id: `${method} ${path} app.py`,
    method,
    path,
    parameters: [],
    file: 'app.py',
    line: 2,
    registrationLine: 1,
    endLine: 3,
    handler: 'handler',
    framework: 'flask',
    prefixes: [],
    notes: [],
    isTest: false,
  };
  return { kind: 'endpoint', endpoint, values: proposeValues(endpoint), server };
}

function kinds(activities: readonly Activity[]): string[] {
  return activities.map(({ kind }) => kind).filter((kind, index, all) => kind !== all[index - 1]);
}

async function stored(bench: Bench): Promise<number> {
  return (await bench.store.list()).runs.length;
}

describe('benchmark', () => {
  let counting: CountingServer;
  let server: Server;
  before(async () => {
    counting = await startCountingServer();
    server = { name: 'counting', baseUrl: counting.baseUrl };
  });
  after(async () => {
    await counting.kill();
    await pool.stopAll();
  });

  it('goes from an endpoint to a stored run that opens again, and tells its states in order', async () => {
    const bench = makeBench();
    const run = await bench.run(at(server, '/ok'));
    assert.deepEqual(await bench.store.load(run.id), run);
    assert.deepEqual(kinds(bench.activities), ['preparing', 'running', 'idle']);
    assert.deepEqual([run.state, run.summary.requests, run.endpoint?.handler], ['complete', 50, 'handler']);
    assert.deepEqual(run.target, { name: 'counting', baseUrl: counting.baseUrl });
    assert.deepEqual(bench.questions, []);
  });

  it('keeps the whole series in the running state, so that a reloaded page can draw it', async () => {
    const bench = makeBench();
    const run = await bench.run(at(server, '/delay/2'), { stop: { durationMs: 700, requests: null } });
    const running = bench.activities.findLast((activity) => activity.kind === 'running');
    assert.ok(running?.kind === 'running');
    const { tMs, requests } = running.live.series;
    assert.deepEqual(
      tMs,
      [...tMs].sort((a, b) => a - b),
    );
    assert.ok(tMs.length >= 5 && tMs.length === requests.length);
    const seen = requests.reduce((sum, count) => sum + count, 0);
    assert.ok(
      Math.abs(seen - run.summary.requests) <= run.summary.requests * 0.3,
      `${seen} of ${run.summary.requests}`,
    );
  });

  it('cancelled in the middle keeps what was measured, marked as such', async () => {
    const bench = makeBench();
    bench.onRunning = () => {
      const activity = bench.activities.at(-1);
      if (activity?.kind === 'running' && activity.live.requests > 40) bench.controller.abort();
    };
    const run = await bench.run(at(server, '/delay/5'), { stop: { durationMs: 60_000, requests: null } });
    assert.equal(run.state, 'cancelled');
    assert.ok(run.summary.requests > 10);
    assert.equal((await bench.store.load(run.id)).state, 'cancelled');
    assert.equal(bench.activities.at(-1)?.kind, 'idle');
  });

  it('cancelled before anything was measured keeps nothing and is no problem', async () => {
    for (const delayMs of [0, 20, 100]) {
      const bench = makeBench();
      setTimeout(() => bench.controller.abort(), delayMs);
      await assert.rejects(bench.run(at(server, '/delay/800')), CancelledError);
      assert.equal(await stored(bench), 0);
      assert.equal(bench.activities.at(-1)?.kind ?? 'idle', 'idle');
    }
  });

  it('asks once for each endpoint before it writes, and remembers', async () => {
    const bench = makeBench();
    const target = at(server, '/ok', 'POST');
    await bench.run(target);
    await bench.run(target);
    await bench.run(at(server, '/ok/5', 'POST'));
    assert.deepEqual(
      bench.questions.map((question) => (question.kind === 'writes' ? question.path : question.kind)),
      ['/ok', '/ok/5'],
    );
    assert.match(bench.questions[0]?.sentence ?? '', /Data will be written/);
  });

  it('sends nothing at all after a no', async () => {
    const before = (await counting.counts()).connections;
    const bench = makeBench();
    bench.answer = () => false;
    await assert.rejects(bench.run(at(server, '/ok', 'DELETE')), CancelledError);
    assert.equal((await counting.counts()).connections, before);
    assert.equal(bench.activities.at(-1)?.kind, 'idle');
  });

  it('asks before it loads another host: every time for a public one, once for a private one', async () => {
    const ask = async (address: string): Promise<number> => {
      const bench = makeBench({ resolveHost: () => Promise.resolve([address]) });
      const refused = (): Promise<void> =>
        bench.run(at({ name: 'far', baseUrl: `http://far.invalid:9` }, '/ok')).then(
          () => undefined,
          () => undefined,
        );
      await refused();
      await refused();
      return bench.questions.filter(({ kind }) => kind === 'host').length;
    };
    assert.equal(await ask('192.0.2.1'), 2);
    assert.equal(await ask('169.254.169.254'), 2);
    assert.equal(await ask('10.255.255.1'), 1);
  });

  it('does not follow a name that leads elsewhere after the check', async () => {
    // The check was told another loopback address than the one that the name has when the request is sent.
    const bench = makeBench({ resolveHost: () => Promise.resolve(['127.0.0.77']) });
    const before = (await counting.counts()).connections;
    const moved = { name: 'moved', baseUrl: `http://localhost:${counting.port}` };
    await assert.rejects(bench.run(at(moved, '/ok')), (error) => errorCode(error) === 'address-not-allowed');
    assert.equal((await counting.counts()).connections, before);
  });

  it('does not follow a redirect off this machine', async () => {
    const redirecting = createServer((_, response) => {
      response.writeHead(302, { location: `${counting.baseUrl}/ok` }).end();
    }).listen(0, '127.0.0.1');
    await new Promise((settle) => redirecting.once('listening', settle));
    const { port } = redirecting.address() as AddressInfo;
    const before = (await counting.counts()).requests;
    const bench = makeBench();
    try {
      const run = await bench.run(at({ name: 'r', baseUrl: `http://127.0.0.1:${port}` }, '/x'));
      assert.deepEqual(run.summary.statuses, { '302': 50 });
      assert.equal((await counting.counts()).requests, before);
      assert.match(
        bench.questions[0]?.sentence ?? '',
        /points to http:\/\/127\.0\.0\.1:\d+\/ok; redirects are not followed/,
      );
    } finally {
      redirecting.closeAllConnections();
      redirecting.close();
    }
  });

  it('shows a doubtful answer before the load, and loads only after a yes', async () => {
    const bench = makeBench();
    bench.answer = ({ kind }) => kind !== 'preview';
    const before = (await counting.counts()).requests;
    await assert.rejects(bench.run(at(server, '/status/500')), CancelledError);
    assert.equal((await counting.counts()).requests, before + 1);
    assert.equal(await stored(bench), 0);
    bench.answer = () => true;
    const run = await bench.run(at(server, '/status/500'), { stop: { durationMs: null, requests: 10 } });
    assert.ok(run.warnings.some(({ code }) => code === 'preview-server-error'));
  });

  it('tells what is the matter and what can be done where nothing listens', async () => {
    const bench = makeBench();
    const nobody = { name: 'nobody', baseUrl: `http://127.0.0.1:${await freePort()}` };
    await assert.rejects(bench.run(at(nobody, '/')), (error) => errorCode(error) === 'refused');
    const last = bench.activities.at(-1);
    assert.ok(last?.kind === 'problem');
    assert.equal(last.problem.code, 'refused');
    assert.deepEqual(last.problem.actions, ['startServer', 'chooseServer', 'retry']);
  });

  it('keeps what was measured when the server dies in the middle', async () => {
    const mortal = await startCountingServer();
    const bench = makeBench();
    try {
      const run = await bench.run(at({ name: 'mortal', baseUrl: mortal.baseUrl }, '/die/400'), {
        stop: { durationMs: 3000, requests: null },
      });
      assert.ok(run.summary.requests > 100 && run.summary.requests < 400, `${run.summary.requests}`);
      assert.ok(Object.values(run.summary.errors).some((count) => count > 0));
      assert.equal(await stored(bench), 1);
    } finally {
      await mortal.kill();
    }
  });

  it('tells a wrong value before it starts a server for it', async () => {
    const bench = makeBench();
    const target = at(
      { name: 'cold', baseUrl: 'http://127.0.0.1:{port}', start: { command: 'touch started' } },
      '/a/{id}',
    );
    await assert.rejects(bench.run(target), (error) => errorCode(error) === 'value-missing');
    assert.deepEqual(pool.running(), []);
  });

  it('starts a server, uses it again for the next run, and restarts it when its definition changed', async () => {
    const script = `require('node:http').createServer((q,s)=>s.end(process.env.WHO)).listen(process.env.PORT,'127.0.0.1')`;
    const define = (who: string): Server => ({
      name: 'mine',
      baseUrl: 'http://127.0.0.1:{port}',
      start: { command: `node -e "${script}"`, env: { PORT: '{port}', WHO: who } },
    });
    const bench = makeBench();
    const first = await bench.run(at(define('a'), '/'));
    const second = await bench.run(at(define('a'), '/'));
    assert.equal(first.target.baseUrl, second.target.baseUrl);
    assert.ok(first.environment.cores > 0);
    const [one] = pool.running();
    await bench.run(at(define('bb'), '/'));
    assert.equal(pool.running().length, 1);
    assert.notEqual(pool.running()[0]?.pid, one?.pid);
    await pool.stopAll();
    assert.deepEqual(pool.running(), []);
  });

  it('uses a server that a person started, and never stops it', async () => {
    const { port } = counting;
    const theirs = { name: 'theirs', baseUrl: `http://127.0.0.1:${port}`, start: { command: 'sleep 60' } };
    const run = await makeBench().run(at(theirs, '/ok'));
    assert.equal(run.summary.requests, 50);
    await pool.stop('theirs', folder);
    assert.ok((await counting.counts()).requests > 0);
  });
});
