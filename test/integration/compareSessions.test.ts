import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { compareWithCommit, type CommitOrder } from '../../src/session/compareWithCommit';
import { serverSide } from '../../src/session/serverSide';
import { sideBySide, type SideBySideResult } from '../../src/session/sideBySide';
import { listProcesses } from '../../scripts/processTree.mjs';
import {
  abortAt,
  orderFor,
  PAIRED_SERVER,
  SERVER_FILES,
  servicesFor,
  type TestServices,
} from '../support/pairedServers';
import { fingerprint, makeRepository, scratchFolder, writeFiles } from '../support/repository';
import { until } from '../support/until';

const never = new AbortController().signal;
/** A service that keeps its connections open. */
const STORE = `process.title = 'store'; require('node:net').createServer(() => undefined).listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;
const HEAVY = 'module.exports = { workMs: 4 };\n';

interface Bench {
  readonly project: string;
  readonly storage: string;
  readonly services: TestServices;
  readonly compare: (change?: Partial<CommitOrder>) => Promise<SideBySideResult>;
  /** Fails when anything of a comparison is left: copies, processes, notes in the repository, changed files. */
  readonly assertNothingLeft: (when: string) => Promise<void>;
}

function benchFor(test: TestContext, files: Readonly<Record<string, string>> = {}): Bench {
  const scratch = scratchFolder(test);
  const project = makeRepository(join(scratch, 'project'), { ...SERVER_FILES, ...files });
  const storage = join(scratch, 'storage');
  const services = servicesFor(storage);
  test.after(() => services.load.dispose());
  let before = '';
  const compare = (change: Partial<CommitOrder> = {}): Promise<SideBySideResult> => {
    before = fingerprint(project);
    return compareWithCommit(orderFor(project, change), services, {}, never);
  };
  return {
    project,
    storage,
    services,
    compare,
    assertNothingLeft: async (when) => {
      assert.deepEqual(entries(storage), [], when);
      if (before !== '') assert.equal(fingerprint(project), before, when);
      await until(`no process is left ${when}`, () => runningIn(scratch).length === 0);
    },
  };
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Command lines of processes that work below a folder. */
function runningIn(folder: string): string[] {
  return listProcesses().flatMap(({ pid, command }) => {
    try {
      const environ = readFileSync(`/proc/${pid}/environ`, 'utf8');
      return environ.includes(`PWD=${folder}`) && pid !== process.pid ? [`${pid} ${command}`] : [];
    } catch {
      return [];
    }
  });
}

async function problemOf(work: Promise<unknown>): Promise<{ code: unknown; message: string }> {
  const error: unknown = await work.then(
    () => assert.fail('it came to an end'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error);
  return { code: 'code' in error ? error.code : error.name, message: error.message };
}

describe('the working tree against a commit, on real servers', () => {
  it('finds a change that doubles the work, and leaves nothing behind', { timeout: 90_000 }, async (test) => {
    const bench = benchFor(test);
    writeFiles(bench.project, { 'work.js': HEAVY });
    const { comparison, state, rounds } = await bench.compare();
    assert.deepEqual([comparison.verdict, comparison.clearly, comparison.regression], ['slower', true, true]);
    assert.equal(state, 'decided');
    assert.equal(rounds.length, 1);
    const main = comparison.metrics.find(({ name }) => name === 'throughput');
    assert.ok(main && main.ratio > 0.35 && main.ratio < 0.75, String(main?.ratio));
    assert.ok(comparison.metrics.some(({ name }) => name === 'cpuPerRequest') || process.platform !== 'linux');
    assert.match(comparison.labels.before, /^HEAD \([0-9a-f]{7,}\)$/);
    assert.equal(comparison.labels.after, 'working tree');
    await bench.assertNothingLeft('after a comparison');
  });

  it(
    'does not call the same code clearly different, and says that it is the same',
    { timeout: 90_000 },
    async (test) => {
      const { compare } = benchFor(test);
      const { comparison } = await compare();
      assert.ok(!comparison.clearly, comparison.headline);
      assert.ok(comparison.warnings.some(({ code }) => code === 'no-change'));
    },
  );
});

describe('a comparison that cannot come to an end', { concurrency: 3 }, () => {
  it('gives both sides environments and folders of the same size', { timeout: 60_000 }, async (test) => {
    const { compare } = benchFor(test, { '.gitignore': '' });
    const pace = { warmup: { leastMs: 0, leastRequestsPerArm: 0, mostMs: 1 }, blocks: 1, shortBlocks: true };
    const { rounds } = await compare({ pace });
    const [block] = rounds[0]?.blocks ?? [];
    assert.ok(block);
    assert.equal(block.before.bodyBytes, block.after.bodyBytes);
  });

  it('refuses to compare speeds when the answers differ', { timeout: 60_000 }, async (test) => {
    const { project, compare } = benchFor(test);
    writeFiles(project, { 'work.js': 'module.exports = { workMs: 0.5, status: 404 };\n' });
    const pace = { warmup: { leastMs: 0, leastRequestsPerArm: 0, mostMs: 1 }, blocks: 2, shortBlocks: true };
    const { comparison, state } = await compare({ pace });
    assert.deepEqual([comparison.verdict, state], ['inconclusive', 'decided']);
    assert.match(comparison.headline, /404/);
    assert.ok(comparison.blocker);
  });

  it(
    'names the service that both sides use',
    { timeout: 60_000, skip: process.platform === 'linux' ? false : 'connections of processes are read on Linux' },
    async (test) => {
      const store = spawn(process.execPath, ['-e', STORE], { stdio: ['ignore', 'pipe', 'inherit'] });
      test.after(() => store.kill());
      const [port] = (await once(store.stdout, 'data')) as [Buffer];
      const { compare } = benchFor(test, {
        'work.js': `require('node:net').connect(${port.toString().trim()}, '127.0.0.1');\nmodule.exports = { workMs: 0.5 };\n`,
      });
      const pace = { warmup: { leastMs: 1500, leastRequestsPerArm: 0, mostMs: 5000 }, blocks: 1, shortBlocks: true };
      const { comparison } = await compare({ pace });
      const shared = comparison.warnings.find(({ code }) => code === 'shared-services');
      assert.match(shared?.message ?? JSON.stringify(comparison.warnings), /^Both sides use the same store: /);
    },
  );

  it('says which side died and what its log ends with', { timeout: 60_000 }, async (test) => {
    const bench = benchFor(test);
    writeFiles(bench.project, { 'work.js': 'module.exports = { workMs: 2, endAfter: 400 };\n' });
    const { code, message } = await problemOf(bench.compare());
    assert.equal(code, 'side-lost');
    assert.match(message, /^working tree gave nothing but failures .* the last line of its log is: out of cheese/);
    await bench.assertNothingLeft('after a server died');
  });

  it('says which side does not start, with the end of its log', { timeout: 60_000 }, async (test) => {
    const bench = benchFor(test, { 'work.js': 'throw new Error("no flour left");\n' });
    writeFiles(bench.project, { 'work.js': SERVER_FILES['work.js'] ?? '' });
    const { code, message } = await problemOf(bench.compare());
    assert.equal(code, 'server-exited');
    assert.match(message, /"HEAD \([0-9a-f]+\)" ended with code 1/);
    await bench.assertNothingLeft('after a server that does not start');
  });

  it('says which copy could not be prepared, and why', { timeout: 60_000 }, async (test) => {
    const bench = benchFor(test);
    const start = { command: 'node server.js {port}', prepare: 'echo compiling; echo syntax error >&2; exit 3' };
    const { code, message } = await problemOf(bench.compare({ server: { ...PAIRED_SERVER, start } }));
    assert.equal(code, 'prepare-failed');
    assert.match(message, /^In the copy of HEAD .*exit code 3.*syntax error/);
    await bench.assertNothingLeft('after a failed preparation');
  });

  it('refuses a server that cannot run twice, and a port that is taken', { timeout: 60_000 }, async (test) => {
    const bench = benchFor(test);
    const fixed = { ...PAIRED_SERVER, baseUrl: 'http://127.0.0.1:1' };
    assert.equal((await problemOf(bench.compare({ server: fixed }))).code, 'fixed-port');
    assert.equal(
      (await problemOf(bench.compare({ server: { name: 'x', baseUrl: fixed.baseUrl } }))).code,
      'no-command',
    );
    const other = createServer().listen(0, '127.0.0.1');
    test.after(() => other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const side = serverSide({
      ...{ label: 'new', folder: bench.project, env: {}, supervisor: bench.services.supervisor },
      server: { ...PAIRED_SERVER, baseUrl: `http://127.0.0.1:${port}` },
      onOutput: () => undefined,
    });
    const taken = sideBySide(
      { ...orderFor(bench.project), sides: { before: side, after: side } },
      bench.services,
      {},
      never,
    );
    assert.equal((await problemOf(taken)).code, 'port-taken');
    await bench.assertNothingLeft('after refusals');
  });

  it('runs what the command names by its place in the copies, too', { timeout: 60_000 }, async (test) => {
    const bench = benchFor(test);
    writeFiles(bench.project, { 'work.js': 'module.exports = { workMs: 1, status: 404 };\n' });
    const start = { command: `exec node ${bench.project}/server.js {port}` };
    const pace = { warmup: { leastMs: 0, leastRequestsPerArm: 0, mostMs: 1 }, blocks: 1, shortBlocks: true };
    const { comparison } = await bench.compare({ server: { ...PAIRED_SERVER, start }, pace });
    assert.ok(comparison.blocker, 'the two copies differ');
  });

  for (const phase of ['Copying HEAD', 'Copying working', 'Preparing', 'Starting', 'Warming', 'warmup', 'measure']) {
    it(`leaves nothing behind when it is cancelled at "${phase}"`, { timeout: 60_000 }, async (test) => {
      const bench = benchFor(test);
      const start = { command: 'node server.js {port}', prepare: 'sleep 0.3' };
      const { events, signal } = abortAt(phase);
      const order = orderFor(bench.project, { server: { ...PAIRED_SERVER, start }, quick: false });
      const untouched = fingerprint(bench.project);
      const startMs = performance.now();
      assert.equal((await problemOf(compareWithCommit(order, bench.services, events, signal))).code, 'CancelledError');
      assert.ok(performance.now() - startMs < 15_000);
      await bench.assertNothingLeft(phase);
      assert.equal(fingerprint(bench.project), untouched);
    });
  }
});
