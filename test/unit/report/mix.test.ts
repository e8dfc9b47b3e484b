import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { compareConditions } from '../../../src/core/compare/comparability';
import { decodeRun, encodeRun } from '../../../src/core/history/runFile';
import { subjectOf } from '../../../src/core/history/subjectOf';
import { renderExport } from '../../../src/core/report/exports';
import type { ExportFormat } from '../../../src/core/report/exportKinds';
import { mixRows } from '../../../src/core/report/mixRows';
import { runTitle } from '../../../src/core/report/runTitle';
import { formatRunText } from '../../../src/core/report/textSummary';
import { mixedEndpoint, mixedRun } from '../../support/mixedRun';
import { sampleRun } from '../../support/sampleRun';

const RUN = mixedRun();
const LABELS = { before: 'Before', after: 'After' };

function render(format: ExportFormat, run = RUN): Promise<string> {
  const readPage = () => Promise.resolve({ script: '', sheet: '', nonce: 'n' });
  return renderExport(format, { run, before: null, readPage });
}

describe('a run of several endpoints', () => {
  it('has a row for each, with its share, its failures and its error answers, and one for all', () => {
    assert.ok(RUN.mix);
    const { rows, total } = mixRows(RUN.mix, RUN.summary);
    const shares = rows.map(({ share, wantedShare }) => [share.toFixed(3), wantedShare.toFixed(1)]);
    assert.deepEqual(shares, [
      ['0.599', '0.6'],
      ['0.301', '0.3'],
      ['0.100', '0.1'],
    ]);
    assert.deepEqual(
      [...rows, total].map(({ name, errors, errorWords }) => [name, errors, errorWords]),
      [
        ['GET /authors', 0, ''],
        ['GET /author/{id}', 3, '404: 2, timeout: 1'],
        ['POST /author', 100, '500: 100'],
        ['All', 103, '500: 100, 404: 2, timeout: 1'],
      ],
    );
    assert.deepEqual([total.weight, total.share], [null, 1]);
  });

  it('shows latencies from the due time where the load came at a rate, and none where nothing was answered', () => {
    const { latencyMs } = RUN.summary;
    const endpoints = [
      mixedEndpoint('GET /a', { correctedLatencyMs: { ...latencyMs, p50: 77 } }),
      mixedEndpoint('GET /b', { requests: 0, statuses: {}, errors: { refused: 4 } }),
    ];
    const { rows } = mixRows({ name: null, seed: 1, endpoints }, RUN.summary);
    assert.deepEqual([rows[0]?.latencyMs?.p50, rows[1]?.latencyMs], [77, null]);
  });

  it('is told in the terminal with a line for each', () => {
    const text = formatRunText(RUN);
    assert.match(text, /^Mix page: GET \/authors ×6, GET \/author\/\{id\} ×3, POST \/author ×1, at http/);
    assert.match(text, / {2}Requests {4}All +100 %/);
    assert.match(text, /GET \/author\/\{id\} +30 % +300 req\/s +p50 42\.0 ms .* 3 errors \(404: 2, timeout: 1\)/);
  });

  it('is exported with a row for each in Markdown and CSV', async () => {
    const markdown = await render('markdown');
    assert.match(markdown, /^# `Mix page: /);
    assert.match(markdown, /\| `POST \/author` \| 1 \| 10 % \| 100 \|.*\| 100 \(500: 100\) \|/);
    assert.match(markdown, /\| All \| {2}\| 100 % \|/);
    const [header = '', ...rows] = (await render('csv')).trimEnd().split('\r\n');
    assert.equal(header.split(',').length, 12);
    assert.deepEqual(
      rows.map((row) => row.split(',').slice(0, 5)),
      [
        ['GET /authors', '6', '0.5994', '600', '0'],
        ['GET /author/{id}', '3', '0.3007', '300', '3'],
        ['POST /author', '1', '0.0999', '100', '100'],
        ['All', '', '1', '1000', '103'],
      ],
    );
  });

  it('keeps names that are markup, a formula or a cell of their own from being one', async () => {
    const mix = { name: null, endpoints: [mixedEndpoint('GET /a|b`c'), mixedEndpoint('=cmd,"x"')] };
    const run = mixedRun(mix);
    assert.ok((await render('markdown', run)).includes('| `` GET /a\\|b`c `` |'));
    assert.ok((await render('csv', run)).includes('"\'=cmd,""x""",1,'));
    assert.ok(!(await render('html', mixedRun({ name: '</title><script>' }))).includes('<title>Mix </title>'));
  });

  it('becomes a k6 script that draws by weight, and one curl command for each', async () => {
    const script = await render('k6');
    assert.match(script, /name: "GET \/author\/\{id\}", weight: 3, method: "GET"/);
    assert.match(script, /tags: \{ name: drawn\.name \}/);
    const withoutImports = script
      .replace(/^import .*$/gm, '')
      .replace('export default function', 'const load = function')
      .replaceAll('export ', '');
    const draw = runInNewContext(`${withoutImports}; draw`) as () => { readonly name: string };
    const names = new Set(Array.from({ length: 500 }, () => draw().name));
    assert.deepEqual([...names].sort(), ['GET /author/{id}', 'GET /authors', 'POST /author']);
    assert.equal((await render('curl')).trimEnd().split('\n').length, 3);
  });

  it('is stored and read back, and is refused when an endpoint of it is damaged', () => {
    assert.deepEqual(decodeRun(encodeRun(RUN)), RUN);
    const damaged = encodeRun(
      mixedRun({ endpoints: [{ ...mixedEndpoint('GET /a'), requests: 'x' as unknown as number }] }),
    );
    assert.throws(() => decodeRun(damaged), /"requests" is missing or wrong/);
  });

  it('is filed under the name of its mix, or under its requests and weights', () => {
    assert.equal(subjectOf(RUN), 'mix page');
    assert.equal(subjectOf(mixedRun({ name: null })), 'mix of 6 GET /authors, 3 GET /author/{id}, 1 POST /author');
    const many = Array.from({ length: 5 }, (_, index) => mixedEndpoint(`GET /${index}`));
    assert.equal(runTitle(mixedRun({ name: null, endpoints: many })), 'Mix: GET /0 ×1, GET /1 ×1, GET /2 ×1, …');
  });

  it('is compared with the same mix only', () => {
    const codes = (before: typeof RUN, after: typeof RUN) =>
      compareConditions(before, after, LABELS).refusals.map(({ code }) => code);
    assert.ok(!codes(RUN, RUN).includes('other-mix'));
    assert.ok(codes(RUN, sampleRun()).includes('other-mix'));
    assert.ok(
      codes(RUN, mixedRun({ endpoints: [mixedEndpoint('GET /authors', { weight: 2 })] })).includes('other-mix'),
    );
  });
});
