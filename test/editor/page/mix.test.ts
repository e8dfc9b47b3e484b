import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PageState } from '../../../src/protocol/page';
import { mixedRun } from '../../support/mixedRun';
import { RUN_AFTER, STATES } from './fixtures';
import { startHarness, type Harness, type OpenPage } from './harness';
import { stickingOut, tableCells } from './look';
import { withPageOf } from './withPage';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const MIXED = mixedRun();
const { mix, summary } = MIXED;

function stateWith(): PageState {
  const run = { ...RUN_AFTER, id: 'mixed', endpoint: null, values: null, summary, ...(mix ? { mix } : {}) };
  return { ...STATES.idle, endpoint: null, run, before: null, comparison: null, history: [] };
}

/** What sticks out, but for the wide table, which is scrolled where there is little room. */
async function outside(open: OpenPage): Promise<string[]> {
  return (await stickingOut(open)).filter((each) => !/^(TABLE|THEAD|TBODY|TR|TH|TD|SPAN|CODE|METER)\b/.test(each));
}

describe('a run of several endpoints on the page', () => {
  for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
    it(`has a row for each in the theme ${theme}`, async () => {
      await withPageOf(harness, stateWith(), { theme }, async (open) => {
        const cells = await tableCells(open, 'Endpoints');
        assert.deepEqual(
          cells.map(([name]) => name),
          ['GET /authors', 'GET /author/{id}', 'POST /author', 'All'],
        );
        assert.deepEqual(await outside(open), []);
        await open.picture(`page-mix-${theme}`);
      });
    });
  }

  it('says share, speed, tail and errors of each next to the total, errors not by colour alone', async () => {
    await withPageOf(harness, stateWith(), { width: 400 }, async (open) => {
      const [authors = [], author = [], created = [], all = []] = await tableCells(open, 'Endpoints');
      assert.deepEqual([authors[1], authors[2], authors[7]], ['60 %', '600', '0']);
      assert.deepEqual([author[3], author[5]], ['42.0 ms', '88.0 ms']);
      assert.match(author[7] ?? '', /^✕ 3 404: 2, timeout: 1$/);
      assert.match(created[7] ?? '', /^✕ 100 500: 100$/);
      assert.deepEqual([all[1], all[2]], ['100 %', '1,000']);
      assert.match(await open.page.locator('.mix .note').innerText(), /longest tail is that of GET \/author\/\{id\}/);
      assert.match(await open.page.locator('h1').innerText(), /Mix\s+page: GET \/authors ×6, GET \/author\/\{id\} ×3/);
      assert.deepEqual(await outside(open), []);
      await open.picture('page-mix-400');
    });
  });

  it('is what the page is about before anything came back, and offers no comparison with a commit', async () => {
    const endpoints = [{ name: 'GET /authors', weight: 3 }];
    const state = { ...stateWith(), run: null, mix: { name: null, endpoints } };
    await withPageOf(harness, state, {}, async (open) => {
      assert.match(await open.page.locator('h1').innerText(), /GET \/authors ×3/);
      assert.equal(await open.page.getByRole('button', { name: 'Benchmark', exact: true }).isVisible(), true);
      assert.equal(await open.page.getByRole('button', { name: 'Compare with commit…' }).isVisible(), false);
      assert.equal(await open.page.locator('.mix').isVisible(), false);
    });
  });
});
