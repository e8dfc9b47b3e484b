import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { compareMany, type ManyResult } from '../../src/session/compareMany';
import type { PairArmBlock, PairPlan, PairResult } from '../../src/core/model/pairPlan';
import type { Prompts } from '../../src/session/benchmarkOrder';
import { LatencyHistogram } from '../../src/core/stats/histogram';
import { orderFor, servicesFor } from '../support/pairedServers';
import { makeRepository, scratchFolder, writeFiles } from '../support/repository';

/** A server that `mood.js` lets end at `/crash`. */
const FILES = {
  'server.js': `
const { createServer } = require('node:http');
const { ends } = require('./mood.js');
createServer((request, response) => {
  if (ends && request.url === '/crash') { console.error('out of cheese'); process.exit(7); }
  response.end('{}');
}).listen(Number(process.argv[2]), '127.0.0.1');
`,
  'mood.js': 'exports.ends = false;\n',
};

interface Session {
  readonly result: Promise<ManyResult>;
  /** Paths in the order in which they were loaded. */
  readonly loaded: string[];
  readonly storage: string;
}

/** Real servers on copies of a repository; the load generator measures nothing, so that this takes no time. */
function sessionOf(test: TestContext, confirm: Prompts['confirm']): Session {
  const scratch = scratchFolder(test);
  const project = makeRepository(join(scratch, 'project'), FILES);
  writeFiles(project, { 'mood.js': 'exports.ends = true;\n' });
  const storage = join(scratch, 'storage');
  const services = servicesFor(storage);
  services.load.dispose();
  const loaded: string[] = [];
  const pair = (plan: PairPlan): Promise<PairResult> => {
    loaded.push(new URL(plan.sides.after.request.url).pathname);
    return Promise.resolve(equalResult(plan));
  };
  const endpoints = [
    ['GET', '/first'],
    ['GET', '/crash'],
    ['POST', '/write'],
    ['GET', '/last'],
  ] as const;
  const result = compareMany(
    {
      ...orderFor(project),
      endpoints: endpoints.map(([method, path]) => ({
        ...{ id: path, label: `${method} ${path}` },
        request: (baseUrl) => ({ method, url: baseUrl + path, headers: [], body: null }),
      })),
      skipped: [],
      budgetMs: 0,
    },
    { ...services, load: { pair }, prompts: { confirm } },
    {},
    new AbortController().signal,
  );
  return { result, loaded, storage };
}

function equalResult(plan: PairPlan): PairResult {
  const arm = (requests: number): PairArmBlock => ({
    ...{ requests, timeS: 1, failures: 0, statuses: { 200: requests }, bodyBytes: 2, cpuS: 0.1, stops: 0 },
    latencies: new LatencyHistogram().toColumns(),
  });
  return {
    ...{ state: 'complete', failing: null, failures: '', sliceMs: 250, guardMs: 50 },
    blocks: Array.from({ length: plan.blocks }, (_, at) => ({ before: arm(10_000 + at), after: arm(10_010 - at) })),
    warmup: { durationMs: 1, steady: true, rps: { before: [], after: [] } },
    generator: { cpuPercent: 20, eventLoopUtilization: 0.2 },
  };
}

it(
  'many endpoints are measured though one ends its server, which comes first, and another is not allowed',
  { timeout: 120_000 },
  async (test) => {
    const asked: string[] = [];
    const { result, loaded, storage } = sessionOf(test, (question) => {
      asked.push(question.kind);
      return Promise.resolve(false);
    });
    const { comparison } = await result;
    assert.deepEqual(loaded, ['/first', '/last']);
    assert.deepEqual(
      comparison.endpoints.map(({ label, verdict }) => [label, verdict]),
      [
        ['GET /crash', 'inconclusive'],
        ['GET /first', 'equivalent'],
        ['GET /last', 'equivalent'],
      ],
    );
    assert.equal(comparison.endpoints[0]?.comparison.blocker?.code === undefined, false);
    assert.match(comparison.headline, /^Of 3 endpoints: 1 answers differently, 2 without a difference/);
    assert.equal(comparison.regression, true);
    assert.deepEqual(asked, ['writes']);
    assert.deepEqual(comparison.skipped, [{ label: 'POST /write', reason: 'You did not want it to be sent.' }]);
    assert.deepEqual(readdirSync(storage), []);
  },
);
