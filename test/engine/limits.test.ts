import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { TransportName } from '../../src/core/model/loadProfile';
import type { LoadResult } from '../../src/core/model/runPlan';
import { startCountingServer, type CountingServer } from '../support/countingServer';
import { planFor, runLoad } from '../support/loadRuns';
import { until } from '../support/until';

const TRANSPORTS: readonly TransportName[] = ['socket', 'undici'];

describe('at the limits', () => {
  let server: CountingServer;
  before(async () => {
    server = await startCountingServer();
  });
  after(() => server.kill());

  for (const transport of TRANSPORTS) {
    it(
      `a limit of open files below the connections is named, not a crash (${transport})`,
      { skip: process.platform === 'win32' ? 'Windows has no ulimit' : false },
      async () => {
        const model = { kind: 'closed', connections: 300, pipelining: 1 } as const;
        const stop = { durationMs: 1000, requests: null };
        const plan = planFor(server.baseUrl + '/delay/5', { transport, model, stop });
        const script = 'ulimit -n 128 && exec "$0" --import tsx test/support/printRun.ts "$1"';
        const { stdout } = await promisify(execFile)('sh', ['-c', script, process.execPath, JSON.stringify(plan)]);
        const result = JSON.parse(stdout) as LoadResult;
        assert.ok((result.summary.errors.descriptors ?? 0) > 0, JSON.stringify(result.summary.errors));
        assert.ok(result.summary.requests > 0);
        const warning = result.warnings.find(({ code }) => code === 'descriptors');
        assert.match(warning?.message ?? '', /ulimit -n/);
      },
    );

    it(`bodies of 50 MB are counted to the byte, and not kept (${transport})`, async () => {
      const before = (await server.counts()).bytesOut;
      const model = { kind: 'closed', connections: 2, pipelining: 1 } as const;
      const plan = planFor(server.baseUrl + '/ok/52428800', {
        transport,
        model,
        stop: { durationMs: null, requests: 4 },
        timeoutMs: 30_000,
      });
      const { result } = await runLoad(plan);
      assert.equal(result.summary.requests, 4);
      assert.equal(result.summary.bytesRead, (await server.counts()).bytesOut - before);
    });
  }

  it('500 connections are opened and closed again', async () => {
    const before = (await server.counts()).connections;
    const model = { kind: 'closed', connections: 500, pipelining: 1 } as const;
    const stop = { durationMs: null, requests: 2000 };
    const { result } = await runLoad(planFor(server.baseUrl + '/delay/5', { model, stop }));
    const counts = await server.counts();
    assert.equal(result.summary.requests, 2000);
    assert.equal(counts.connections - before, 500);
    assert.equal(result.summary.connectionsOpened, 500);
    await until('every connection is closed', async () => (await server.counts()).open === 0);
  });
});
