import assert from 'node:assert/strict';
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Endpoint } from '../../src/core/model/endpoint';
import type { RequestValues } from '../../src/core/model/request';
import { DEFAULT_CAPS } from '../../src/core/plan/loadCaps';
import { openApiValues } from '../../src/core/request/openApiValues';
import { samplePattern } from '../../src/core/request/samplePattern';
import { parseTeamFile } from '../../src/core/request/teamFile';
import { readEnvironment } from '../../src/platform/node/environment';
import { LoadProcess } from '../../src/platform/node/loadProcess';
import { benchmark } from '../../src/session/benchmark';
import type { BenchmarkOrder, Question, SessionServices } from '../../src/session/benchmarkOrder';
import { errorCode } from '../../src/util/errors';
import { briefProfile, loadgenEntry } from '../support/loadRuns';

interface Victim {
  readonly server: HttpServer;
  readonly baseUrl: string;
  readonly seen: string[];
}

async function listen(answer: RequestListener): Promise<Victim> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''} ${request.rawHeaders.join('|')}`);
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const ENDPOINT: Endpoint = {
  id: 'GET /a/{id} app.py',
  method: 'GET',
  path: '/a/{id}',
  parameters: [{ name: 'id', in: 'path', type: 'string', required: true }],
  file: 'app.py',
  line: 2,
  registrationLine: 1,
  endLine: 3,
  handler: 'a',
  framework: 'flask',
  prefixes: [],
  notes: [],
  isTest: false,
};
const VALUES: RequestValues = { method: 'GET', path: { id: '1' }, query: [], headers: [], body: null };

describe('an attacker', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ep-attacks-'));
  const load = new LoadProcess({ entry: loadgenEntry(), log: () => undefined });
  let elsewhere: Victim;
  let target: Victim;
  let answer: RequestListener = (_request, response) => response.end('{}');
  before(async () => {
    elsewhere = await listen((_request, response) => response.end('ok'));
    target = await listen((request, response) => answer(request, response));
  });
  after(() => {
    load.dispose();
    for (const { server } of [elsewhere, target]) {
      server.closeAllConnections();
      server.close();
    }
  });

  const questions: Question[] = [];
  const services = (changes: Partial<SessionServices> = {}): SessionServices => ({
    prompts: { confirm: (question) => (questions.push(question), Promise.resolve(question.kind !== 'host')) },
    consents: { has: () => false, add: () => undefined },
    load,
    servers: { ensure: ({ baseUrl }) => Promise.resolve({ baseUrl, started: false }) },
    store: null,
    readEnvironment: (where) => readEnvironment(where, '0.0.0'),
    resolveHost: () => Promise.resolve(['127.0.0.1']),
    ...changes,
  });
  const order = (values: Partial<RequestValues>, baseUrl = target.baseUrl): BenchmarkOrder => ({
    target: { kind: 'endpoint', endpoint: ENDPOINT, values: { ...VALUES, ...values }, server: { name: 'x', baseUrl } },
    folder,
    profile: { ...briefProfile(), timeoutMs: 2000 },
  });
  const run = (each: BenchmarkOrder, changes: Partial<SessionServices> = {}) => {
    questions.length = 0;
    target.seen.length = 0;
    elsewhere.seen.length = 0;
    return benchmark(each, services(changes), {}, new AbortController().signal);
  };
  const failsWith = async (work: Promise<unknown>, code: string): Promise<void> => {
    await assert.rejects(
      work,
      (error) => errorCode(error) === code || `${String(errorCode(error))} instead of ${code}` === '',
    );
  };

  it('cannot lead requests to another server by a redirect', async () => {
    answer = (_request, response) => response.writeHead(307, { location: `${elsewhere.baseUrl}/taken` }).end();
    const result = await run(order({}));
    assert.deepEqual(result.summary.statuses, { '307': 20 });
    assert.deepEqual(elsewhere.seen, []);
    assert.equal(target.seen.length, 21);
  });

  it('cannot lead requests of a feed to another server, nor smuggle headers in through its values', async () => {
    const feeds = [{ name: 'id', spec: 'GET /ids $[*]' }];
    answer = (_request, response) => response.writeHead(302, { location: `${elsewhere.baseUrl}/ids` }).end();
    await failsWith(run(order({ path: { id: '{id}' }, feeds })), 'feed-answer');
    assert.deepEqual(elsewhere.seen, []);
    answer = (_request, response) => response.end(JSON.stringify(['a\r\nX-Evil: 1']));
    await failsWith(run(order({ headers: [['X-Id', '{id}']], feeds })), 'feed-value');
    answer = (_request, response) => response.end(JSON.stringify(['..']));
    await failsWith(run(order({ path: { id: '{id}' }, feeds })), 'feed-value');
    assert.ok(target.seen.every((each) => !each.includes('X-Evil') && each.startsWith('GET /ids ')));
  });

  it('cannot have files outside of the workspace read', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'ep-outside-'));
    writeFileSync(join(outside, 'secret.csv'), 'id\nx\n');
    symlinkSync(join(outside, 'secret.csv'), join(folder, 'link.csv'));
    for (const spec of [`@${join(outside, 'secret.csv')}`, '@link.csv', '@../../../../etc/passwd.txt']) {
      const work = run(order({ path: { id: '{id}' }, feeds: [{ name: 'id', spec }] }));
      await assert.rejects(work, (error) => ['feed-outside', 'feed-file'].includes(String(errorCode(error))), spec);
    }
    assert.deepEqual(target.seen, []);
  });

  it('cannot put a line break, another host or another path into a request', async () => {
    await failsWith(run(order({ headers: [['X', 'a\r\nHost: evil']] })), 'header-invalid');
    await failsWith(run(order({ headers: [['Transfer-Encoding', 'chunked']] })), 'header-invalid');
    await failsWith(run(order({ path: { id: '..' } })), 'path-dots');
    answer = (_request, response) => response.end('{}');
    await run(order({ path: { id: '//evil.example/../x?y#z' } }));
    assert.ok(target.seen.every((each) => each.startsWith('GET /a/%2F%2Fevil.example%2F..%2Fx%3Fy%23z ')));
    for (const baseUrl of ['http://127.0.0.1@evil.example', 'file:///etc', 'javascript:1']) {
      await failsWith(run(order({}, baseUrl)), 'target-url');
    }
  });

  it('is asked about by the address that a name leads to, with the secrets that would go there', async () => {
    const secretOf = (): Promise<string> => Promise.resolve('value');
    for (const address of ['10.0.0.1', '8.8.8.8', '169.254.169.254', '::ffff:10.0.0.1']) {
      const work = run(
        order({ headers: [['Authorization', 'Bearer ${secret:api}']] }, 'http://localhost.evil.example'),
        {
          resolveHost: () => Promise.resolve([address]),
          secretOf,
        },
      );
      await assert.rejects(work);
      const [question] = questions;
      assert.equal(question?.kind, 'host', address);
      assert.match(question.sentence, /localhost\.evil\.example.*carries secrets: secret:api/);
    }
    assert.deepEqual(target.seen, []);
  });

  it('cannot change what a name leads to between check and use', async () => {
    // The check is told of another address than the one that the name really has.
    const moved = target.baseUrl.replace('127.0.0.1', 'localhost');
    await failsWith(
      run(order({}, moved), { resolveHost: () => Promise.resolve(['127.0.0.77']) }),
      'address-not-allowed',
    );
    assert.deepEqual(target.seen, []);
  });

  it('cannot ask for more load than a person let pass', async () => {
    const base = order({});
    const most = { caps: () => DEFAULT_CAPS };
    for (const profile of [
      { ...base.profile, model: { kind: 'closed', connections: 1025, pipelining: 1 } },
      { ...base.profile, model: { kind: 'open', ratePerS: 20_001, arrivals: 'constant', maxConnections: 8 } },
      { ...base.profile, stop: { durationMs: 600_001, requests: null } },
      { ...base.profile, warmup: { kind: 'fixed', durationMs: 600_001 } },
    ] as const) {
      await failsWith(run({ ...base, profile }, most), 'over-cap');
    }
    assert.deepEqual(target.seen, []);
  });

  it('cannot hang or fill the machine with a document or a team file', () => {
    const beganMs = performance.now();
    const self = { $ref: '#/s' };
    const bomb = {
      openapi: '3.1.0',
      paths: { '/a/{id}': { post: { requestBody: { content: { 'application/json': { schema: self } } } } } },
      s: {
        allOf: Array(50).fill(self),
        type: 'object',
        required: Array.from({ length: 50 }, (_, at) => `p${at}`),
        properties: Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`p${at}`, self])),
      },
    };
    const body = openApiValues(JSON.stringify(bomb), { method: 'POST', path: '/a/{id}' })?.body;
    assert.ok(body && 'text' in body && body.text.length < 1_000_000);
    openApiValues('{"openapi":"3.1.0","paths":'.concat('{"a":'.repeat(100_000)), { method: 'GET', path: '/' });
    for (const pattern of ['^(a+)+\\b\\By$', '^(a|a)*\\b\\By$', '((a{4000}){4000}){4000}', '('.repeat(20_000)]) {
      samplePattern(pattern, 200, 300);
      samplePattern(pattern);
    }
    assert.ok(parseTeamFile(`{"requests":${'{"GET /a":'.repeat(50_000)}`).mistakes.length > 0);
    assert.ok(performance.now() - beganMs < 5000);
  });
});
