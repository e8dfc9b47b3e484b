import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shortVerdict } from '../../../src/core/compare/shortVerdict';
import { formatManyMarkdown, formatManyText, manyRows } from '../../../src/core/compare/manyReport';
import { verdictAmong } from '../../../src/core/compare/verdictAmong';
import { decodeMany } from '../../../src/core/history/manyFile';
import { encodeRecord } from '../../../src/core/history/recordFile';
import { manyOnPage } from '../../../src/features/compare/manyOnPage';
import { manyComparison, storedMany } from './manyEndpoints';

const MANY = manyComparison();

describe('a list of many endpoints', () => {
  it('begins with failures and other answers, then slower, faster, the same, cannot tell', () => {
    assert.deepEqual(
      manyRows(MANY).map(({ label, says }) => [label, says]),
      [
        ['GET /crash', '≠ answers differently'],
        ['GET /gone', '≠ answers differently'],
        ['GET /slower', '▼ slower'],
        ['GET /faster', '▲ faster'],
        ['GET /same', '= no difference'],
        ['GET /faint', '? cannot tell'],
        ['GET /noisy', '? cannot tell'],
      ],
    );
    assert.equal(
      MANY.headline,
      'Of 7 endpoints: 2 answer differently, 1 slower, 1 faster, 1 without a difference larger than 3 %, 2 not sure yet',
    );
    assert.equal(MANY.regression, true);
  });

  it('gives no speed where the work is not the same, and says what is the matter', () => {
    for (const label of ['GET /crash', 'GET /gone']) {
      const row = manyRows(MANY).find((each) => each.label === label);
      assert.deepEqual([row?.change, row?.interval], ['–', '–']);
    }
    assert.match(manyRows(MANY)[0]?.remark ?? '', /gave nothing but failures/);
    assert.match(manyRows(MANY)[1]?.remark ?? '', /404/);
  });

  it('explains what Holm took back: by itself it would be called changed', () => {
    const faint = MANY.endpoints.find(({ label }) => label === 'GET /faint');
    assert.equal(faint?.comparison.verdict, 'faster');
    assert.equal(faint.verdict, 'inconclusive');
    const row = manyRows(MANY).find(({ label }) => label === 'GET /faint');
    assert.match(row?.remark ?? '', /^By itself it would be called changed; among so many/);
  });

  it('is the same list in a terminal and in a pull request, with what was not compared', () => {
    for (const text of [formatManyText(MANY), formatManyMarkdown(MANY)]) {
      const places = ['crash', 'gone', 'slower', 'faster', 'same', 'noisy'].map((name) => text.indexOf(`/${name}`));
      assert.deepEqual(
        [...places].sort((a, b) => a - b),
        places,
      );
      assert.match(text, /Not compared: GET .*item.*: Nobody said/);
    }
  });
});

describe('the verdict of one among many', () => {
  const among = (label: string) => {
    const compared = MANY.endpoints.find((each) => each.label === label);
    assert.ok(compared);
    return verdictAmong(compared, MANY.endpoints.length);
  };

  it('is what holds among all of them, in the sentence, the table and the lens alike', () => {
    const faint = among('GET /faint');
    assert.match(
      faint.headline,
      /^Cannot tell among 7 endpoints: a change below \d.* % is not seen; compare this one alone$/,
    );
    assert.equal(faint.metrics.find(({ name }) => name === 'throughput')?.verdict, 'inconclusive');
    assert.equal(shortVerdict(faint), '? cannot tell yet');
    assert.equal(faint.regression, false);
    const slower = among('GET /slower');
    assert.match(slower.headline, /slower than HEAD/);
    assert.equal(slower.regression, true);
    assert.match(slower.details[0] ?? '', /^One of 7 endpoints/);
  });

  it('of one that answers differently stays that', () => {
    const gone = among('GET /gone');
    assert.match(gone.headline, /404/);
    assert.notEqual(gone.blocker, null);
    assert.match(among('GET /crash').headline, /gave nothing but failures/);
  });
});

describe('a stored list', () => {
  it('is read as it was written', () => {
    const stored = storedMany();
    assert.deepEqual(decodeMany(encodeRecord(stored)), stored);
  });

  it('is refused when something is missing, wrong or newer', () => {
    const stored = storedMany();
    const broken: readonly (readonly [object, string])[] = [
      [{ ...stored, schemaVersion: 2 }, 'comparison-newer'],
      [{ ...stored, state: 'half' }, 'comparison-corrupt'],
      [{ ...stored, comparison: { ...stored.comparison, kind: 'side-by-side' } }, 'comparison-corrupt'],
      [{ ...stored, comparison: { ...stored.comparison, endpoints: [{ id: 'x' }] } }, 'comparison-corrupt'],
      [{ ...stored, comparison: { ...stored.comparison, skipped: undefined } }, 'comparison-corrupt'],
    ];
    for (const [record, code] of broken) assert.throws(() => decodeMany(JSON.stringify(record)), { code });
    assert.throws(() => decodeMany('{'), { code: 'comparison-corrupt' });
  });

  it('comes on the page whole, or as the way back from one of its endpoints, without what is drawn of each', () => {
    const [first, second] = [storedMany('2026-03-14T09:31:00.000Z'), storedMany('2026-03-15T09:31:00.000Z')];
    const whole = manyOnPage([second, first], undefined, null);
    assert.equal(whole?.shown.id, second.id);
    assert.equal(whole.list.length, 2);
    assert.ok(whole.shown.comparison.endpoints.every(({ comparison }) => comparison.rounds.length === 0));
    assert.equal(manyOnPage([second, first], first.id, null)?.shown.id, first.id);
    assert.equal(manyOnPage([second, first], 'deleted', null)?.shown.id, second.id);
    assert.equal(manyOnPage([second], undefined, 'slower')?.endpointId, 'slower');
    assert.equal(manyOnPage([second], undefined, 'another'), undefined);
    assert.equal(manyOnPage([], undefined, null), undefined);
  });
});
