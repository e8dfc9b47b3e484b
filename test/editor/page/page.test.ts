import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { numberRows } from '../../../src/core/compare/rows';
import { formatLatency } from '../../../src/core/report/format';
import type { EndpointSnapshot } from '../../../src/core/model/run';
import type { PageState } from '../../../src/protocol/page';
import { RUN_AFTER, STATES, type StateName } from './fixtures';
import { startHarness, type Harness, type OpenPage, type OpenOptions } from './harness';
import { focused, paintedPixels, requests, stickingOut, tableCells } from './look';
import { THEMES, type ThemeName } from './themes';
import { withPageOf } from './withPage';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

function withPage(state: PageState, options: OpenOptions, use: (open: OpenPage) => Promise<void>): Promise<void> {
  return withPageOf(harness, state, options, use);
}

describe('every state', () => {
  for (const name of Object.keys(STATES) as StateName[]) {
    for (const width of [320, 400, 900]) {
      it(`${name} fits ${width} pixels and reports nothing unexpected`, async () => {
        await withPage(STATES[name], { width }, async (open) => {
          assert.deepEqual(await stickingOut(open), []);
          if (width !== 320) await open.picture(`page-${name}-${width}`);
        });
      });
    }
  }

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`is drawn in the theme ${theme}`, async () => {
      await withPage(STATES.comparison, { theme }, async (open) => {
        assert.ok((await paintedPixels(open)).every((pixels) => pixels > 1000));
        await open.picture(`page-theme-${theme}`);
      });
    });
  }

  it('is drawn in colours that the system forces', async () => {
    await withPage(STATES.failing, { forcedColors: true, theme: 'high-contrast' }, async (open) => {
      assert.ok((await paintedPixels(open)).every((pixels) => pixels > 1000));
      await open.picture('page-forced-colors');
    });
  });
});

describe('a result', () => {
  it('says in words, tiles and tables what the run holds', async () => {
    await withPage(STATES.result, {}, async (open) => {
      const text = await open.page.locator('main').innerText();
      for (const part of [
        'GET /author/{author_id}',
        'app/views.py:41',
        'at 4f2c1d9 + changes',
        'no errors.',
        '--reload',
      ]) {
        assert.ok(text.includes(part), part);
      }
      const cells = new Map(
        [...(await tableCells(open, 'Latency')), ...(await tableCells(open, 'Throughput and volume'))].map(
          ([label, value]) => [label, value],
        ),
      );
      const rows = numberRows(null, RUN_AFTER);
      assert.equal(cells.size, rows.length);
      for (const row of rows.filter((one) => one.unit === 'latency' && one.isReliable)) {
        assert.equal(cells.get(row.label), formatLatency(row.after));
      }
      assert.equal(cells.get('Answers'), RUN_AFTER.summary.requests.toLocaleString('en-US'));
      assert.deepEqual((await tableCells(open, 'Statuses and errors'))[0]?.slice(0, 3), [
        'Status 200',
        RUN_AFTER.summary.requests.toLocaleString('en-US'),
        '100 %',
      ]);
    });
  });

  it('paints three charts and lays the numbers of each open as a table', async () => {
    await withPage(STATES.result, {}, async (open) => {
      const painted = await paintedPixels(open);
      assert.equal(painted.length, 3);
      assert.ok(
        painted.every((pixels) => pixels > 1000),
        String(painted),
      );
      for (const summary of await open.page.locator('.result summary:visible').all()) await summary.click();
      for (const chart of ['Over time', 'Latency by percentile', 'Latency distribution']) {
        await open.page.locator(`.result table[aria-label="${chart}"]`).waitFor();
      }
      const percentiles = new Map(
        (await tableCells(open, 'Latency by percentile')).map(([label, value]) => [label, value]),
      );
      assert.equal(percentiles.get('p99'), formatLatency(RUN_AFTER.summary.latencyMs.p99));
      const answers = (await tableCells(open, 'Latency distribution')).map(([, count]) =>
        Number(count?.replace(/,/g, '')),
      );
      assert.equal(
        answers.reduce((sum, count) => sum + count, 0),
        RUN_AFTER.summary.requests,
      );
      assert.ok((await tableCells(open, 'Over time')).length >= 50);
    });
  });

  it('draws what server, database and generator used as lanes, with their numbers and what limits the run', async () => {
    await withPage(STATES.result, {}, async (open) => {
      const { page } = open;
      assert.deepEqual(await page.locator('.result .lane').allInnerTexts(), [
        'server\n98 %',
        'PostgreSQL\n21 %',
        'generator\n6 %',
      ]);
      assert.equal(
        await page.locator('.limit').innerText(),
        "The server's one worker used 98 % of a core: the server's CPU is the limit.",
      );
      const heights = await page.evaluate<number[]>(
        `[...document.querySelectorAll('.result .lane-area')].map((area) => Math.round(area.getBoundingClientRect().height))`,
      );
      assert.ok(heights[0]! > 15 && heights[1]! > 2 && heights[1]! < 8 && heights[2]! < heights[1]!, String(heights));
      await page.getByRole('region', { name: 'CPU and memory over time' }).locator('summary').click();
      const rows = await tableCells(open, 'CPU and memory over time');
      assert.equal(rows.length, RUN_AFTER.usage!.tMs.length);
      assert.match(rows[0]?.[0] ?? '', /^-0\.8 s \(warm-up\)$/);
      assert.match(rows.at(-1)!.join(' '), /^10\.0 s (9\d|10\d) % 61 MB 2\d % 140 MB 6 % 74 MB 7 %$/);
      assert.deepEqual((await tableCells(open, 'Processes'))[2], ['postgres (700)', 'PostgreSQL', '21 %', '140 MB']);
    });
  });

  it('greys out a percentile with too few samples and says so', async () => {
    await withPage(STATES.cancelled, {}, async (open) => {
      const tile = open.page.locator('.tile', { hasText: 'p99.9' });
      assert.match(await tile.innerText(), /no answers above: too few samples/);
      assert.match((await tile.getAttribute('class')) ?? '', /faint/);
      assert.equal(await open.page.locator('.partial').innerText(), 'Cancelled after 3.2 s — partial');
    });
  });

  it('follows a change of the theme and of the width', async () => {
    await withPage(STATES.result, {}, async (open) => {
      const shot = async (): Promise<string> =>
        await open.page.evaluate<string>(`document.querySelectorAll('.result canvas')[0].toDataURL()`);
      const dark = await shot();
      await open.setTheme('light');
      assert.notEqual(await shot(), dark);
      await open.page.setViewportSize({ width: 420, height: 900 });
      await open.page.waitForFunction(`document.querySelectorAll('.result canvas')[0].clientWidth < 420`);
      assert.deepEqual(await stickingOut(open), []);
    });
  });

  it('remembers which runs are shown, so that a restart shows them again', async () => {
    await withPage(STATES.comparison, {}, async (open) => {
      assert.deepEqual((await open.seen()).remembered, [{ runId: 'after', beforeId: 'before' }]);
    });
  });
});

describe('a run under way', () => {
  it('grows with ticks, announces phases once, and can be cancelled', async () => {
    await withPage(STATES.preparing, {}, async (open) => {
      const status = open.page.getByRole('status').first();
      const tick = (elapsedMs: number, phase: string): unknown => ({
        phase,
        elapsedMs,
        progress: elapsedMs / 10_000,
        requests: elapsedMs,
        errors: {},
        rows: {
          intervalMs: 100,
          tMs: [elapsedMs],
          requests: [100],
          errors: [0],
          p50Ms: [8],
          p99Ms: [12],
          bytesRead: [1],
        },
      });
      await open.notify('run/tick', tick(100, 'measure'));
      assert.equal(await status.innerText(), 'Measuring.');
      const before = (await paintedPixels(open))[0] ?? 0;
      for (let at = 200; at < 4000; at += 100) await open.notify('run/tick', tick(at, 'measure'));
      assert.ok(((await paintedPixels(open))[0] ?? 0) > before);
      assert.match(
        await open.page.locator('main > .progress').innerText(),
        /Measuring for 3\.9 s · 39 % · 3,900 answers/,
      );
      assert.equal(await status.innerText(), 'Measuring.');
      await open.page.getByRole('button', { name: 'Cancel' }).click();
      assert.deepEqual(await requests(open), [['run/cancel', null]]);
      await open.notify('state/replace', STATES.cancelled);
      assert.match(await status.innerText(), /^Ended: cancelled after 3\.2 s/);
      assert.equal(await focused(open), 'Benchmark again');
    });
  });
});

describe('the load fields', () => {
  it('keep focus and what is half typed while the state is replaced', async () => {
    await withPage(STATES.result, {}, async (open) => {
      const field = open.page.getByRole('textbox', { name: 'Connections' });
      await field.fill('6');
      await open.notify('state/replace', {
        ...STATES.result,
        editedSince: true,
        load: { connections: 32, durationS: 20 },
      });
      await open.page.keyboard.type('4');
      assert.equal(await field.inputValue(), '64');
      assert.equal(await open.page.getByRole('textbox', { name: 'Seconds' }).inputValue(), '20');
    });
  });

  it('refuse what cannot be run, with a sentence, and run what can', async () => {
    await withPage(STATES.result, {}, async (open) => {
      const field = open.page.getByRole('textbox', { name: 'Connections' });
      await field.fill('20000');
      await open.page.getByRole('button', { name: 'Benchmark again' }).click();
      assert.match(await open.page.locator('.load-fields .fault').innerText(), /Use 1 to 10,000 connections\./);
      assert.deepEqual(await requests(open), []);
      assert.equal(await focused(open), 'Connections');
      await field.fill('64');
      await open.page.keyboard.press('Enter');
      await open.page.getByRole('button', { name: 'Re-run and compare' }).click();
      assert.deepEqual(await requests(open), [
        ['run/start', { connections: 64, durationS: 10, compare: false }],
        ['run/start', { connections: 64, durationS: 10, compare: true }],
      ]);
    });
  });

  it('show the sentence when the extension could not do what was asked', async () => {
    await withPage(STATES.result, {}, async (open) => {
      await open.page.evaluate(`window.__failing = 'run/start'`);
      await open.page.getByRole('button', { name: 'Benchmark again' }).click();
      await open.page.getByText('No server runs.').waitFor();
    });
  });
});

describe('the keyboard', () => {
  it('reaches every control in the order in which it is read', async () => {
    await withPage({ ...STATES.result, history: STATES.result.history.slice(0, 2) }, {}, async (open) => {
      const reached: string[] = [];
      for (let step = 0; step < 20; step += 1) {
        await open.page.keyboard.press('Tab');
        const name = await focused(open);
        if (name === '') break;
        reached.push(name.replace(/ 14 Mar.*| the shown run.*/, ''));
      }
      assert.deepEqual(reached, [
        'app/views.py:41',
        'Benchmark again',
        'Re-run and compare',
        'Compare with commit…',
        'Export',
        'Connections',
        'Seconds',
        'Show as table',
        'Show as table',
        'Show as table',
        'Show as table',
        'Preview answer200 OK · 9.4 ms · 58 B',
        'Delete the run of',
        'Open the run of',
        'Compare',
        'Delete the run of',
      ]);
    });
  });

  it('opens the export menu, walks it, and comes back with Escape', async () => {
    await withPage(STATES.result, {}, async (open) => {
      const { keyboard } = open.page;
      await open.page.getByRole('button', { name: 'Export' }).focus();
      await keyboard.press('Enter');
      assert.equal(await focused(open), 'Markdown');
      await keyboard.press('Escape');
      assert.equal(await focused(open), 'Export');
      await keyboard.press('Enter');
      await keyboard.press('ArrowDown');
      await keyboard.press('ArrowDown');
      await keyboard.press('Enter');
      assert.deepEqual(await requests(open), [['run/export', { format: 'json' }]]);
      assert.equal(await open.page.getByRole('menu').isVisible(), false);
    });
  });
});

describe('the history', () => {
  it('says which run is shown and which is the baseline', async () => {
    await withPage(STATES.result, {}, async (open) => {
      const names = await open.page.locator('.history tbody th').allInnerTexts();
      assert.match(names[0] ?? '', /shown$/);
      assert.match(names[2] ?? '', /baseline$/);
    });
  });

  it('opens, compares, and deletes only when asked twice; focus moves on to the next row', async () => {
    await withPage(STATES.result, {}, async (open) => {
      const row = open.page.locator('.history tbody tr').nth(1);
      await row.getByRole('button', { name: /^Open/ }).click();
      await row.getByRole('button', { name: /^Compare/ }).click();
      await row.getByRole('button', { name: /^Delete/ }).click();
      await open.page.keyboard.press('Escape');
      await row.getByRole('button', { name: /^Delete/ }).click();
      assert.deepEqual(await requests(open), [
        ['run/open', { id: 'before' }],
        ['compare/with', { id: 'before' }],
      ]);
      await row.getByRole('button', { name: /^Really/ }).click();
      assert.deepEqual((await requests(open)).at(-1), ['run/delete', { id: 'before' }]);
      const left = STATES.result.history.filter(({ id }) => id !== 'before');
      await open.notify('state/replace', { ...STATES.result, history: left });
      assert.match(await focused(open), /^Open the run of 13 Mar/);
    });
  });

  it('takes a comparison away again', async () => {
    await withPage(STATES.comparison, {}, async (open) => {
      await open.page.getByRole('button', { name: /^Stop comparing/ }).click();
      assert.deepEqual(await requests(open), [['compare/with', { id: null }]]);
    });
  });
});

describe('a problem', () => {
  it('says what happened, offers what can be done, and opens the answer, which stays text', async () => {
    await withPage(STATES.problem, {}, async (open) => {
      assert.equal(await open.page.getByRole('status').first().innerText(), STATES.problem.activity.problem.sentence);
      assert.equal(await open.page.getByLabel('Body of the answer').innerText(), '<h1>Not Found</h1>');
      assert.equal(await open.page.locator('pre *').count(), 0);
      await open.page.getByRole('button', { name: 'Choose server' }).click();
      assert.deepEqual(await requests(open), [['problem/act', { action: 'chooseServer' }]]);
    });
  });

  it('leaves names from the code as text too', async () => {
    const endpoint: EndpointSnapshot = {
      ...RUN_AFTER.endpoint!,
      path: '/<img src=x onerror=alert(1)>',
      handler: '<b>x</b>',
    };
    await withPage({ ...STATES.result, endpoint }, {}, async (open) => {
      assert.equal(await open.page.locator('h1').innerText(), 'GET /<img src=x onerror=alert(1)>');
      assert.equal(await open.page.locator('main img, main b').count(), 0);
    });
  });
});

it('a damaged histogram costs the distribution, not the page', async () => {
  await withPage(STATES.interrupted, {}, async (open) => {
    assert.equal((await paintedPixels(open)).length, 2);
    assert.match(await open.page.locator('main').innerText(), /load generator died after 10 s — partial/i);
    assert.match(await open.page.locator('main').innerText(), /histogram is damaged/);
  });
});

it('a page without an endpoint tells what to click', async () => {
  await withPage(STATES.empty, {}, async (open) => {
    assert.match(await open.page.locator('main').innerText(), /Right-click a route handler/);
    assert.equal(await open.page.getByRole('button').count(), 0);
  });
});
