import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Run } from '../../../src/core/model/run';
import type { PageState } from '../../../src/protocol/page';
import { makeStagedRun } from '../../support/stagedRun';
import { STATES } from './fixtures';
import { startHarness, type Harness } from './harness';
import { paintedPixels, stickingOut, tableCells } from './look';
import { withPageOf } from './withPage';

const RAMP = [
  { durationMs: 4000, from: 1, to: 1, medianMs: 2, perSecond: 500 },
  { durationMs: 8000, from: 1, to: 64, medianMs: 7, perSecond: 1800 },
  { durationMs: 4000, from: 64, to: 64, medianMs: 32, perSecond: 1900 },
];
const CLOSED = makeStagedRun('closed', 'closed', RAMP);
const OPEN = makeStagedRun('open', 'open', [
  { durationMs: 4000, from: 200, to: 200, medianMs: 2, perSecond: 200 },
  { durationMs: 6000, from: 200, to: 1000, medianMs: 4, perSecond: 600 },
  { durationMs: 2000, from: 1500, to: 1500, medianMs: 60, perSecond: 1000 },
]);

function stateOf(run: Run, earlier: Run | null = null): PageState {
  return { ...STATES.result, run, before: earlier };
}

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

describe('the stages of a run on the page', () => {
  for (const [name, run] of [
    ['connections', CLOSED],
    ['rates', OPEN],
  ] as const) {
    for (const width of [320, 900]) {
      it(`of ${name} are drawn and fit ${width} pixels`, async () => {
        await withPageOf(harness, stateOf(run), { width, theme: width === 320 ? 'dark' : 'light' }, async (open) => {
          const painted = await paintedPixels(open);
          assert.equal(painted.length, 4);
          assert.ok(
            painted.every((pixels) => pixels > 1000),
            String(painted),
          );
          assert.deepEqual(await stickingOut(open), []);
          await open.picture(`page-stages-${name}-${width}`);
        });
      });
    }
  }

  it('have a table with what each was asked for and what came back', async () => {
    await withPageOf(harness, stateOf(OPEN), {}, async (open) => {
      const part = open.page.getByRole('region', { name: 'By stage' });
      await part.locator('summary').click();
      const cells = await tableCells(open, 'By stage');
      assert.deepEqual(
        cells.map(([time, load]) => [time, load]),
        [
          ['0 to 4 s', '200 req/s'],
          ['4 to 10 s', '200 to 1,000 req/s'],
          ['10 to 12 s', '1,500 req/s'],
        ],
      );
      assert.match(cells[2]?.[6] ?? '', /^6\d %$/);
      assert.match(await part.innerText(), /Latencies count from when a request was due/);
      const text = await open.page.locator('main').innerText();
      assert.match(text, /stages of up to 1,500 requests a second on at most 64 connections for 12 s/);
    });
  });

  it('stand beside those of the run before where the load was the same, and only there', async () => {
    const slower = makeStagedRun(
      'slower',
      'closed',
      RAMP.map((stage) => ({ ...stage, perSecond: stage.perSecond / 2 })),
    );
    for (const [earlier, columns] of [
      [slower, 8],
      [OPEN, 6],
    ] as const) {
      await withPageOf(harness, stateOf(CLOSED, earlier), {}, async (open) => {
        const part = open.page.getByRole('region', { name: 'By stage' });
        await part.locator('summary').click();
        const cells = await tableCells(open, 'By stage');
        assert.equal(cells[0]?.length, columns);
        if (earlier === slower) assert.match(cells[2]?.[6] ?? '', /^9\d\d$/);
      });
    }
  });

  it('are not there for a run without them', async () => {
    await withPageOf(harness, STATES.result, {}, async (open) => {
      assert.equal(await open.page.getByRole('region', { name: 'By stage' }).count(), 0);
    });
  });
});
