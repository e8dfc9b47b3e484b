import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { HELP } from '../../../src/cli/help';
import { sampleRun } from '../../support/sampleRun';

const doc = readFileSync(resolve(import.meta.dirname, '../../../docs/cli.md'), 'utf8');

describe('docs/cli.md', () => {
  it('describes every flag of the help, and the help every flag that it describes', () => {
    const flagsOf = (text: string): string[] => [...new Set(text.match(/(?<![\w-])--[a-z][a-z0-9-]*/g) ?? [])].sort();
    assert.deepEqual(flagsOf(doc), flagsOf(HELP));
  });

  it('names every field of a run', () => {
    const missing: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
      for (const [key, inner] of Object.entries(value)) {
        if (/^\d+$/.test(key)) continue;
        if (!new RegExp(`\\b${key}\\b`).test(doc)) {
          missing.push(`${path}${key}`);
        }
        walk(inner, `${path}${key}.`);
      }
    };
    const run = sampleRun();
    walk({ ...run, summary: { ...run.summary, correctedLatencyMs: run.summary.latencyMs } }, '');
    walk(run.server?.processes[0], 'server.processes.');
    walk(run.warnings[0], 'warnings.');
    assert.deepEqual(missing, []);
  });
});
