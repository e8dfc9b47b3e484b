import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { transformSync } from 'esbuild';
import { renderK6 } from '../../../src/core/report/k6Script';
import { sampleRun } from '../../support/sampleRun';

interface Asked {
  readonly options: { readonly scenarios: { readonly load: Readonly<Record<string, unknown>> } };
  readonly request: readonly unknown[];
}

/** Runs a script with k6's modules in its reach, and says what it sent. */
function run(script: string): Asked {
  const { code } = transformSync(script, { format: 'cjs' });
  const request: unknown[] = [];
  const modules: Readonly<Record<string, unknown>> = {
    'k6/http': { default: { request: (...args: unknown[]) => request.push(...args) }, __esModule: true },
    k6: { check: () => true },
    'k6/encoding': { default: { b64decode: (text: string) => ({ bytes: text }) }, __esModule: true },
  };
  const module = { exports: {} as { options: Asked['options']; default: () => void } };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the script that is tested, made a line above
  const load = new Function('module', 'exports', 'require', '__ENV', code) as (...args: unknown[]) => void;
  load(module, module.exports, (name: string) => modules[name], { ENDPOINT_PROFILER_SECRET_TOKEN: 't' });
  module.exports.default();
  return { options: module.exports.options, request };
}

describe('renderK6', () => {
  it('sends the request with its secrets from the environment', () => {
    const request = {
      method: 'POST',
      url: 'http://127.0.0.1:8000/a?k=${secret:token}',
      headers: [
        ['Authorization', 'Bearer ${secret:token}'],
        ['X', '`${1}\'"\\'],
      ],
      body: { text: '{"a":"`${b}`\u2028"}' },
    } as const;
    const script = renderK6(sampleRun({ request }));
    const { request: sent } = run(script);
    assert.deepEqual(sent.slice(0, 3), ['POST', 'http://127.0.0.1:8000/a?k=t', '{"a":"`${b}`\u2028"}']);
    assert.deepEqual((sent[3] as { headers: unknown }).headers, { Authorization: 'Bearer t', X: '`${1}\'"\\' });
  });

  it('has the load of the run', () => {
    const profile = sampleRun().profile;
    const loads = [
      [profile, { executor: 'constant-vus', vus: 16, duration: '1000ms' }],
      [
        { ...profile, stop: { durationMs: null, requests: 50 } },
        { executor: 'shared-iterations', vus: 16, iterations: 50, maxDuration: '600000ms' },
      ],
      [
        { ...profile, model: { kind: 'open', ratePerS: 100, arrivals: 'constant', maxConnections: 8 } },
        {
          executor: 'constant-arrival-rate',
          rate: 100,
          timeUnit: '1s',
          duration: '1000ms',
          preAllocatedVUs: 8,
          maxVUs: 8,
        },
      ],
      [
        {
          ...profile,
          model: {
            kind: 'closed',
            connections: 4,
            pipelining: 1,
            stages: [
              { durationMs: 1000, from: 1, to: 4 },
              { durationMs: 500, from: 2, to: 2 },
            ],
          },
        },
        {
          executor: 'ramping-vus',
          startVUs: 1,
          stages: [
            { duration: '1000ms', target: 4 },
            { duration: '0s', target: 2 },
            { duration: '500ms', target: 2 },
          ],
        },
      ],
    ] as const;
    for (const [each, expected] of loads) {
      assert.deepEqual(run(renderK6(sampleRun({ profile: each }))).options.scenarios.load, expected);
    }
  });
});
