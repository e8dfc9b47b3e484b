import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { TransportName } from '../../src/core/model/loadProfile';
import { planFor, runLoad } from '../support/loadRuns';

for (const transport of ['socket', 'undici'] satisfies readonly TransportName[]) {
  describe(`what a run tells of its answers (${transport})`, () => {
    let server: Server;
    let baseUrl = '';
    let count = 0;
    before(async () => {
      server = createServer((request, response) => {
        count += 1;
        response.setHeader('Content-Type', 'application/json');
        if (request.url === '/wrong') response.statusCode = 500;
        if (request.url === '/tenth' && count % 10 === 0) response.statusCode = 503;
        response.end(request.url === '/varying' ? `[${'1,'.repeat(count % 3)}1]` : '{"id":1}');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });
    const run = async (path: string, checks = {}, requests = 30) => {
      count = 0;
      const plan = planFor(baseUrl + path, { transport, stop: { durationMs: null, requests } });
      return (await runLoad({ ...plan, checks })).result;
    };

    it('has the size, hash and type of answers that are all alike', async () => {
      const { answers } = await run('/same');
      assert.deepEqual(answers, {
        bodyBytes: { min: 8, median: 8, max: 8, distinct: 1 },
        sampled: 5,
        contentTypes: ['application/json'],
        bodyHashes: [createHash('sha256').update('{"id":1}').digest('hex')],
        bodiesVary: false,
        failedChecks: [],
      });
    });

    it('says that bodies vary', async () => {
      const { answers } = await run('/varying', {}, 300);
      assert.equal(answers?.bodiesVary, true);
      assert.deepEqual(answers.bodyBytes, { min: 3, median: 5, max: 7, distinct: 3 });
    });

    it('counts unexpected answers as errors and not as latencies', async () => {
      const { summary, answers, warnings, accounting } = await run('/tenth', { statuses: [{ from: 200, to: 200 }] });
      assert.equal(summary.requests, 27);
      assert.deepEqual(summary.statuses, { '200': 27 });
      assert.deepEqual(summary.errors, { check: 3 });
      assert.equal(accounting.failed, 3);
      assert.deepEqual(answers?.failedChecks, [{ reason: 'status 503 instead of 200', count: 3 }]);
      assert.match(
        warnings.find(({ code }) => code === 'check-failed')?.message ?? '',
        /status 503 instead of 200 \(3\)/,
      );
    });

    it('does not let a server that is wrong faster go on', async () => {
      count = 0;
      const plan = planFor(baseUrl + '/wrong', { transport, stop: { durationMs: 20_000, requests: null } });
      const { result, wallMs } = await runLoad({ ...plan, checks: { statuses: [{ from: 200, to: 299 }] } });
      assert.equal(result.state, 'broken-off');
      assert.equal(result.summary.requests, 0);
      assert.equal(result.summary.latencyMs.max, 0);
      assert.match(result.answers?.failedChecks[0]?.reason ?? '', /status 500 instead of 2xx/);
      assert.ok(wallMs < 10_000, String(wallMs));
    });
  });
}
