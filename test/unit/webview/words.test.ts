import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { announcement, partialLabel, resultSentence } from '../../../webview/words';
import { RUN_AFTER, STATES, makeRefusedRun } from '../../editor/page/fixtures';

const LATENCY = { ...RUN_AFTER.summary.latencyMs, p50: 8.6, p99: 13.1, max: 21 };
const PLAIN = { ...RUN_AFTER, summary: { ...RUN_AFTER.summary, throughputRps: 1842, latencyMs: LATENCY } };

describe('resultSentence', () => {
  it('says the result in plain words', () => {
    assert.equal(
      resultSentence(PLAIN),
      '1,842 requests a second, median 8.6 ms, 1 in 100 slower than 13.1 ms, no errors.',
    );
  });

  it('does not claim one in a hundred of fewer than a thousand answers', () => {
    const few = { ...PLAIN, summary: { ...PLAIN.summary, requests: 999 } };
    assert.match(resultSentence(few), /median 8\.6 ms, slowest 21\.0 ms/);
  });

  it('names errors and answers that are no success', () => {
    assert.match(
      resultSentence(STATES.failing.run),
      /15 errors \(<0\.1 %, mostly “no whole answer in time”\)\. 5\.1 % of the answers were not a success \(status 429, 500\)\.$/,
    );
    assert.equal(
      resultSentence(makeRefusedRun()),
      'No request was answered: 640 errors (100 %, mostly “connection refused”).',
    );
  });
});

it('a run that did not end by itself is called partial', () => {
  assert.equal(partialLabel(RUN_AFTER), null);
  assert.equal(partialLabel(STATES.cancelled.run), 'cancelled after 3.2 s — partial');
  assert.equal(partialLabel(STATES.interrupted.run), 'load generator died after 10 s — partial');
});

describe('announcement', () => {
  it('tells phases and endings, never single ticks', () => {
    const later = {
      ...STATES.running,
      activity: { ...STATES.running.activity, live: { ...STATES.running.activity.live, elapsedMs: 5000 } },
    };
    assert.equal(announcement(STATES.preparing, STATES.running), 'Measuring.');
    assert.equal(announcement(STATES.running, later), null);
    assert.match(
      announcement(STATES.running, { ...STATES.result, run: { ...RUN_AFTER, id: 'new' } }) ?? '',
      /^Done\. 1,8\d\d requests/,
    );
    assert.equal(announcement(STATES.running, STATES.problem), STATES.problem.activity.problem.sentence);
    assert.equal(announcement(STATES.result, STATES.comparison), null);
  });
});
