import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { TransportName } from '../../src/core/model/loadProfile';
import { planFor, runLoad } from '../support/loadRuns';

const HEAD_MS = 30;
const BODY_MS = 60;

for (const transport of ['socket', 'undici'] satisfies readonly TransportName[]) {
  describe(`the parts of a request's time (${transport})`, () => {
    let server: Server;
    let baseUrl = '';
    before(async () => {
      server = createServer((request, response) => {
        if (request.url === '/close') response.shouldKeepAlive = false;
        setTimeout(() => {
          response.writeHead(200, { 'content-length': 4 });
          response.write('he');
          setTimeout(() => response.end('ad'), BODY_MS);
        }, HEAD_MS);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    it('tells the first byte of the head from the last of the body', async () => {
      const { result } = await runLoad(planFor(baseUrl, { transport, stop: { durationMs: null, requests: 12 } }));
      const { ttfbMs, latencyMs } = result.summary;
      assert.ok(ttfbMs && ttfbMs.min >= HEAD_MS - 2, JSON.stringify(ttfbMs));
      assert.ok(latencyMs.min >= HEAD_MS + BODY_MS - 3, JSON.stringify(latencyMs));
      assert.ok(latencyMs.p50 - ttfbMs.p50 >= BODY_MS / 2, 'the body came after the first byte');
    });

    it('has one connect time for each connection, those before the measured phase included', async () => {
      const plan = planFor(baseUrl + '/close', {
        transport,
        warmup: { kind: 'fixed', durationMs: 150 },
        stop: { durationMs: null, requests: 8 },
      });
      const { result } = await runLoad(plan);
      const { connectMs, latencyMs, connectionsOpened } = result.summary;
      assert.ok(connectionsOpened >= 12, String(connectionsOpened));
      assert.ok(connectMs && connectMs.min > 0 && connectMs.p50 < latencyMs.p50, JSON.stringify(connectMs));
    });
  });
}
