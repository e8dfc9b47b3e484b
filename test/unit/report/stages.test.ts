import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HistogramLogReader } from 'hdr-histogram-js';
import { renderExport } from '../../../src/core/report/exports';
import type { ExportFormat } from '../../../src/core/report/exportKinds';
import { formatRunText } from '../../../src/core/report/textSummary';
import type { Run } from '../../../src/core/model/run';
import { makeStagedRun } from '../../support/stagedRun';

const CLOSED = makeStagedRun('closed', 'closed', [
  { durationMs: 1000, from: 1, to: 1, medianMs: 2, perSecond: 500 },
  { durationMs: 1500, from: 1, to: 64, medianMs: 8, perSecond: 2000 },
  { durationMs: 500, from: 64, to: 64, medianMs: 0, perSecond: 0 },
]);
const OPEN = makeStagedRun('open', 'open', [
  { durationMs: 1000, from: 100, to: 100, medianMs: 2, perSecond: 100 },
  { durationMs: 1000, from: 1000, to: 1000, medianMs: 40, perSecond: 600 },
]);

function render(format: ExportFormat, run: Run): Promise<string> {
  const readPage = () => Promise.reject(new Error('not needed'));
  return renderExport(format, { run, before: null, readPage });
}

describe('the stages of a run', () => {
  it('have a line each in a terminal, with what was not sent and what failed', () => {
    const closed = formatRunText(CLOSED);
    assert.match(closed, /^stages of up to 64 connections, 3 s$/m);
    assert.match(closed, /^ {2}Stages +0 to 1 s +on 1 connection +5\d\d req\/s +p50 2\.0 ms +p99 /m);
    assert.match(closed, /^ +1 to 2\.5 s +on 1 to 64 connections +2\.0k req\/s +p50 8\.\d ms/m);
    assert.match(closed, /^ +2\.5 to 3 s +on 64 connections +0 req\/s +1 error$/m);
    const open = formatRunText(OPEN);
    assert.match(open, /^ {2}Stages +0 to 1 s +at 100 req\/s +100 req\/s +p50 \S+ ms +p99 \S+ ms$/m);
    assert.match(open, /^ +1 to 2 s +at 1,000 req\/s +6\d\d req\/s .* (59|60|61) % of it sent$/m);
  });

  it('have a row each in Markdown', async () => {
    const closed = await render('markdown', CLOSED);
    assert.match(closed, /for 3\.0 s with stages of up to 64 connections, state complete/);
    assert.match(closed, /^\| Stage \| Load \| Requests \/ s \| p50 \| p99 \| Errors \|$/m);
    assert.match(closed, /^\| 2\.5 to 3 s \| 64 connections \| 0 \| — \| — \| 1 \|$/m);
    assert.match(await render('markdown', OPEN), /^\| 1 to 2 s \| 1,000 req\/s \| .* \| 0 \| (59|60|61) % \|$/m);
  });

  it('are a column of the intervals in CSV, from 1, and none without stages', async () => {
    const [header, ...rows] = (await render('csv', CLOSED)).trimEnd().split('\r\n');
    assert.ok(header?.endsWith(',bytes_read,stage'));
    const stages = rows.map((row) => Number(row.split(',').at(-1)));
    assert.deepEqual(stages, [...Array<number>(10).fill(1), ...Array<number>(15).fill(2), ...Array<number>(5).fill(3)]);
    const plain: Record<string, unknown> = { ...CLOSED };
    delete plain['stages'];
    assert.match(await render('csv', plain as unknown as Run), /,bytes_read\r\n/);
  });

  it("are an interval each in HdrHistogram's log, and together the whole run", async () => {
    const reader = new HistogramLogReader(await render('hlog', CLOSED));
    const intervals = [];
    for (let next = reader.nextIntervalHistogram(); next; next = reader.nextIntervalHistogram()) intervals.push(next);
    assert.deepEqual(
      intervals.map(({ startTimeStampMsec, endTimeStampMsec }) => endTimeStampMsec - startTimeStampMsec),
      [1000, 1500],
    );
    assert.deepEqual(
      intervals.map(({ totalCount }) => totalCount),
      CLOSED.stages?.slice(0, 2).map(({ requests }) => requests),
    );
    assert.equal(
      intervals.reduce((sum, { totalCount }) => sum + totalCount, 0),
      CLOSED.summary.requests,
    );
    assert.equal(intervals[1]!.startTimeStampMsec - intervals[0]!.startTimeStampMsec, 1000);
  });
});
