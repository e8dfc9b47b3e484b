import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { decodeRun } from '../../src/core/history/runFile';
import type { Endpoint } from '../../src/core/model/endpoint';
import type { LoginRequest } from '../../src/core/model/login';
import type { PairPlan } from '../../src/core/model/pairPlan';
import { buildRequest } from '../../src/core/request/buildRequest';
import { EXPORT_FORMATS } from '../../src/core/report/exportKinds';
import { renderExport } from '../../src/core/report/exports';
import { readEnvironment } from '../../src/platform/node/environment';
import { LoadProcess } from '../../src/platform/node/loadProcess';
import { resolveHost } from '../../src/platform/node/resolveHost';
import { RunStore } from '../../src/platform/node/runStore';
import { benchmark } from '../../src/session/benchmark';
import { secretsOfEnvironment, type SecretSource } from '../../src/session/secrets';
import { sideBySide } from '../../src/session/sideBySide';
import { errorCode } from '../../src/util/errors';
import { briefProfile, loadgenEntry } from '../support/loadRuns';

const PASSWORD = 'pa55-wörd/"1"';
const CLI = resolve(import.meta.dirname, '../../dist/cli.js');
const ENDPOINT: Endpoint = {
  ...{ id: 'GET /me app.js', method: 'GET', path: '/me', parameters: [], file: 'app.js', line: 2, endLine: 3 },
  ...{ registrationLine: 1, handler: 'me', framework: 'express', prefixes: [], notes: [], isTest: false },
};
const USER: LoginRequest = {
  ...{ name: 'user', method: 'POST', path: '/token', headers: [] },
  body: { text: '{"name": "ada", "password": "${secret:pw}"}' },
  take: { kind: 'json', path: '$.data.token' },
};
const COOKIE: LoginRequest = {
  ...{ name: 'web', method: 'POST', path: '/login', take: { kind: 'cookie', name: 'sid' } },
  headers: [['Content-Type', 'application/x-www-form-urlencoded']],
  body: { text: 'password=${secret:pw}' },
};

/** Hands out a new token at each login, and lets nobody in without one that it has handed out. */
class Gate {
  readonly requests: { readonly line: string; readonly who: string }[] = [];
  readonly tokens: string[] = [];
  readonly server: HttpServer = createServer((request, response) => {
    void this.#answer(request).then(([status, headers, body]) => {
      response.writeHead(status, headers);
      response.end(body);
    });
  });

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  count(line: string): number {
    return this.requests.filter((each) => each.line === line).length;
  }

  async #answer(request: IncomingMessage): Promise<[number, Record<string, string | string[]>, string]> {
    const json = { 'content-type': 'application/json' };
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const line = `${request.method ?? ''} ${request.url ?? ''}`;
    const who = request.headers.authorization ?? request.headers.cookie ?? '';
    this.requests.push({ line, who });
    if (line === 'POST /token' || line === 'POST /login') {
      const typed =
        line === 'POST /token'
          ? (JSON.parse(body) as { password: string }).password
          : new URLSearchParams(body).get('password');
      if (typed !== PASSWORD) return [401, json, JSON.stringify({ detail: `wrong password ${typed ?? ''}` })];
      const token = `tok3n-${String(this.tokens.length)}-${Math.random().toString(36).slice(2)}`;
      this.tokens.push(token);
      if (line === 'POST /login') return [302, { location: '/', 'set-cookie': [`sid=${token}; HttpOnly`] }, ''];
      return [200, json, JSON.stringify({ data: { token }, refresh: 'r' })];
    }
    const isIn = this.tokens.some((token) => who === `Bearer ${token}` || who === `sid=${token}`);
    return [isIn ? 200 : 401, { ...json, 'x-who': who }, JSON.stringify({ who })];
  }
}

describe('a login before the load', () => {
  const gate = new Gate();
  const folder = mkdtempSync(join(tmpdir(), 'ep-logins-'));
  before(async () => {
    gate.server.listen(0, '127.0.0.1');
    await once(gate.server, 'listening');
  });
  after(() => {
    gate.server.closeAllConnections();
    gate.server.close();
  });

  const secretOf = secretsOfEnvironment({ ENDPOINT_PROFILER_SECRET_PW: PASSWORD });

  async function load(
    headers: readonly string[],
    logins: readonly LoginRequest[],
    { login, secret = secretOf }: { login?: string; secret?: SecretSource } = {},
  ): Promise<{ readonly run: Awaited<ReturnType<typeof benchmark>>; readonly told: string }> {
    const told: unknown[] = [];
    const where = mkdtempSync(join(folder, 'runs-'));
    const loader = new LoadProcess({ entry: loadgenEntry(), log: (line) => told.push(line) });
    gate.requests.length = 0;
    try {
      const run = await benchmark(
        {
          target: {
            kind: 'endpoint',
            endpoint: ENDPOINT,
            values: {
              method: 'GET',
              path: {},
              query: [],
              headers: headers.map((each) => ['Authorization', each]),
              body: null,
            },
            server: { name: 'gate', baseUrl: gate.baseUrl, ...(login === undefined ? {} : { login }) },
          },
          folder: null,
          profile: briefProfile(),
        },
        {
          prompts: { confirm: (question) => (told.push(question), Promise.resolve(true)) },
          consents: { has: () => false, add: (key) => void told.push(key) },
          load: loader,
          servers: { ensure: ({ baseUrl }) => Promise.resolve({ baseUrl, started: false }) },
          store: new RunStore(where),
          readEnvironment: (place) => readEnvironment(place, '0.0.0'),
          resolveHost,
          secretOf: secret,
          loginOf: (name) => Promise.resolve(logins.find((each) => each.name === name)),
        },
        { onActivity: (activity) => told.push(activity), onPreview: (preview) => told.push(preview) },
        new AbortController().signal,
      );
      const files = readdirSync(where, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
      const readPage = (): never => assert.fail('The page is not read.');
      const exports = await Promise.all(
        EXPORT_FORMATS.filter((format) => format !== 'html').map((format) =>
          renderExport(format, { run, before: run, readPage }),
        ),
      );
      return { run, told: [JSON.stringify(told), ...files, JSON.stringify(run), ...exports].join('\n') };
    } finally {
      loader.dispose();
    }
  }

  function assertNowhere(told: string): void {
    for (const secret of [...gate.tokens, PASSWORD, JSON.stringify(PASSWORD).slice(1, -1)])
      assert.ok(!told.includes(secret), `${secret} is in: ${told.slice(0, 2000)}`);
  }

  it('is sent once, and its token with every request, and stands in nothing that is written, told or exported', async () => {
    const { run, told } = await load(['Bearer ${login:user}'], [USER]);
    assert.equal(gate.count('POST /token'), 1);
    assert.equal(gate.count('GET /me'), 21);
    assert.deepEqual(Object.keys(run.summary.statuses), ['200']);
    assert.equal(run.state, 'complete');
    assert.ok(run.request.headers.some(([, value]) => value === 'Bearer ${login:user}'));
    assertNowhere(told);
  });

  it('gives a cookie, also with a redirect; and a server may say that all its requests want one', async () => {
    const { run, told } = await load([], [COOKIE], { login: 'web' });
    assert.deepEqual(Object.keys(run.summary.statuses), ['200']);
    assert.deepEqual(run.request.headers, [['Cookie', 'sid=${login:web}']]);
    assert.deepEqual(run.values?.headers, [], 'What a person filled in stays theirs.');
    assertNowhere(told);
  });

  for (const [what, login, code, sentence] of [
    ['is refused', USER, 'login-refused', /POST \/token\) was refused with 401.*wrong password \$\{secret:pw\}/],
    [
      'is answered otherwise',
      { ...USER, take: { kind: 'json', path: '$.access_token' } },
      'login-token',
      /\$\.access_token finds nothing in it \(there is data, refresh\)/,
    ],
    ['has another cookie', { ...COOKIE, name: 'user', take: { kind: 'cookie', name: 'id' } }, 'login-token', /\(sid\)/],
    ['has no header', { ...USER, take: { kind: 'header', name: 'X-Token' } }, 'login-token', /not among its headers/],
    ['is not described', { ...USER, name: 'other' }, 'login-unknown', /"user".*under "logins"/],
  ] as const) {
    it(`ends the run with a sentence, before any load, when it ${what}`, async () => {
      const isWrong = code === 'login-refused';
      const wrong = secretsOfEnvironment({ ENDPOINT_PROFILER_SECRET_PW: 'guessed' });
      await assert.rejects(
        load(['Bearer ${login:user}'], [login], isWrong ? { secret: wrong } : {}),
        (error: unknown) => {
          assert.equal(errorCode(error), code, String(error));
          assert.match(String(error), sentence);
          assert.ok(!String(error).includes('guessed'));
          assertNowhere(String(error));
          return true;
        },
      );
      assert.equal(gate.count('GET /me'), 0);
    });
  }

  it('is sent once for each launch of two servers that are compared', async () => {
    gate.requests.length = 0;
    const plans: PairPlan[] = [];
    const open = { baseUrl: gate.baseUrl, pid: null, close: () => Promise.resolve() };
    const side = (label: string) => ({ label, isRestarted: true, open: () => Promise.resolve({ ...open }) });
    await assert.rejects(
      sideBySide(
        {
          sides: { before: side('a'), after: side('b') },
          request: (baseUrl) =>
            buildRequest(ENDPOINT, baseUrl, {
              ...{ method: 'GET', path: {}, query: [], body: null },
              headers: [['Authorization', 'Bearer ${login:user}']],
            }),
          id: 'x',
          load: { connections: 1, pipelining: 1, timeoutMs: 2000, transport: 'auto', http2: false, insecureTls: false },
          ...{ margin: 0.03, budgetMs: 1000, quick: true, seed: 1, warnings: [] },
          prior: { sigma: 0.01, degreesOfFreedom: 5 },
        },
        {
          prompts: { confirm: () => Promise.resolve(true) },
          consents: { has: () => false, add: () => undefined },
          resolveHost,
          secretOf,
          loginOf: (name) => Promise.resolve(name === 'user' ? USER : undefined),
          load: {
            pair: (plan, { secrets }) => {
              plans.push(plan);
              for (const arm of ['before', 'after'] as const) {
                const token = secrets?.[arm].get('login:user') ?? '';
                assert.ok(gate.tokens.slice(-2).includes(token));
                assert.equal(plan.sides[arm].request.headers[0]?.[1], `Bearer ${token}`);
              }
              return Promise.reject(new Error('far enough'));
            },
          },
        },
        {},
        new AbortController().signal,
      ),
      /far enough/,
    );
    assert.equal(gate.count('POST /token'), 2);
    assert.equal(plans.length, 1);
  });

  describe('on the command line', () => {
    const project = join(folder, 'project');
    before(() => {
      mkdirSync(join(project, '.vscode'), { recursive: true });
      writeFileSync(
        join(project, 'app.js'),
        "const app = require('express')();\napp.get('/me', (request, response) => response.json({}));\n",
      );
      const body = { name: 'ada', password: '${env:GATE_PASSWORD}' };
      writeFileSync(
        join(project, '.vscode/endpoint-profiler.json'),
        JSON.stringify({
          logins: { user: { path: '/token', body, token: '$.data.token' } },
          requests: { 'GET /me #in': { login: 'user' } },
        }),
      );
      writeFileSync(join(project, '.env'), `GATE_PASSWORD='${PASSWORD}'\n`);
    });

    async function bench(...args: readonly string[]) {
      gate.requests.length = 0;
      const all = ['bench', ...args, '-n', '20', '-c', '2', '--warmup', '0', '--json'];
      const child = spawn(process.execPath, [CLI, ...all], {
        cwd: project,
        env: { ...process.env, ENDPOINT_PROFILER_SECRET_PW: PASSWORD },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      const [code] = (await once(child, 'close')) as [number | null];
      assertNowhere(stdout + stderr);
      return { code, stdout, stderr };
    }

    for (const [what, args] of [
      ['of the team file that a request names', ['--request', 'in']],
      ['of the team file that is named', ['--login', 'user']],
      ['that is typed', ['--login', 'POST /token $.data.token', '--login-body', '{"password": "${secret:pw}"}']],
    ] as const) {
      it(`uses a login ${what}`, async () => {
        const { code, stdout, stderr } = await bench(
          '--dir',
          '.',
          '--route',
          'GET /me',
          '--server',
          gate.baseUrl,
          ...args,
        );
        assert.equal(code, 0, stderr);
        assert.deepEqual(Object.keys(decodeRun(stdout).summary.statuses), ['200']);
        assert.equal(gate.count('POST /token'), 1);
      });
    }

    it('uses one with a URL, and a password out of a file', async () => {
      writeFileSync(join(folder, 'other.env'), `P="${PASSWORD.replaceAll('"', '')}"\n`);
      const typed = ['--login', 'POST /login cookie sid', '--login-body', 'password=${env:P}'];
      const header = ['--login-header', 'Content-Type: application/x-www-form-urlencoded'];
      const file = ['--env-file', join(folder, 'other.env')];
      const wrong = await bench(`${gate.baseUrl}/me`, ...typed, ...header, ...file);
      assert.equal(wrong.code, 2);
      assert.match(
        wrong.stderr,
        /^endpoint-profiler: The login "login" \(POST \/login\) was refused with 401[^\n]*\n$/,
      );
      assert.ok(!wrong.stderr.includes('pa55'));
      writeFileSync(join(folder, 'other.env'), `P='${PASSWORD}'\n`);
      const { code, stdout, stderr } = await bench(`${gate.baseUrl}/me`, ...typed, ...header, ...file);
      assert.equal(code, 0, stderr);
      assert.deepEqual(Object.keys(decodeRun(stdout).summary.statuses), ['200']);
    });

    it('says what is wrong with the flags', async () => {
      for (const [args, sentence] of [
        [['http://127.0.0.1:1/', '--login', 'user'], /--login NAME goes with --route/],
        [['http://127.0.0.1:1/', '--login', 'POST /token token'], /does not say where the token is/],
        [['http://127.0.0.1:1/', '--login-body', 'a'], /go with a whole login/],
        [['--route', 'GET /me', '--server', gate.baseUrl, '--login', 'none'], /no login "none".*there is user/],
        [['--route', 'GET /me', '--server', gate.baseUrl, '-H', 'A: ${env:NONE}'], /no value for \$\{env:NONE\}/],
      ] as const) {
        const { code, stderr } = await bench(...args);
        assert.equal(code, 2, stderr);
        assert.match(stderr, sentence);
      }
      assert.equal(gate.count('GET /me'), 0);
    });
  });
});
