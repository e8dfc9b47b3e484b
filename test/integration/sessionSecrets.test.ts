import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Endpoint } from '../../src/core/model/endpoint';
import type { RequestValues } from '../../src/core/model/request';
import { EXPORT_FORMATS } from '../../src/core/report/exportKinds';
import { renderExport } from '../../src/core/report/exports';
import { readEnvironment } from '../../src/platform/node/environment';
import { LoadProcess } from '../../src/platform/node/loadProcess';
import { resolveHost } from '../../src/platform/node/resolveHost';
import { RunStore } from '../../src/platform/node/runStore';
import { benchmark } from '../../src/session/benchmark';
import type { BenchmarkTarget, SessionServices } from '../../src/session/benchmarkOrder';
import { secretsOfEnvironment } from '../../src/session/secrets';
import { errorCode } from '../../src/util/errors';
import { briefProfile, loadgenEntry } from '../support/loadRuns';

const SECRET = 'tr3s-"geheim"/42';
const FORMS = [SECRET, encodeURIComponent(SECRET), JSON.stringify(SECRET).slice(1, -1)];
const ENDPOINT: Endpoint = {
  id: 'GET /me app.py',
  method: 'GET',
  path: '/me',
  parameters: [],
  file: 'app.py',
  line: 2,
  registrationLine: 1,
  endLine: 3,
  handler: 'me',
  framework: 'flask',
  prefixes: [],
  notes: [],
  isTest: false,
};

/** What the server was asked with, and everything that a session told or wrote. */
interface Outcome {
  readonly run: Awaited<ReturnType<typeof benchmark>>;
  readonly told: string;
}

describe('secrets of a session', () => {
  const seen: IncomingMessage[] = [];
  let server: HttpServer;
  let baseUrl = '';
  before(async () => {
    // Says back everything that it was asked with, and refuses, so that advice quotes it.
    server = createServer((request, response) => {
      seen.push(request);
      const body = JSON.stringify({ detail: `no ${request.url ?? ''} for ${JSON.stringify(request.headers)}` });
      response.writeHead(403, {
        'content-type': 'application/json',
        'x-echo': encodeURIComponent(request.headers.authorization ?? ''),
      });
      response.end(body);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  async function load(target: BenchmarkTarget, secretOf?: SessionServices['secretOf']): Promise<Outcome> {
    const folder = mkdtempSync(join(tmpdir(), 'ep-secrets-'));
    const told: unknown[] = [];
    const loader = new LoadProcess({ entry: loadgenEntry(), log: (line) => told.push(line) });
    const store = new RunStore(folder);
    try {
      const run = await benchmark(
        {
          target,
          folder: null,
          profile: briefProfile(),
          checks: { statuses: [{ from: 403, to: 403 }], json: [{ path: '$.detail', equals: '"never"' }] },
        },
        {
          prompts: { confirm: (question) => (told.push(question), Promise.resolve(true)) },
          consents: { has: () => false, add: (key) => void told.push(key) },
          load: loader,
          servers: { ensure: ({ baseUrl: url }) => Promise.resolve({ baseUrl: url, started: false }) },
          store,
          readEnvironment: (where) => readEnvironment(where, '0.0.0'),
          resolveHost,
          ...(secretOf ? { secretOf } : {}),
        },
        {
          onActivity: (activity) => told.push(activity),
          onServer: (each) => told.push(each),
          onPreview: (preview) => told.push(preview),
          onSnapshot: (snapshot) => told.push(snapshot),
        },
        new AbortController().signal,
      );
      const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
      assert.ok(files.length > 0);
      const page = { script: '', style: '' } as unknown as Awaited<
        ReturnType<Parameters<typeof renderExport>[1]['readPage']>
      >;
      const exports = await Promise.all(
        EXPORT_FORMATS.filter((format) => format !== 'html').map((format) =>
          renderExport(format, { run, before: run, readPage: () => Promise.resolve(page) }),
        ),
      );
      return { run, told: [JSON.stringify(told), ...files, JSON.stringify(run), ...exports].join('\n') };
    } finally {
      loader.dispose();
    }
  }

  function assertNowhere(told: string): void {
    for (const form of FORMS) {
      for (const written of [form, JSON.stringify(form).slice(1, -1)]) {
        const at = told.indexOf(written);
        assert.equal(at, -1, `found: ${told.slice(Math.max(0, at - 200), at + 60)}`);
      }
    }
  }

  const values: RequestValues = {
    method: 'GET',
    path: {},
    query: [['api_key', '${secret:token}']],
    headers: [['Authorization', 'Bearer ${secret:token}']],
    body: null,
  };
  const target = (filled: RequestValues): BenchmarkTarget => ({
    kind: 'endpoint',
    endpoint: ENDPOINT,
    values: filled,
    server: { name: 'echo', baseUrl },
  });
  const source = secretsOfEnvironment({ ENDPOINT_PROFILER_SECRET_TOKEN: SECRET });

  it('are sent with every request, and stand in nothing that is written, told or exported', async () => {
    seen.length = 0;
    const { run, told } = await load(target(values), source);
    assert.ok(seen.length >= 21);
    for (const request of seen) {
      assert.equal(request.headers.authorization, `Bearer ${SECRET}`);
      assert.equal(new URL(request.url ?? '', baseUrl).searchParams.get('api_key'), SECRET);
    }
    assertNowhere(told);
    assert.ok(run.request.headers.some(([, value]) => value === 'Bearer ${secret:token}'));
    assert.deepEqual(run.values, values);
  });

  it('that were given in plain become references, with the same requests', async () => {
    for (const plain of [
      target({ ...values, query: [['api_key', SECRET]], headers: [['Authorization', `Bearer ${SECRET}`]] }),
      {
        kind: 'request',
        request: {
          method: 'GET',
          url: `${baseUrl}/me?api_key=${encodeURIComponent(SECRET)}`,
          headers: [['Authorization', `Bearer ${SECRET}`]],
          body: null,
        },
      } as const,
    ]) {
      seen.length = 0;
      const { run, told } = await load(plain);
      assert.ok(seen.length >= 21);
      for (const request of seen) {
        assert.equal(request.headers.authorization, `Bearer ${SECRET}`);
        assert.equal(new URL(request.url ?? '', baseUrl).searchParams.get('api_key'), SECRET);
      }
      assertNowhere(told);
      assert.match(run.request.url, /\?api_key=\$\{secret:api_key\}$/);
    }
  });

  it('without a value are told of before anything is sent', async () => {
    seen.length = 0;
    await assert.rejects(load(target(values), secretsOfEnvironment({})), (error) => {
      assert.equal(errorCode(error), 'secret-missing');
      return /ENDPOINT_PROFILER_SECRET_TOKEN/.test(String(error));
    });
    assert.equal(seen.length, 0);
  });
});
