import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RequestDraft } from '../../../src/core/model/requestDraft';
import { checkDraft } from '../../../src/core/request/checkDraft';
import { STATES } from './fixtures';
import { startHarness, type Harness, type OpenOptions, type OpenPage } from './harness';
import { focused, requests, stickingOut } from './look';
import { THEMES, type ThemeName } from './themes';
import { withPageOf } from './withPage';

const STATE = STATES.request;
const { request } = STATE;
const LOGIN = {
  name: 'user',
  method: 'POST',
  path: '/login',
  headers: [],
  body: null,
  take: { kind: 'json', path: '$.token' },
} as const;

let harness: Harness;

before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

/** Opens the page with the extension's own check behind it. */
function withPage(options: OpenOptions, use: (open: OpenPage) => Promise<void>): Promise<void> {
  const answer = (name: string, params: unknown): unknown => {
    if (name === 'request/check') return checkDraft(request, params as RequestDraft, new Map([['user', LOGIN]]));
    return name === 'request/skeleton' ? '{\n  "name": "a"\n}' : undefined;
  };
  return withPageOf(harness, STATE, { answer, ...options }, use);
}

/** What the page asked for besides checks. */
async function actions(open: OpenPage): Promise<unknown[][]> {
  return (await requests(open)).filter(([name]) => name !== 'request/check' && name !== 'request/opened');
}

/** Waits until the page has asked for something that often. */
async function askedFor(open: OpenPage, name: string, times = 1): Promise<void> {
  while ((await requests(open)).filter(([each]) => each === name).length < times) {
    await open.page.locator('main').waitFor();
  }
}

describe('the request form', () => {
  for (const width of [300, 420, 900]) {
    it(`fits ${width} pixels`, async () => {
      await withPage({ width }, async (open) => {
        assert.deepEqual(await stickingOut(open), []);
        await open.picture(`request-${width}`);
      });
    });
  }

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`draws a fault in the theme ${theme}`, async () => {
      await withPage({ theme, width: 620 }, async (open) => {
        await open.page.getByLabel('author_id').fill('seven');
        await open.page.getByText('The code asks for a whole number here.').waitFor();
        await open.picture(`request-theme-${theme}`);
      });
    });
  }

  it('opens and takes the keyboard once when it is asked for', async () => {
    await withPage({}, async (open) => {
      assert.notEqual(await open.page.locator('details.request').getAttribute('open'), null);
      assert.equal(await open.page.evaluate('document.activeElement.id'), 'request-path-author_id');
      assert.deepEqual(
        (await requests(open)).filter(([name]) => name === 'request/opened'),
        [['request/opened', null]],
      );
    });
  });

  it('previews what its fields say, and shows what the answer means', async () => {
    await withPage({}, async (open) => {
      const { page } = open;
      await page.getByLabel('author_id').fill('GET /author $[*].id');
      await page.getByLabel('offset').fill('40');
      await page.getByRole('button', { name: 'Add header' }).click();
      await page.getByLabel('Name of the header').last().fill('X-Trace');
      await page.getByLabel('Value of the header X-Trace').fill('1');
      await page.getByRole('button', { name: 'Remove the query parameter lang' }).click();
      await page.getByRole('button', { name: 'Preview', exact: true }).click();
      await askedFor(open, 'request/preview');
      assert.deepEqual(await actions(open), [
        [
          'request/preview',
          {
            ...request.draft,
            path: { author_id: 'GET /author $[*].id', kind: 'novel' },
            query: [
              ['limit', '20'],
              ['offset', '40'],
            ],
            headers: [
              ['Accept', 'application/json'],
              ['X-Trace', '1'],
            ],
          },
        ],
      ]);
      await page.getByText('The server answered 404 NOT FOUND').waitFor();
      assert.notEqual(await page.locator('.preview').getAttribute('open'), null);
    });
  });

  it('sends nothing while a field is wrong, says why below it, and goes there', async () => {
    await withPage({}, async (open) => {
      const { page } = open;
      const body = page.locator('#request-body');
      await body.fill('{"name": "Ursula",}');
      await page.getByRole('button', { name: 'Benchmark with this request' }).click();
      await page.getByText('This is not valid JSON in line 1, column 19').waitFor();
      await page.locator('#request-body:focus').waitFor();
      assert.equal(await body.getAttribute('aria-invalid'), 'true');
      const note = await body.getAttribute('aria-describedby');
      assert.match(await page.locator(`[id="${note ?? ''}"]`).innerText(), /not valid JSON/);
      assert.deepEqual(await actions(open), []);
      await body.fill('{"name": "{{random:hex:6}}"}');
      await page.getByText('not valid JSON').waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Benchmark with this request' }).click();
      await askedFor(open, 'run/start');
      assert.deepEqual(await actions(open), [
        [
          'run/start',
          {
            connections: 16,
            durationS: 10,
            compare: false,
            request: { ...request.draft, body: '{"name": "{{random:hex:6}}"}' },
          },
        ],
      ]);
    });
  });

  it('hands what was changed to the button above as well', async () => {
    await withPage({}, async (open) => {
      const { page } = open;
      await page.getByRole('button', { name: 'Benchmark again' }).click();
      assert.deepEqual(await actions(open), [['run/start', { connections: 16, durationS: 10, compare: false }]]);
      await page.getByLabel('author_id').fill('8');
      await page.getByRole('button', { name: 'Benchmark again' }).click();
      await askedFor(open, 'run/start', 2);
      const [, params] = (await actions(open)).at(-1) ?? [];
      assert.deepEqual((params as { request: RequestDraft }).request.path, { author_id: '8', kind: 'novel' });
    });
  });

  it('keeps what is half typed when the host sends another state', async () => {
    await withPage({}, async (open) => {
      await open.page.getByLabel('author_id').fill('12');
      const draft = { ...request.draft, path: { author_id: '3', kind: 'essay' } };
      await open.notify('state/replace', { ...STATE, request: { ...request, draft, isAskedFor: false } });
      assert.equal(await open.page.getByLabel('author_id').inputValue(), '12');
      assert.equal(await focused(open), '');
      assert.match(await open.page.locator('details.request > summary').innerText(), /author_id = 12.*changed/);
    });
  });

  it('chooses, saves and deletes requests of the team', async () => {
    await withPage({}, async (open) => {
      const { page } = open;
      await page.getByLabel('Saved request').selectOption('unknown author');
      assert.equal(await page.getByLabel('author_id').inputValue(), '999999');
      assert.equal(await page.getByLabel('Who asks').inputValue(), 'none');
      await page.getByLabel('limit').fill('5');
      await page.getByRole('button', { name: 'Save in the team file' }).click();
      await askedFor(open, 'request/save');
      await page.getByRole('button', { name: 'Save as…' }).click();
      const name = page.locator('#request-name');
      await name.fill('with # in it');
      await page.getByText('Use words without “#”.').waitFor();
      await name.fill('few');
      await name.press('Enter');
      await askedFor(open, 'request/save', 2);
      await page.getByRole('button', { name: 'Delete this request from the team file' }).click();
      await page.getByRole('button', { name: /^Really/ }).click();
      const draft = {
        ...request.saved[1].draft,
        query: [
          ['limit', '5'],
          ['lang', 'en'],
        ],
      };
      assert.deepEqual(await actions(open), [
        ['request/save', { name: 'unknown author', draft }],
        ['request/save', { name: 'few', draft }],
        ['request/delete', { name: 'unknown author' }],
      ]);
    });
  });

  it('has secrets by name only, and lets the editor ask for their values', async () => {
    await withPage({}, async (open) => {
      const { page } = open;
      await page.getByText('Its value is in the secret storage').waitFor();
      await page.getByLabel('Who asks').selectOption('cookie');
      await page.getByLabel('Cookie', { exact: true }).fill('sid');
      await page.getByLabel(/^Secret/).fill('session-of-ada');
      await page.getByText('It has no value yet').waitFor();
      await page.getByRole('button', { name: 'Store secret…' }).click();
      await page.getByLabel(/^Secret/).fill('eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9eyJzdWIiOiIxMjM0NTY3ODkw');
      await page.getByText('This looks like the secret itself').waitFor();
      await page.getByLabel('Who asks').selectOption('login');
      await page.getByRole('button', { name: 'New login…' }).click();
      await page.getByRole('button', { name: 'Add header' }).click();
      await page.getByLabel('Name of the header').last().fill('X-Api-Key');
      await page.getByLabel('Value of the header X-Api-Key').fill('abc123');
      await page.getByText('X-Api-Key is a secret').waitFor();
      assert.deepEqual(await actions(open), [
        ['request/storeSecret', { name: 'session-of-ada', kind: 'cookie' }],
        ['request/addLogin', null],
      ]);
    });
  });

  it('fills the body in from a schema', async () => {
    await withPage({}, async (open) => {
      await open.page.getByRole('button', { name: /^A body that the schema allows/ }).click();
      await open.page.getByText('The body is one that the schema allows.').waitFor();
      assert.equal(await open.page.locator('#request-body').inputValue(), '{\n  "name": "a"\n}');
    });
  });

  it('can be filled in and sent with the keyboard alone', async () => {
    await withPage({}, async (open) => {
      const { page } = open;
      await page.keyboard.type('9');
      for (let presses = 0; (await focused(open)) !== 'Preview'; presses++) {
        assert.ok(presses < 40, 'Preview is never reached');
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Enter');
      await askedFor(open, 'request/preview');
      const [, draft] = (await actions(open)).at(-1) ?? [];
      assert.match((draft as RequestDraft).path['author_id'] ?? '', /9/);
    });
  });
});
