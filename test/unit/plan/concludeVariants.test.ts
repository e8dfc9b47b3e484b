import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Run } from '../../../src/core/model/run';
import type { VariantResult, VariantsResult } from '../../../src/core/model/variants';
import { variantFigures, variantWarnings } from '../../../src/core/plan/concludeVariants';
import { formatVariantsText, renderVariantsMarkdown } from '../../../src/core/report/variantsText';
import { sampleRun } from '../../support/sampleRun';

const process = (role: 'server' | 'dependency', cpuPercent: number): object => ({
  ...{ pid: 1, name: 'x', rssMB: 10, role, cpuPercent },
});

function run(throughputRps: number, more: Partial<Run> = {}): Run {
  const base = sampleRun();
  return { ...base, warnings: [], summary: { ...base.summary, throughputRps }, ...more };
}

const variant = (name: string, ...runs: Run[]): VariantResult => ({ name, runs, problem: null });

describe('what several servers come to', () => {
  it('is the median of the rounds with their range, and the CPU of all processes of a role', () => {
    const server = {
      processes: [process('server', 60), process('server', 20), process('dependency', 150)],
    } as Run['server'];
    const figures = variantFigures(variant('a', run(100, { server }), run(400, { server }), run(200, { server })));
    assert.deepEqual(
      [figures?.throughputRps, figures?.lowestRps, figures?.highestRps, figures?.serverCpuPercent],
      [200, 100, 400, 80],
    );
    assert.equal(figures?.dependencyCpuPercent, 150);
    assert.equal(variantFigures(variant('b')), null);
  });

  it('says once what holds for several, and that one round is no verdict', () => {
    const warnings = [{ code: 'x', message: 'Something is so.' }];
    const told = variantWarnings([variant('a', run(1, { warnings })), variant('b', run(1, { warnings }))], 1);
    assert.deepEqual(
      told.map(({ code, message }) => `${code} ${message.slice(0, 25)}`),
      ['x a, b: Something is so.', 'one-round Each server was measured '],
    );
    assert.deepEqual(variantWarnings([variant('a', run(1)), variant('b', run(1))], 3), []);
  });

  const result: VariantsResult = {
    ...{
      schemaVersion: 1,
      kind: 'variants',
      startedAt: '',
      state: 'complete',
      method: 'GET',
      path: '/a_{id}',
      rounds: 1,
    },
    profile: sampleRun().profile,
    variants: [
      { ...variant('raw', run(100)), description: 'a|b' },
      variant('sync', run(250)),
      {
        name: 'broken',
        runs: [],
        problem: { code: 'server-exited', sentence: 'It ended. Its last line: @all see #1' },
      },
    ],
    warnings: [],
  };

  it('is a table with each against the first, and what was not measured', () => {
    const text = formatVariantsText(result);
    assert.match(text, /^raw \(a\|b\) .*× 1\.00/m);
    assert.match(text, /^sync .*× 2\.50/m);
    assert.match(text, /Note: broken was not measured: It ended\. Its last line: @all see #1/);
  });

  it('is Markdown in which names are only text', () => {
    const markdown = renderVariantsMarkdown(result);
    assert.match(markdown, /^# GET \/a\\_\{id\}$/m);
    assert.match(markdown, /^\| raw \(a\\\|b\) \| /m);
    assert.match(markdown, /^- broken was not measured: It ended\. Its last line: @\u200ball see \\#1$/m);
  });
});
