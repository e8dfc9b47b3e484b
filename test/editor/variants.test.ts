import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { EditorWindow } from './support/editorWindow';
import { copyWorkspace, openWorkspace } from './support/openWorkspace';
import { step } from './support/steps';

const TEAM_FILE = '.vscode/endpoint-profiler.json';
const own = { baseUrl: 'http://127.0.0.1:{port}', env: { PORT: '{port}' } };
const SERVERS = {
  plain: { ...own, command: 'node src/server.js', description: 'as it is' },
  checked: { ...own, command: 'node --stack-size=900 src/server.js' },
  broken: {
    ...own,
    command: `node -e "console.error('line 1'); console.error('cannot find the catalogue'); process.exit(3)"`,
  },
};
const RESULT = 'table[aria-label="Servers"]';

/** The steps build on each other in one window. */
describe('several servers in a real VS Code', () => {
  let workspace: Awaited<ReturnType<typeof copyWorkspace>>;
  let window: EditorWindow;
  const team = (): string => path.join(workspace.folder, TEAM_FILE);

  before(async () => {
    workspace = await copyWorkspace('examples/bookstore');
    await writeFile(team(), JSON.stringify({ servers: SERVERS }, null, 2));
    window = await openWorkspace(workspace.folder, {
      settings: { 'endpointProfiler.load.durationSeconds': 1, 'endpointProfiler.load.warmupSeconds': 0 },
    });
    await window.openFile('src/routes/authors.js');
  });

  after(async () => {
    await window.close();
    await workspace.dispose();
  });

  it('measures a route on all of them in turn, shows them together and leaves nothing running', async () => {
    await step(window, 'variants', async () => {
      await askForAll();
      await window.answer('author_id', '7');
      const page = window.webviewFrame();
      await page.locator(RESULT).getByText('plain').first().waitFor();
      await page.locator('.bars rect.bar').nth(1).waitFor();
      await page.getByText('broken was not measured').first().waitFor();
      await page.getByRole('button', { name: 'Copy the table as Markdown' }).waitFor();
      const rows = await page.locator(`${RESULT} tbody tr`).allInnerTexts();
      assert.deepEqual(
        rows.map((row) => /^\S+/.exec(row)?.[0]),
        ['plain', 'checked', 'broken'],
      );
      assert.match(rows[0] ?? '', /req\/s.*× 1\.00/s);
      await window.notification('on 3 servers').waitFor({ state: 'hidden' });
      await window.screenshot('variants-result');
      assert.deepEqual(window.processes('src/server.js'), []);
      const notes = await page.locator('.variant-notes').innerText();
      assert.match(notes, /ended with code 3 before it answered\. Its last line: cannot find the catalogue/);
    });
  });

  it('keeps what was measured when it is cancelled', async () => {
    await step(window, 'variants-cancel', async () => {
      await askForAll();
      const page = window.webviewFrame();
      await window.notification('checked (2 of 3)').waitFor();
      await window.notification('checked (2 of 3)').getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('cancelled, of what was measured until then').first().waitFor();
      const rows = await page.locator(`${RESULT} tbody tr`).allInnerTexts();
      assert.match(rows[0] ?? '', /plain.*req\/s/s);
    });
  });

  it('underlines each mistake of the team file once, with a sentence, and completes its keys', async () => {
    await step(window, 'team-file', async () => {
      const wrong = `{
  // two mistakes
  "servers": {
    "dev": { "baseUrl": "http://127.0.0.1:{port}", "comand": "node src/server.js" },
  },
}
`;
      await writeFile(team(), wrong);
      await window.openFile(TEAM_FILE);
      await window.command('View: Focus Problems (Errors, Warnings, Infos)');
      const problems = window.page.locator('.markers-panel .monaco-list-row');
      await problems.filter({ hasText: '"comand" is not known in "servers.dev"' }).waitFor();
      await problems.filter({ hasText: 'has {port} in its "baseUrl" but no "command"' }).waitFor();
      await window.screenshot('variants-team-file');
      // The row of the file and one for each mistake.
      assert.equal(await problems.count(), 3, (await problems.allInnerTexts()).join('\n'));

      await writeFile(team(), '{\n  "servers": {\n    "dev": {\n      \n    }\n  }\n}\n');
      await window.page.locator('.view-line', { hasText: 'comand' }).waitFor({ state: 'hidden' });
      await window.line('"dev"').click();
      await window.page.keyboard.press('ArrowDown');
      await window.page.keyboard.press('Control+Space');
      const offered = window.page.locator('.suggest-widget.visible .monaco-list-row');
      for (const key of ['baseUrl', 'command', 'readyPath']) await offered.filter({ hasText: key }).first().waitFor();
      await window.screenshot('variants-completion');
      await window.page.keyboard.press('Escape');
    });
  });

  it('shows the end of the log of a server that does not come up', async () => {
    await step(window, 'server-log', async () => {
      await writeFile(team(), JSON.stringify({ servers: { broken: SERVERS.broken } }));
      await window.openFile('src/routes/authors.js');
      await window.lens('Benchmark GET /author/{author_id}').click();
      await window.pick('broken').click();
      const problem = window.webviewFrame().getByRole('region', { name: 'Problem' });
      await problem.waitFor();
      assert.match(await problem.innerText(), /Server "broken" ended with code 3 before it answered/);
      assert.match(await problem.locator('pre').innerText(), /^line 1\ncannot find the catalogue$/);
      await window.screenshot('variants-server-log');
    });
  });

  async function askForAll(): Promise<void> {
    await window.lens(/GET \/author\/\{author_id\}/).waitFor();
    await window.chooseFromContextMenu(window.line("authorRoutes.get('/:author_id'"), [
      'Endpoint Profiler',
      'Benchmark on All Servers…',
    ]);
    await window.pick('plain').waitFor();
    await window.screenshot('variants-choice');
    await window.page.keyboard.press('Enter');
    await window.pick('Once each, one after the other').click();
  }
});
