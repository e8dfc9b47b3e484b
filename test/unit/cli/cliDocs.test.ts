import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { HELP } from '../../../src/cli/help';
import type { AnswerChecks, AnswerFacts } from '../../../src/core/model/answers';
import type { FeedReport } from '../../../src/core/model/feed';
import { mixedRun } from '../../support/mixedRun';
import { sampleRun } from '../../support/sampleRun';
import { samplePoint, sampleSweep } from '../../support/sampleSweep';

const doc = readFileSync(resolve(import.meta.dirname, '../../../docs/cli.md'), 'utf8');

const ANSWERS: AnswerFacts = {
  bodyBytes: { min: 1, median: 1, max: 2, distinct: 2 },
  sampled: 1,
  contentTypes: [''],
  bodyHashes: [],
  bodiesVary: false,
  failedChecks: [{ reason: 'status 500', count: 1 }],
};
const CHECKS: AnswerChecks = {
  statuses: [{ from: 200, to: 299 }],
  bodyBytes: 1,
  bodyHash: 'a',
  bodyContains: ['a'],
  json: [{ path: '$', equals: null }],
};
const FEED: FeedReport = { name: 'id', source: '1..2', count: 2, order: 'cycle' };

describe('the help', () => {
  it('has every flag that a command reads, and none that no command reads', () => {
    const folder = resolve(import.meta.dirname, '../../../src/cli');
    const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    const read = sources.flatMap((text) =>
      [...text.matchAll(/(?<![\w-])'?([a-z][\w-]*)'?: \{ type: '(?:string|boolean)'/g)].map(
        ([, name = '']) => `--${name}`,
      ),
    );
    const told = HELP.match(/(?<![\w-])--[a-z][a-z0-9-]*/g) ?? [];
    // What runCli itself looks for.
    const known = new Set([...read, '--help', '--version']);
    assert.deepEqual([...known].sort(), [...new Set(told)].sort());
  });
});

describe('docs/cli.md', () => {
  it('describes every flag of the help, and the help every flag that it describes', () => {
    const flagsOf = (text: string): string[] => [...new Set(text.match(/(?<![\w-])--[a-z][a-z0-9-]*/g) ?? [])].sort();
    assert.deepEqual(flagsOf(doc), flagsOf(HELP));
  });

  it('names every field of a run', () => {
    const run = sampleRun();
    const stage = { startMs: 0, durationMs: 1, from: 1, to: 2, requests: 0, throughputRps: 0, due: 0, sent: 0 };
    assert.deepEqual(
      [
        ...unnamedFields({
          ...run,
          summary: { ...run.summary, correctedLatencyMs: run.summary.latencyMs },
          stages: [],
        }),
        ...unnamedFields(stage),
        ...unnamedFields(run.server?.processes[0]),
        ...unnamedFields(run.warnings[0]),
      ],
      [],
    );
  });

  it('names every field of what answers were like, of checks and of feeds', () => {
    const { failedChecks, ...answers } = ANSWERS;
    assert.deepEqual(
      [
        ...unnamedFields({ answers, checks: CHECKS, failedChecks, feeds: [] }),
        ...unnamedFields(failedChecks[0]),
        ...unnamedFields(CHECKS.json?.[0]),
        ...unnamedFields(FEED),
      ],
      [],
    );
  });

  it('names every field of a mix', () => {
    const { mix } = mixedRun();
    const corrected = { correctedLatencyMs: mix?.endpoints[0]?.latencyMs };
    assert.deepEqual(unnamedFields({ mix }), []);
    assert.deepEqual(unnamedFields({ ...mix?.endpoints[0], ...corrected }), []);
  });

  it('names every field of a sweep', () => {
    const law = (level: number): number => (900 * level) / (1 + 0.03 * (level - 1) + 0.0004 * level * (level - 1));
    const sweep = sampleSweep([1, 4, 16, 64, 256].map((level) => samplePoint(level, law(level))));
    assert.ok(sweep.knee && sweep.fit);
    const own = doc.slice(doc.indexOf('### The sweep as JSON'));
    const top = Object.keys(sweep).filter((key) => !own.includes(`\`${key}\``));
    assert.deepEqual(
      [...top, ...unnamedFields(sweep.knee), ...unnamedFields(sweep.fit), ...unnamedFields(sweep.points[0])],
      [],
    );
  });
});

/** Keys of an object and of what is in it that the page does not have as a word. */
function unnamedFields(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (/^\d+$/.test(key)) return [];
    const isNamed = new RegExp(`\\b${key}\\b`).test(doc);
    return [...(isNamed ? [] : [path + key]), ...unnamedFields(inner, `${path}${key}.`)];
  });
}
