import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { differentContent, differentContentType } from '../../../src/core/compare/answerFacts';
import { compareConditions } from '../../../src/core/compare/comparability';
import { compareRuns } from '../../../src/core/compare/compareRuns';
import type { AnswerFacts } from '../../../src/core/model/answers';
import type { Run } from '../../../src/core/model/run';
import { sampleRun } from '../../support/sampleRun';

const LABELS = { before: 'A', after: 'B' };

function facts(changes: Partial<AnswerFacts> = {}): AnswerFacts {
  return {
    bodyBytes: { min: 100, median: 100, max: 100, distinct: 1 },
    sampled: 20,
    contentTypes: ['application/json'],
    bodyHashes: ['aa'],
    bodiesVary: false,
    failedChecks: [],
    ...changes,
  };
}

function runs(before: Partial<AnswerFacts>, after: Partial<AnswerFacts>): [Run, Run] {
  const base = sampleRun();
  return [
    { ...base, answers: facts(before) },
    { ...base, answers: facts(after) },
  ];
}

describe('the answers of two runs', () => {
  it('have nothing said about them when they are alike', () => {
    const [before, after] = runs({}, { contentTypes: ['application/json; charset=utf-8'] });
    const { refusals, warnings } = compareConditions(before, after, LABELS);
    assert.deepEqual(
      [...refusals, ...warnings].filter(({ code }) => code.startsWith('other-')),
      [],
    );
  });

  it('are not the same work when one body is 12 % smaller, whatever the heads weigh', () => {
    const [before, after] = runs({}, { bodyBytes: { min: 88, median: 88, max: 88, distinct: 1 } });
    const comparison = compareRuns(before, after, LABELS);
    assert.equal(comparison.blocker?.code, 'other-size');
    assert.match(comparison.headline, /answers of B are 12 % smaller: not the same work/);
    assert.equal(comparison.verdict, 'inconclusive');
  });

  it('are not the same work when one side answers 404', () => {
    const [before, after] = runs({}, {});
    const missing = { ...after, summary: { ...after.summary, statuses: { '404': after.summary.requests } } };
    const comparison = compareRuns(before, missing, LABELS);
    assert.match(comparison.headline, /B answers 404 to 100 % of the requests/);
    assert.equal(comparison.regression, true);
  });

  it('are not the same work when they are of another kind', () => {
    const [before, after] = runs({}, { contentTypes: ['text/html'] });
    assert.match(compareRuns(before, after, LABELS).headline, /B answers with text\/html, A with application\/json/);
    assert.equal(differentContentType(facts({ sampled: 0 }), facts({ contentTypes: [''] }), LABELS), null);
  });

  it('are looked at once more when their content changed', () => {
    const [warning] = differentContent(facts(), facts({ bodyHashes: ['bb'] }), LABELS);
    assert.equal(warning?.code, 'other-content');
    assert.match(warning.message, /B have other content than those of A \(of the same size, 100 bytes\)/);
  });

  it('are not called changed when they vary anyway, but are when only one side varies', () => {
    const varying = { bodiesVary: true, bodyHashes: ['aa', 'bb'] };
    assert.deepEqual(differentContent(facts(varying), facts({ ...varying, bodyHashes: ['cc'] }), LABELS), []);
    assert.match(differentContent(facts(varying), facts(), LABELS)[0]?.message ?? '', /A differ from each other/);
    assert.deepEqual(differentContent(facts(varying), facts({ sampled: 1 }), LABELS), []);
  });

  it('of runs that did not record them are judged by what is known', () => {
    const base = sampleRun();
    assert.deepEqual(compareConditions(base, base, LABELS).refusals, []);
  });

  it('come from different requests when other values were fed', () => {
    const base = sampleRun();
    const fed = { ...base, feeds: [{ name: 'id', source: '1..9', count: 9, order: 'cycle' as const }] };
    const { warnings } = compareConditions(base, fed, LABELS);
    assert.ok(warnings.some(({ message }) => message.includes('set of fed values')));
  });
});
