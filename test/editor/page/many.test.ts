import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PageMany, PageState } from '../../../src/protocol/page';
import { manyOnPage } from '../../../src/features/compare/manyOnPage';
import { storedMany } from '../../unit/compare/manyEndpoints';
import { STATES } from './fixtures';
import { startHarness, type Harness } from './harness';
import { requests, stickingOut, tableCells } from './look';
import { withPageOf } from './withPage';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const KEPT = [storedMany('2026-03-15T09:31:00.000Z'), storedMany('2026-03-14T09:31:00.000Z')];

function stateWith(endpointId: string | null, kept = KEPT): PageState {
  const many = manyOnPage(kept, undefined, endpointId) as PageMany;
  const { endpoint, server, ...rest } = STATES.idle;
  return { ...rest, endpoint: endpointId === null ? null : endpoint, server, many };
}

describe('many endpoints on the page', () => {
  for (const [width, theme] of [
    [900, 'light'],
    [900, 'high-contrast'],
    [480, 'dark'],
    [320, 'dark'],
  ] as const) {
    it(`are a list that fits ${width} pixels and says what is the matter: ${theme}`, async () => {
      await withPageOf(harness, stateWith(null), { theme, width }, async (open) => {
        assert.deepEqual(await stickingOut(open), []);
        const table = open.page.getByRole('table', { name: 'Endpoints', exact: true });
        assert.equal(await table.getByText(/gave nothing but failures/).isVisible(), true);
        await open.picture(`page-many-${width}-${theme}`);
      });
    });
  }

  it('list failures and other answers first, then slower, faster, the same, cannot tell, with Holm explained', async () => {
    await withPageOf(harness, stateWith(null), {}, async (open) => {
      const rows = await tableCells(open, 'Endpoints');
      const said = rows.map(([label, verdict]) => `${label}: ${verdict}`);
      for (const [at, pattern] of [
        /^GET \/crash: ≠ answers differently.*nothing but failures/,
        /^GET \/gone: ≠ answers differently.*404/,
        /^GET \/slower: ▼ slower/,
        /^GET \/faster: ▲ faster/,
        /^GET \/same: = no difference/,
        /^GET \/faint: \? cannot tell.*By itself it would be called changed/,
        /^GET \/noisy: \? cannot tell.*smallest change that can be seen/,
      ].entries()) {
        assert.match(said[at] ?? '', pattern);
      }
      assert.deepEqual(rows[0]?.slice(2), ['–', '–']);
      assert.match(rows[2]?.slice(2).join(' ') ?? '', /20\s% slower 19 to 21\s%/);
      const text = await open.page.locator('.many').innerText();
      assert.match(text, /Of 7 endpoints: 2 answer differently, 1 slower/);
      assert.match(text, /working tree against HEAD · .* · 3 launches of each side/);
      assert.match(text, /GET \/item\/\{id\}: Nobody said/);
      assert.match(text, /Other programs used 1.2 cores/);
    });
  });

  it('lead to each verdict, are copied and saved, and earlier lists are opened and deleted only when asked twice', async () => {
    await withPageOf(harness, stateWith(null), {}, async (open) => {
      const { page } = open;
      await page.getByText('GET /slower').click();
      await page.getByRole('button', { name: 'Copy the list of endpoints as Markdown' }).click();
      await page.getByRole('button', { name: 'Save the list of endpoints as Markdown' }).click();
      await page.getByRole('button', { name: /^Show the comparison of 14 Mar/ }).click();
      const remove = page.getByRole('button', { name: /comparison of 14 Mar/ }).last();
      await remove.click();
      const asked = await requests(open);
      assert.deepEqual(asked, [
        ['many/endpoint', { id: 'slower' }],
        ['many/copy', null],
        ['many/save', null],
        ['many/open', { id: KEPT[1]?.id }],
      ]);
      await remove.click();
      assert.deepEqual((await requests(open)).at(-1), ['many/delete', { id: KEPT[1]?.id }]);
    });
  });

  it('stand behind the page of one of them as a way back', async () => {
    await withPageOf(harness, stateWith('slower'), {}, async (open) => {
      const { page } = open;
      assert.equal(await page.getByRole('table', { name: 'Endpoints', exact: true }).isVisible(), false);
      assert.match(await page.locator('.many-back').innerText(), /Compared together with 6 other endpoints: Of 7/);
      await page.getByText('Show all').click();
      assert.deepEqual(await requests(open), [['many/back', null]]);
    });
  });
});
