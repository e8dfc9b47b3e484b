import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Run } from '../../src/core/model/run';
import { defaultProfile } from '../../src/core/plan/defaultProfile';
import { LoadProcess } from '../../src/platform/node/loadProcess';
import { benchmark } from '../../src/session/benchmark';
import { loadgenEntry } from '../support/loadRuns';
import { startProxyServer, type ProxyServer } from '../support/proxyServer';
import { sampleRun } from '../support/sampleRun';

describe('a session where a proxy is set', () => {
  let server: Server;
  let proxy: ProxyServer;
  let port = 0;
  before(async () => {
    server = createServer((_request, response) => response.end('{"id": [1, 2]}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    proxy = await startProxyServer({ http: port, https: port });
  });
  after(() => {
    proxy.close();
    server.closeAllConnections();
    server.close();
  });

  const measure = async (url: string): Promise<Run> => {
    const load = new LoadProcess({ entry: loadgenEntry(), log: () => undefined });
    try {
      return await benchmark(
        {
          target: { kind: 'request', request: { method: 'GET', url, headers: [], body: null } },
          profile: {
            ...defaultProfile(),
            stop: { durationMs: null, requests: 20 },
            warmup: { kind: 'none' },
            threads: 1,
          },
          folder: null,
          feeds: {
            settings: [{ name: 'id', spec: 'GET /ids $.id[*]' }],
            order: 'cycle',
            seed: 1,
            files: { folder: null, confined: true },
          },
        },
        {
          prompts: { confirm: () => Promise.resolve(true) },
          consents: { has: () => true, add: () => undefined },
          load,
          servers: { ensure: () => Promise.reject(new Error('There is no server to start.')) },
          store: null,
          readEnvironment: () => Promise.resolve(sampleRun().environment),
          resolveHost: () => Promise.resolve(['10.99.98.97']),
          proxyFor: () => proxy.url,
        },
        {},
        new AbortController().signal,
      );
    } finally {
      load.dispose();
    }
  };

  it('sends the values it asks for, the preview and the load through it, and says so', async () => {
    const run = await measure('http://service.invalid:8080/author/{id}');
    assert.equal(run.summary.requests, 20);
    assert.equal(run.generator.transport, 'undici');
    assert.equal(proxy.asked.length, 22);
    assert.equal(proxy.asked[0], 'GET http://service.invalid:8080/ids');
    assert.deepEqual(
      [...new Set(proxy.asked.slice(1))].sort(),
      [1, 2].map((id) => `GET http://service.invalid:8080/author/${id}`),
    );
    assert.match(
      run.warnings.find(({ code }) => code === 'proxy')?.message ?? '',
      /went through the proxy http:\/\/127/,
    );
  });

  it('never asks it for this machine', async () => {
    proxy.asked.length = 0;
    const run = await measure(`http://127.0.0.1:${port}/author/{id}`);
    assert.deepEqual([run.summary.requests, run.generator.transport, proxy.asked], [20, 'socket', []]);
    assert.ok(!run.warnings.some(({ code }) => code === 'proxy'));
  });
});
