import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { linearTicks, logTicks, zeroTicks } from '../../../webview/charts/ticks';
import { readLoadField, readLoadForm } from '../../../webview/loadForm';
import { readableBody } from '../../../webview/readableBody';

describe('readLoadField', () => {
  it('takes whole numbers within the limits, both ends included', () => {
    assert.deepEqual(readLoadField('connections', ' 16 '), { value: 16 });
    assert.deepEqual(readLoadField('connections', '10000'), { value: 10_000 });
    assert.deepEqual(readLoadField('durationS', '1'), { value: 1 });
    assert.deepEqual(readLoadField('durationS', '3600'), { value: 3600 });
  });

  it('says what is wrong with anything else', () => {
    assert.deepEqual(readLoadField('connections', '10001'), { fault: 'Use 1 to 10,000 connections.' });
    assert.deepEqual(readLoadField('durationS', '0'), { fault: 'Use 1 to 3,600 seconds.' });
    assert.deepEqual(readLoadField('durationS', ''), { fault: 'Say how many seconds: 1 to 3,600 seconds.' });
    for (const text of ['1.5', '-3', '1e3', 'ten', '0x10']) {
      assert.deepEqual(readLoadField('connections', text), { fault: 'Write a whole number: 1 to 10,000 connections.' });
    }
  });

  it('gives a form only when both fields can be used', () => {
    assert.deepEqual(readLoadForm({ connections: '16', durationS: '10' }), { connections: 16, durationS: 10 });
    assert.equal(readLoadForm({ connections: '16', durationS: 'x' }), null);
  });
});

describe('ticks', () => {
  it('reach above the data in equal round steps', () => {
    assert.deepEqual(zeroTicks(1918, 4), [0, 500, 1000, 1500, 2000]);
    assert.deepEqual(zeroTicks(0.095, 4), [0, 0.025, 0.05, 0.075, 0.1]);
    assert.deepEqual(zeroTicks(0, 4), [0, 1, 2, 3, 4]);
  });

  it('stay within a range', () => {
    assert.deepEqual(linearTicks(-1, 10, 6), [0, 2, 4, 6, 8, 10]);
    assert.deepEqual(logTicks(1, 1000, 5), [1, 10, 100, 1000]);
    assert.deepEqual(logTicks(1, 30, 5), [1, 2, 5, 10, 20]);
  });
});

describe('readableBody', () => {
  it('indents whole JSON and leaves everything else as it came', () => {
    assert.equal(readableBody({ bodyText: '{"a":[1]}', truncated: false }), '{\n  "a": [\n    1\n  ]\n}');
    assert.equal(readableBody({ bodyText: '{"a":[1', truncated: true }), '{"a":[1');
    assert.equal(readableBody({ bodyText: '<p>{"a":1}</p>', truncated: false }), '<p>{"a":1}</p>');
    assert.equal(readableBody({ bodyText: '[oops', truncated: false }), '[oops');
  });

  it('stops where nobody reads on', () => {
    assert.equal(readableBody({ bodyText: 'x'.repeat(50_000), truncated: false }).length, 20_001);
  });
});
