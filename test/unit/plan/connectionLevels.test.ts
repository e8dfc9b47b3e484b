import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectionLevels } from '../../../src/core/plan/connectionLevels';
import { DEFAULT_CAPS } from '../../../src/core/plan/loadCaps';

describe('levels of a sweep over connections', () => {
  it('are held to the cap of every load, which a person raises', () => {
    const { connections } = DEFAULT_CAPS;
    assert.deepEqual(connectionLevels(`1, ${connections}`, 'The list', DEFAULT_CAPS), [1, connections]);
    assert.throws(() => connectionLevels(`1, ${connections + 1}`, 'The list', DEFAULT_CAPS), {
      code: 'over-cap',
      message: /at most 1024 are let pass: .*"endpointProfiler\.limits\.connections" in your user settings/,
    });
    const raised = { ...DEFAULT_CAPS, connections: 4000 };
    assert.deepEqual(connectionLevels('1000, 2000, 3000, …, 4000', 'The list', raised), [1000, 2000, 3000, 4000]);
    assert.throws(() => connectionLevels('1, 4001', 'The list', raised), { code: 'over-cap' });
  });

  it('have no more connections than any run, whatever is let pass', () => {
    const all = { ...DEFAULT_CAPS, connections: Infinity };
    for (const text of ['1, 10001', '0, 1', '1, 2.5', '1, x', '1, '])
      assert.throws(() => connectionLevels(text, 'The list', all), { code: 'bad-levels' }, text);
  });
});
