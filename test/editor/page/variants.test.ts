import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { VariantResult, VariantsResult } from '../../../src/core/model/variants';
import { variantWarnings } from '../../../src/core/plan/concludeVariants';
import { variantsView } from '../../../src/core/report/variantsView';
import type { PageState } from '../../../src/protocol/page';
import { makeRun } from '../../support/drawnRun';
import { RUN_AFTER, STATES } from './fixtures';
import { startHarness, type Harness, type OpenPage } from './harness';
import { requests, stickingOut, tableCells } from './look';
import { withPageOf } from './withPage';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

function measured(name: string, description: string | null, medianMs: number, ...perSecond: number[]): VariantResult {
  const runs = perSecond.map((rate, round) =>
    makeRun(
      { id: `${name.replaceAll(' ', '-')}-${round}`, medianMs, perSecond: rate, seconds: 2 },
      { server: RUN_AFTER.server },
    ),
  );
  return { name, ...(description === null ? {} : { description }), runs, problem: null };
}

const VARIANTS: readonly VariantResult[] = [
  measured('raw', 'python app.py', 16, 980, 1010, 960),
  measured('gunicorn sync', null, 4.1, 3900, 3850, 4010),
  measured('gunicorn gevent', 'one worker', 3.9, 4150, 4210, 4080),
  measured('sanic', null, 0.7, 22_900, 23_400, 22_100),
  {
    name: 'PyPy',
    runs: [],
    problem: {
      code: 'server-exited',
      sentence: 'Server "PyPy" ended with code 127 before it answered. Its last line: pypy3: not found',
    },
  },
];

const RESULT: VariantsResult = {
  schemaVersion: 1,
  kind: 'variants',
  startedAt: '2026-03-14T09:40:00.000Z',
  state: 'complete',
  method: 'GET',
  path: '/author/{author_id}',
  rounds: 3,
  profile: RUN_AFTER.profile,
  variants: VARIANTS,
  warnings: variantWarnings(VARIANTS, 3),
};

function stateWith(isUnderWay = false): PageState {
  return { ...STATES.idle, variants: { ...variantsView(RESULT), isUnderWay } };
}

/** What sticks out, but for the table of eight columns, which is scrolled where there is little room. */
async function outside(open: OpenPage): Promise<string[]> {
  return (await stickingOut(open)).filter((each) => !/^(TABLE|THEAD|TBODY|TR|TH|TD|VSCODE-LINK)\b/.test(each));
}

describe('several servers on the page', () => {
  for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
    it(`are drawn together in the theme ${theme}`, async () => {
      await withPageOf(harness, stateWith(), { theme }, async (open) => {
        assert.equal(await open.page.locator('.bars rect.bar').count(), 4);
        assert.deepEqual(await outside(open), []);
        await open.picture(`page-variants-${theme}`);
      });
    });
  }

  it('fit 400 pixels', async () => {
    await withPageOf(harness, stateWith(), { width: 400 }, async (open) => {
      assert.deepEqual(await outside(open), []);
      await open.picture('page-variants-400');
    });
  });

  it('are a table with medians, ranges and what was not measured, and open their runs', async () => {
    await withPageOf(harness, stateWith(), {}, async (open) => {
      const cells = await tableCells(open, 'Servers');
      assert.deepEqual(
        cells.map(([name]) => name),
        ['raw (python app.py)', 'gunicorn sync', 'gunicorn gevent (one worker)', 'sanic', 'PyPy'],
      );
      assert.match(cells[1]?.[1] ?? '', /^3\.9k req\/s \(3\.9k–4\.0k\)$/);
      assert.match(cells[3]?.[2] ?? '', /^× 2\d\.\d\d$/);
      assert.ok(cells[4]?.slice(1).every((cell) => cell === '—' || cell === ''));
      const notes = await open.page.locator('.variant-notes').innerText();
      assert.match(notes, /PyPy was not measured: .*pypy3: not found/);
      await open.page.getByTitle('Open the run on sanic').click();
      await open.page.getByRole('button', { name: 'Copy the table as Markdown' }).click();
      assert.deepEqual(await requests(open), [
        ['run/open', { id: 'sanic-2' }],
        ['variants/copy', null],
      ]);
    });
  });

  it('stay in sight while others are still to come', async () => {
    const running = { ...stateWith(true), activity: STATES.running.activity };
    await withPageOf(harness, running, {}, async (open) => {
      assert.match(await open.page.locator('.variants').innerText(), /under way/);
      assert.equal(await open.page.locator('.variants').isVisible(), true);
    });
  });
});
