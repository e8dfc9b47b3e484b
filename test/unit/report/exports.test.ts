import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { HistogramLogReader } from 'hdr-histogram-js';
import { renderExport } from '../../../src/core/report/exports';
import { EXPORT_FORMATS, type ExportFormat } from '../../../src/core/report/exportKinds';
import type { Run } from '../../../src/core/model/run';
import { UserError } from '../../../src/util/errors';
import { makeRun } from '../../support/drawnRun';
import { sampleRun } from '../../support/sampleRun';

const RUN = makeRun({ id: 'after', medianMs: 8.6, perSecond: 1842, seconds: 5 });
const BEFORE = makeRun({ id: 'before', medianMs: 9.7, perSecond: 1645, seconds: 5 });
const PAGE = { script: 'let a = "</script><!--";', sheet: 'p{}</style>', nonce: 'n0nce' };
const JAR =
  process.env['EP_HDRHISTOGRAM_JAR'] ??
  join(homedir(), '.m2/repository/org/hdrhistogram/HdrHistogram/2.2.2/HdrHistogram-2.2.2.jar');

function render(format: ExportFormat, run: Run = RUN, before: Run | null = null): Promise<string> {
  return renderExport(format, { run, before, readPage: () => Promise.resolve(PAGE) });
}

describe('renderExport', () => {
  it('writes a log that the reader of the HdrHistogram library reads back', async () => {
    const reader = new HistogramLogReader(await render('hlog'));
    const interval = reader.nextIntervalHistogram();
    assert.ok(interval);
    assert.equal(interval.totalCount, RUN.summary.requests);
    assert.ok(Math.abs(interval.getValueAtPercentile(99) / 1000 / RUN.summary.latencyMs.p99 - 1) < 0.002);
    assert.equal(interval.endTimeStampMsec - interval.startTimeStampMsec, 5000);
    assert.equal(reader.startTimeSec, Date.parse(RUN.startedAt) / 1000 + 1.2);
    assert.equal(reader.nextIntervalHistogram(), null);
  });

  const skip = !existsSync(JAR) && 'needs the HdrHistogram jar: set EP_HDRHISTOGRAM_JAR';
  it("writes a log that HdrHistogram's own processor reads", { skip }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ep-hlog-'));
    try {
      writeFileSync(join(folder, 'run.hlog'), await render('hlog'));
      const args = ['-cp', JAR, 'org.HdrHistogram.HistogramLogProcessor', '-i', join(folder, 'run.hlog')];
      const { stdout, stderr, status } = spawnSync('java', [...args, '-outputValueUnitRatio', '1000'], {
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
      assert.match(stdout, new RegExp(`Total count +=\\s+${RUN.summary.requests}\\]`));
      const max = Number(/#\[Max +=\s+([\d.]+)/.exec(stdout)?.[1]);
      assert.ok(Math.abs(max / RUN.summary.latencyMs.max - 1) < 0.002, stdout.slice(-300));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('writes the percentile distribution in milliseconds, up to the last answer', async () => {
    const text = await render('hgrm');
    assert.match(text, /^ +Value +Percentile TotalCount 1\/\(1-Percentile\)\n\n/);
    const rows = text.split('\n').flatMap((line) => (/^ +[\d.]+ /.test(line) ? [line.trim().split(/\s+/)] : []));
    assert.equal(Number(rows.at(-1)?.[2]), RUN.summary.requests);
    const median = rows.find(([, percentile]) => Number(percentile) >= 0.5);
    assert.ok(Math.abs(Number(median?.[0]) / RUN.summary.latencyMs.p50 - 1) < 0.005, median?.join(' '));
  });

  it('keeps a run without answers a valid file of each kind, and says when a histogram is damaged', async () => {
    const { summary } = sampleRun();
    const nothing = sampleRun({ summary: { ...summary, requests: 0 }, histogram: '' });
    for (const format of EXPORT_FORMATS) assert.ok((await render(format, nothing)).length > 20, format);
    assert.equal(new HistogramLogReader(await render('hlog', nothing)).nextIntervalHistogram(), null);
    await assert.rejects(
      render('hgrm', { ...RUN, histogram: 'damaged' }),
      (error) => error instanceof UserError && error.code === 'bad-histogram',
    );
  });

  it('writes one HTML file in which neither a run nor the bundle can end its block', async () => {
    const nasty = '</script><script>alert(1)</script>';
    const run = { ...RUN, endpoint: { ...RUN.endpoint!, path: nasty } };
    const text = await render('html', run, BEFORE);
    assert.equal(text.match(/<script/g)?.length, 2);
    assert.equal(text.match(/<\/script>/g)?.length, 2);
    assert.equal(text.match(/<\/style>/g)?.length, 1);
    assert.doesNotMatch(text, /(src|href)=/);
    const json = /id="runs">(.*?)<\/script>/s.exec(text)?.[1] ?? '';
    const data = JSON.parse(json) as { run: Run; before: Run };
    assert.equal(data.run.endpoint?.path, nasty);
    assert.equal(data.before.id, 'before');
  });

  it('says in Markdown what limits the run, and against another run the historical verdict', async () => {
    const base = sampleRun();
    const busy = sampleRun({ server: { processes: [{ ...base.server!.processes[0]!, cpuPercent: 98 }] } });
    assert.match(await render('markdown', busy), /The server's one worker used 98 % of a core/);
    const compared = await render('markdown', RUN, BEFORE);
    assert.match(compared, /^\*\*\? Within the spread between sessions/m);
    assert.match(compared, /\| p50 \| 9\.7 ms \| 8\.6 ms \| −11/);
  });

  it('lets nothing of a run become markup or a mention in Markdown', async () => {
    const run = sampleRun({
      endpoint: { ...sampleRun().endpoint!, path: '/a``b`\n# c' },
      warnings: [{ code: 'x', message: 'the server of @somebody wrote #1 ~~x~~\u001b[31m' }],
    });
    const text = await render('markdown', run);
    assert.match(text, /^# ``` GET \/a``b` # c ```$/m);
    assert.match(text, /^- the server of @\u200bsomebody wrote \\#1 \\~\\~x\\~\\~ \\\[31m$/m);
  });

  it('writes one row for each interval as CSV', async () => {
    const lines = (await render('csv')).trimEnd().split('\r\n');
    assert.equal(lines.length, 1 + RUN.series.tMs.length);
    assert.equal(lines[1]?.split(',').length, 7);
  });
});
