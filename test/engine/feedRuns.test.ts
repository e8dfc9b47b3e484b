import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { FeedPlan } from '../../src/core/model/feed';
import type { TransportName } from '../../src/core/model/loadProfile';
import { planFor, runLoad } from '../support/loadRuns';

const FEEDS: FeedPlan = {
  feeds: [{ name: 'id', source: '1..150', values: { kind: 'range', from: 1, to: 150 } }],
  order: 'cycle',
  seed: 1,
};

describe('a run with feeds', () => {
  let server: Server;
  let baseUrl = '';
  let seen: number[] = [];
  before(async () => {
    server = createServer((request, response) => {
      seen.push(Number(request.url?.slice('/author/'.length)));
      response.end('ok');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const run = async (profile: Parameters<typeof planFor>[1]) => {
    seen = [];
    return (await runLoad({ ...planFor(`${baseUrl}/author/{id}`, profile), feeds: FEEDS })).result;
  };
  const times = (): Map<number, number> => {
    const counts = new Map<number, number>();
    for (const id of seen) counts.set(id, (counts.get(id) ?? 0) + 1);
    return counts;
  };

  for (const transport of ['socket', 'undici'] satisfies readonly TransportName[]) {
    it(`sends every value equally often (${transport})`, async () => {
      const result = await run({ transport, stop: { durationMs: null, requests: 300 } });
      assert.equal(result.summary.requests, 300);
      assert.deepEqual([times().size, ...new Set(times().values())], [150, 2]);
    });
  }

  it('sends every value equally often from several threads together', async () => {
    const result = await run({ threads: 3, stop: { durationMs: null, requests: 450 } });
    assert.deepEqual([result.summary.requests, result.generator.threads], [450, 3]);
    assert.deepEqual([times().size, ...new Set(times().values())], [150, 3]);
  });

  it('fails before it sends anything when a feed stands nowhere', async () => {
    seen = [];
    const plan = { ...planFor(`${baseUrl}/author/1`, {}), feeds: FEEDS };
    await assert.rejects(runLoad(plan), /"id" stands nowhere/);
    assert.deepEqual(seen, []);
  });
});
