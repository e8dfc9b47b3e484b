import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decideSession } from '../../../src/core/compare/decideSession';
import {
  beginLiveSession,
  liveLook,
  liveProgress,
  liveStep,
  type LiveSession,
} from '../../../src/core/compare/liveSession';
import { createRng } from '../../../src/core/stats/rng';
import type { Comparison } from '../../../src/core/model/comparison';
import type { PageState, SideBySide } from '../../../src/protocol/page';
import { armBlock, SESSION, sessionRounds } from '../../unit/compare/sessions';
import { RUN_AFTER, STATES } from './fixtures';
import { startHarness, type Harness, type OpenOptions, type OpenPage } from './harness';
import { requests, stickingOut, tableCells } from './look';
import { withPageOf } from './withPage';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

function withPage(state: PageState, options: OpenOptions, use: (open: OpenPage) => Promise<void>): Promise<void> {
  return withPageOf(harness, state, options, use);
}

const LABELS = { before: 'HEAD (4f2c1d9)', after: 'working tree' };
const OPTIONS = { ...SESSION, labels: LABELS };

const SLOWER = decideSession(sessionRounds(createRng(3), 3, 0.71, 0.012, 0.003), {
  ...OPTIONS,
  warnings: [{ code: 'snapshot-1', message: 'Both sides use the same database (DATABASE_URL in .env).' }],
});
const UNDECIDED = decideSession(sessionRounds(createRng(5), 3, 0.974, 0.03, 0.006), OPTIONS);
const BLOCKED = decideSession(
  sessionRounds(createRng(7), 1, 1.4, 0.02).map((round) => ({
    ...round,
    blocks: round.blocks.map(({ before: side }) => ({
      before: side,
      after: armBlock({ requests: 2400, statuses: { '404': 2400 }, bodyBytes: 31 }),
    })),
  })),
  OPTIONS,
);

function stateWith(comparison: Comparison, changes: Partial<SideBySide> = {}): PageState {
  const state = comparison.verdict === 'inconclusive' && !comparison.blocker ? 'undecided' : 'decided';
  const kept = {
    startedAt: '2026-03-14T09:31:00.000Z',
    state,
    comparison,
    canGoOn: false,
    editedSince: false,
  } as const;
  return { ...STATES.idle, sideBySide: { ...kept, ...changes } };
}

function live(): LiveSession {
  const first = sessionRounds(createRng(11), 1, 0.9, 0.02);
  const begun = beginLiveSession({ labels: LABELS, margin: 0.03, plannedRounds: 5 });
  const looked = liveLook(begun, decideSession(first, OPTIONS));
  const logRatios = [-0.11, -0.08, -0.13, -0.1, -0.09, -0.12, -0.1];
  const rps = { before: 1842, after: 1655 };
  return liveProgress(looked, { phase: 'measure', elapsedMs: 14_000, logRatios, rps }, 1, 41.3);
}

const COMPARING: PageState = { ...STATES.idle, activity: { kind: 'comparing', live: live() } };
const VIEWS = {
  comparing: COMPARING,
  decided: stateWith(SLOWER),
  undecided: stateWith(UNDECIDED, { canGoOn: true }),
  blocked: stateWith(BLOCKED),
} as const satisfies Record<string, PageState>;

describe('a comparison side by side on the page', () => {
  for (const [name, state] of Object.entries(VIEWS)) {
    it(`is drawn in every theme and fits 320 pixels: ${name}`, async () => {
      await withPage(state, {}, async (open) => {
        for (const theme of ['light', 'dark', 'high-contrast'] as const) {
          await open.setTheme(theme);
          assert.deepEqual(await stickingOut(open), []);
          await open.picture(`page-side-by-side-${name}-${theme}`);
        }
      });
      await withPage(state, { width: 320 }, async (open) => {
        assert.deepEqual(await stickingOut(open), []);
        await open.picture(`page-side-by-side-${name}-320`);
      });
    });
  }

  it('shows the step, both paces, the band and a dot for each block while it goes on, and can be cancelled', async () => {
    await withPage(COMPARING, {}, async (open) => {
      const { page } = open;
      const text = await page.locator('.comparing').innerText();
      assert.match(text, /Measuring both in turn · working tree against HEAD \(4f2c1d9\)/);
      assert.match(text, /round 2 of at most 5 · at most 42 s left/);
      assert.match(text, /1,842[^]*1,655/);
      assert.match(text, /This launch so far: −\d.* %, band −\d.* to −\d.* %/);
      assert.equal(await page.locator('.comparing .dot').count(), 15);
      await open.notify('compare/tick', liveStep(live(), 'Starting working tree…', 2));
      assert.match(await page.locator('.comparing').innerText(), /Starting working tree · .*[^]*round 3 of at most 5/);
      await page.getByRole('button', { name: 'Cancel' }).click();
      assert.deepEqual(await requests(open), [['run/cancel', null]]);
    });
  });

  it('ends in a verdict with interval, table, looks and warnings', async () => {
    await withPage(VIEWS.decided, {}, async (open) => {
      const { page } = open;
      assert.match(
        await page.locator('.verdict-headline').first().innerText(),
        /^▼ 29\s% slower than HEAD \(4f2c1d9\)/,
      );
      assert.equal((await tableCells(open, 'Verdict by metric')).length, SLOWER.metrics.length);
      assert.match(await page.locator('.side-by-side').innerText(), /Both sides use the same database/);
      assert.equal(await page.getByRole('button', { name: 'Keep going' }).count(), 0);
      await page.getByRole('button', { name: /^Copy the verdict as Markdown/ }).click();
      assert.deepEqual(await requests(open), [['compare/copy', { of: 'sideBySide' }]]);
      assert.equal(await page.getByText('Nothing measured yet').isVisible(), false);
    });
  });

  it('can be gone on with while undecided, and shows what each planned look said', async () => {
    await withPage(VIEWS.undecided, {}, async (open) => {
      await open.page.getByRole('button', { name: 'Keep going' }).click();
      assert.deepEqual(await requests(open), [['compare/goOn', null]]);
      await open.page.getByText('How it came about: 3 looks').click();
      const rows = await tableCells(open, 'Planned looks');
      assert.deepEqual(
        rows.map(([after]) => after),
        ['after 1 restart', 'after 2 restarts', 'after 3 restarts'],
      );
    });
  });

  it('of different answers judges no speed', async () => {
    await withPage(VIEWS.blocked, {}, async (open) => {
      assert.match(await open.page.locator('.verdict-headline').first().innerText(), /^≠ .*404/);
      assert.equal(
        await open.page
          .locator('.side-by-side .verdict-picture, .side-by-side .blocks')
          .filter({ visible: true })
          .count(),
        0,
      );
    });
  });

  it('is folded to a line above a run that is newer', async () => {
    await withPage(
      { ...VIEWS.decided, run: { ...RUN_AFTER, startedAt: '2026-03-14T09:40:00.000Z' } },
      {},
      async (open) => {
        const fold = open.page.locator('details.side-by-side');
        assert.equal(await fold.getAttribute('open'), null);
        assert.match(await fold.innerText(), /▼ 29 % slower than HEAD/);
        await open.picture('page-side-by-side-folded');
      },
    );
  });

  it('that cannot start offers to choose a command or to write one down', async () => {
    const sentence = 'Server "app :8000" has no command, so it cannot be started for both sides.';
    const problem = { code: 'no-command', sentence, actions: ['proposeCommand', 'editServers'] } as const;
    await withPage({ ...STATES.idle, activity: { kind: 'problem', problem } }, {}, async (open) => {
      await open.page.getByRole('button', { name: 'Choose a start command' }).click();
      await open.page.getByRole('button', { name: 'Write one down' }).click();
      assert.deepEqual(await requests(open), [
        ['problem/act', { action: 'proposeCommand' }],
        ['problem/act', { action: 'editServers' }],
      ]);
    });
  });
});
