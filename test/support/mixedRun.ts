import type { MixEndpoint, MixReport } from '../../src/core/model/mix';
import type { Run } from '../../src/core/model/run';
import { sampleRun } from './sampleRun';

const ANSWERS: MixEndpoint['answers'] = {
  bodyBytes: { min: 5, median: 5, max: 5, distinct: 1 },
  sampled: 3,
  contentTypes: ['application/json'],
  bodyHashes: ['0'.repeat(64)],
  bodiesVary: false,
  failedChecks: [],
};

/** One endpoint of a mix with invented numbers. */
export function mixedEndpoint(name: string, changes: Partial<MixEndpoint> = {}): MixEndpoint {
  const run = sampleRun();
  const [method, path = '/'] = name.split(' ');
  return {
    name,
    weight: 1,
    endpoint: run.endpoint && { ...run.endpoint, id: `${name} app.py`, path },
    request: { ...run.request, method: method === 'POST' ? 'POST' : 'GET', url: `http://127.0.0.1:8000${path}` },
    values: null,
    sent: 510,
    requests: 500,
    throughputRps: 500,
    latencyMs: run.summary.latencyMs,
    statuses: { '200': 500 },
    errors: {},
    bytesRead: 60_000,
    bytesWritten: 30_000,
    answers: ANSWERS,
    histogram: '',
    ...changes,
  };
}

/** A run of three endpoints, one slow and one that answers with errors, with invented numbers that add up. */
export function mixedRun(changes: Partial<MixReport> = {}, run: Partial<Run> = {}): Run {
  const sample = sampleRun();
  const { latencyMs } = sample.summary;
  const mix: MixReport = {
    name: 'page',
    seed: 1,
    endpoints: [
      mixedEndpoint('GET /authors', { weight: 6, requests: 600, throughputRps: 600, statuses: { '200': 600 } }),
      mixedEndpoint('GET /author/{id}', {
        ...{ weight: 3, requests: 300, throughputRps: 300, statuses: { '200': 298, '404': 2 } },
        ...{ errors: { timeout: 1 }, latencyMs: { ...latencyMs, p50: 42, p90: 61, p99: 88, max: 120 } },
      }),
      mixedEndpoint('POST /author', { weight: 1, requests: 100, throughputRps: 100, statuses: { '500': 100 } }),
    ],
    ...changes,
  };
  return sampleRun({
    endpoint: null,
    values: null,
    mix,
    summary: {
      ...sample.summary,
      ...{
        requests: 1000,
        throughputRps: 1000,
        statuses: { '200': 898, '404': 2, '500': 100 },
        errors: { timeout: 1 },
      },
    },
    ...run,
  });
}
