import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Sweep } from '../../../src/core/model/sweep';
import { DEFAULT_LEVELS } from '../../../src/core/plan/sweepPlan';
import type { PageState, SweepListItem } from '../../../src/protocol/page';
import { samplePoint, sampleSweep, workersAt } from '../../support/sampleSweep';
import { STATES } from './fixtures';
import { startHarness, type Harness, type OpenOptions, type OpenPage } from './harness';
import { paintedPixels, requests, stickingOut, tableCells } from './look';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

async function withPage(state: PageState, options: OpenOptions, use: (open: OpenPage) => Promise<void>): Promise<void> {
  const open = await harness.open(state, options);
  try {
    await use(open);
    assert.deepEqual(
      open.errors.filter((error) => !error.startsWith('Applying inline style violates')),
      [],
    );
  } finally {
    await open.page.context().close();
  }
}

function sweepNamed(id: string, serverName: string, law: (level: number) => number): Sweep {
  const points = DEFAULT_LEVELS.map((level) => samplePoint(level, law(level)));
  return sampleSweep(points, { id, target: { name: serverName, baseUrl: 'http://127.0.0.1:8000' } });
}

const SYNC = sweepNamed('sync', 'gunicorn sync, 16 workers', (level) => workersAt(level, 16));
const GEVENT = sweepNamed(
  'gevent',
  'gunicorn gevent',
  (level) => (400 * level) / (1 + 0.04 * (level - 1) + 4e-5 * level * (level - 1)),
);
const FLASK = sweepNamed('flask', 'flask run', () => 1050);

function itemOf(sweep: Sweep, index: number): SweepListItem {
  return {
    id: sweep.id,
    startedAt: `2026-03-14T09:2${6 - index}:00.000Z`,
    state: sweep.state,
    kind: sweep.kind,
    serverName: sweep.target.name,
    bestRps: Math.max(...sweep.points.map(({ summary }) => summary.throughputRps)),
    kneeLevel: sweep.knee?.level ?? null,
    revision: '4f2c1d9',
  };
}

function stateWith(...shown: readonly Sweep[]): PageState {
  return { ...STATES.idle, sweeps: { shown, list: [SYNC, GEVENT, FLASK].map(itemOf) } };
}

describe('sweeps on the page', () => {
  for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
    it(`are drawn over each other in the theme ${theme}`, async () => {
      await withPage(stateWith(SYNC, GEVENT), { theme }, async (open) => {
        assert.ok((await paintedPixels(open)).every((pixels) => pixels > 1000));
        assert.deepEqual(await stickingOut(open), []);
        await open.picture(`page-sweep-${theme}`);
      });
    });
  }

  for (const width of [320, 400]) {
    it(`fit ${width} pixels`, async () => {
      await withPage(stateWith(SYNC), { width }, async (open) => {
        assert.deepEqual(await stickingOut(open), []);
        if (width === 400) await open.picture(`page-sweep-${width}`);
      });
    });
  }

  it('say what came out, and have a table with every level and the knee by name', async () => {
    await withPage(stateWith(SYNC, FLASK), {}, async (open) => {
      const text = await open.page.locator('.sweep').innerText();
      assert.ok(text.includes('Throughput stops growing at 16 connections; beyond it only the wait grows.'));
      assert.ok(text.includes('p99'));
      await open.page.locator('.sweep summary').click();
      const cells = await tableCells(open, 'Throughput and latency by level');
      assert.equal(cells.length, 22);
      assert.deepEqual(
        cells.find(([level]) => level?.includes('(knee)')),
        ['16 (knee), sweep 1', '2,000', '8.0 ms', '12.8 ms', '0'],
      );
    });
  });

  it('are opened, laid over, taken off and deleted from the list', async () => {
    await withPage(stateWith(SYNC, GEVENT), {}, async (open) => {
      const press = (name: RegExp): Promise<void> => open.page.getByRole('button', { name }).click();
      await press(/Show the sweep of 14 Mar.* 09:25 alone/);
      await press(/Take the sweep of 14 Mar.* 09:25 off/);
      await press(/Lay the sweep of 14 Mar.* 09:24 over/);
      await press(/^Delete the sweep of 14 Mar.* 09:24/);
      await press(/^Really\? Delete the sweep of 14 Mar.* 09:24/);
      assert.deepEqual(await requests(open), [
        ['sweep/open', { id: 'gevent' }],
        ['sweep/lay', { id: 'gevent', isLaid: false }],
        ['sweep/lay', { id: 'flask', isLaid: true }],
        ['sweep/delete', { id: 'flask' }],
      ]);
    });
  });

  it('are not there for an endpoint that was never swept', async () => {
    await withPage(STATES.result, {}, async (open) => {
      assert.equal(await open.page.locator('.sweep').isVisible(), false);
    });
  });
});
