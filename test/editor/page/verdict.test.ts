import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { formatLatency } from '../../../src/core/report/format';
import type { PageState } from '../../../src/protocol/page';
import { RUN_AFTER, RUN_BEFORE, STATES } from './fixtures';
import { startHarness, type Harness, type OpenOptions, type OpenPage } from './harness';
import { requests, tableCells } from './look';
import { withPageOf } from './withPage';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

function withPage(state: PageState, options: OpenOptions, use: (open: OpenPage) => Promise<void>): Promise<void> {
  return withPageOf(harness, state, options, use);
}

describe('a comparison', () => {
  it('of stored runs says how little they prove, with interval and table, and praises nothing', async () => {
    await withPage(STATES.comparison, {}, async (open) => {
      const { page } = open;
      assert.match(await page.locator('.verdict-headline').innerText(), /^\? Within the spread between sessions/);
      assert.match(await page.locator('.verdict').innerText(), /One run each proves little/);
      assert.match(
        (await page.locator('.verdict-picture').getAttribute('aria-label')) ?? '',
        /^Requests a second: \+12 %, 95 % interval −\d.* to \+\d+ %, against a margin of ±5 %/,
      );
      const rows = await tableCells(open, 'Verdict by metric');
      assert.deepEqual(
        rows.map(([label, , , , , verdict]) => [label, verdict]),
        [
          'Requests a second',
          'Median latency (ms)',
          '90th percentile latency (ms)',
          '99th percentile latency (ms)',
          '99.9th percentile latency (ms)',
        ].map((label) => [label, '? cannot tell']),
      );
      assert.match(await page.locator('.tile').first().innerText(), /\? \+12 %: cannot tell$/);
      assert.equal(await page.locator('.tile .better, .tile .worse').count(), 0);
      const cells = (await tableCells(open, 'Numbers before and after')).find(([label]) => label === 'p99');
      const [before, after] = [RUN_BEFORE, RUN_AFTER].map((run) => formatLatency(run.summary.latencyMs.p99));
      assert.ok(cells);
      assert.deepEqual(cells.slice(1, 3), [before, after]);
      assert.match(cells[4] ?? '', /^▲ −\d+\.\d % better$/);
    });
  });

  it('can be confirmed side by side only where the extension says so', async () => {
    await withPage(STATES.comparison, {}, async (open) => {
      const confirm = open.page.getByRole('button', { name: 'Confirm side by side' });
      await confirm.click();
      assert.deepEqual(await requests(open), [['compare/confirm', null]]);
      await open.notify('state/replace', { ...STATES.comparison, canConfirm: false });
      assert.equal(await confirm.count(), 0);
    });
  });

  it('side by side draws a dot for each pair of blocks and says faster with sign, word and interval', async () => {
    await withPage(STATES.sideBySide, {}, async (open) => {
      const { page } = open;
      assert.match(await page.locator('.verdict-headline').innerText(), /^▲ 12\s% faster than HEAD \(95\s%: /);
      assert.match(await page.locator('.verdict').innerText(), /Smallest change that it finds: about 1\.\d %/);
      assert.equal(await page.locator('.blocks .dot').count(), 24);
      assert.match(await page.locator('.tile').first().innerText(), /▲ 12 % faster$/);
      assert.equal(await page.locator('.tile', { hasText: 'Slowest' }).locator('.change').count(), 0);
      await page.locator('.verdict .blocks + p + .note + .as-table summary').click();
      await page.getByRole('table', { name: 'Every pair of blocks' }).waitFor();
      assert.equal((await tableCells(open, 'Every pair of blocks: after ÷ before')).length, 3);
    });
  });

  it('that would compare different work says so first and judges no speed', async () => {
    await withPage(STATES.notComparable, {}, async (open) => {
      assert.match(await open.page.locator('.verdict-headline').innerText(), /^≠ This run fails .* not comparable\.$/);
      assert.equal(await open.page.locator('.tile .better, .tile .worse, .verdict table').count(), 0);
      assert.equal(await open.page.locator('.verdict-picture').isVisible(), false);
    });
  });
});
