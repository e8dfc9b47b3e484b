import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findLimit, type LimitRule } from '../../../src/core/report/limits';
import type { ProcessReport, Run } from '../../../src/core/model/run';
import { sampleRun } from '../../support/sampleRun';

interface Wish {
  readonly workers?: readonly number[];
  readonly dependencies?: readonly (readonly [service: string, cpuPercent: number])[];
  readonly machineBusy?: number;
  readonly loop?: number;
  readonly generatorCpu?: number;
  readonly throughputRps?: number;
  readonly aloneMs?: number | null;
  readonly changes?: Partial<Run>;
}

function runOf(wish: Wish): Run {
  const base = sampleRun();
  const process = (role: ProcessReport['role'], cpuPercent: number, pid: number, service?: string): ProcessReport => ({
    pid,
    name: service ?? 'app',
    cpuPercent,
    rssMB: 10,
    role,
    ...(service === undefined ? {} : { service }),
  });
  const { aloneMs = 1 } = wish;
  return sampleRun({
    environment: { ...base.environment, cores: 4 },
    summary: {
      ...base.summary,
      throughputRps: wish.throughputRps ?? 1000,
      latencyMs: { ...base.summary.latencyMs, min: 1.5, p50: 8 },
    },
    generator: { ...base.generator, eventLoopUtilization: wish.loop ?? 0.1, cpuPercent: wish.generatorCpu ?? 10 },
    server: {
      processes: [
        ...(wish.workers ?? [20]).map((cpu, index) => process('server', cpu, 10 + index)),
        ...(wish.dependencies ?? []).map(([service, cpu], index) => process('dependency', cpu, 50 + index, service)),
      ],
      machineBusy: wish.machineBusy ?? 0.4,
    },
    ...(aloneMs === null ? {} : { preview: { status: 200, durationMs: aloneMs } }),
    ...wish.changes,
  });
}

function ruleOf(wish: Wish): LimitRule | undefined {
  return findLimit(runOf(wish))?.rule;
}

function sentenceOf(wish: Wish): string {
  return findLimit(runOf(wish))?.sentence ?? '';
}

describe('findLimit', () => {
  it('names the generator first, whatever else is busy', () => {
    assert.equal(ruleOf({ loop: 0.86, generatorCpu: 80, workers: [99] }), 'generator');
    assert.equal(ruleOf({ generatorCpu: 86, workers: [99] }), 'generator');
    assert.equal(ruleOf({ loop: 0.85, generatorCpu: 85, workers: [99] }), 'server-cpu');
    assert.match(
      sentenceOf({ loop: 0.93, generatorCpu: 84 }),
      /^Your generator, not your server, is the limit: its event loop was busy for 93 % of the time and it used 84 % of a core\./,
    );
    const { generator } = sampleRun();
    assert.equal(ruleOf({ changes: { generator: { ...generator, saturated: true } } }), 'generator');
  });

  it('does not take a loop that waits by turning for a busy one', () => {
    const { generator } = sampleRun();
    const spinning = { ...generator, pacing: 'spin' as const, eventLoopUtilization: 1, cpuPercent: 100 };
    assert.equal(ruleOf({ workers: [95], changes: { generator: spinning } }), 'server-cpu');
  });

  it('says of one that shared its core who had it', () => {
    const { generator } = sampleRun();
    const latenessUs = { p50: 2, p99: 300, max: 90_000 };
    const starved = { ...generator, pacing: 'spin' as const, latenessUs, starved: 0.23, saturated: true };
    assert.match(
      sentenceOf({ workers: [95], changes: { generator: starved } }),
      /^This machine held up your load generator and is the limit, not your server: other programs had its core for 23 % of the time\./,
    );
    assert.equal(ruleOf({ workers: [95], changes: { generator: starved } }), 'machine');
  });

  it('names the machine, and not a generator that hardly computed', () => {
    const { generator } = sampleRun();
    const latenessUs = { p50: 900, p99: 12_000, max: 90_000 };
    const late = { ...generator, pacing: 'timer' as const, latenessUs, cpuPercent: 2, saturated: true };
    const starved = { ...late, eventLoopUtilization: 0.9, starved: 0.71 };
    assert.equal(
      sentenceOf({ machineBusy: 0.4, changes: { generator: starved } }),
      'This machine held up your load generator and is the limit, not your server: other programs had its core for 71 % of the time, ' +
        'and it used 2 % of a core itself. On a quieter machine the server may be faster.',
    );
    const limit = (wish: Wish) => findLimit(runOf(wish));
    assert.equal(limit({ changes: { generator: starved } })?.isCertain, true);
    assert.match(
      sentenceOf({ machineBusy: 1, workers: [20], changes: { generator: starved } }),
      /All 4 cores were busy \(in percent of one core: other programs 378 %, the server 20 %, the load generator 2 %\)/,
    );
    assert.match(
      sentenceOf({ changes: { generator: { ...late, starved: 0.01, stolen: 0.3 } } }),
      /: the host of this virtual machine took 30 % of its processors' time/,
    );
    // Late, with little that was seen to hold it up: the machine where all of it was in use, else it cannot be told.
    const unseen = { ...late, eventLoopUtilization: 0.03, starved: 0.01 };
    const [full, free] = [1, 0.2].map((machineBusy) => limit({ machineBusy, changes: { generator: unseen } }));
    assert.deepEqual([full?.rule, full?.isCertain], ['machine', false]);
    assert.match(
      full?.sentence ?? '',
      /and is probably the limit, .* more than 12\.0 ms late, although it used 2 % of a core only/,
    );
    assert.deepEqual([free?.rule, free?.isCertain], ['generator', false]);
    assert.match(free?.sentence ?? '', /^Your generator, not your server, is probably the limit: /);
    // Half and half.
    const both = { ...late, cpuPercent: 70, eventLoopUtilization: 0.95, starved: 0.25 };
    assert.deepEqual([limit({ changes: { generator: both } })?.rule, limit({ changes: { generator: both } })?.isCertain], ['machine', false]); // prettier-ignore
    const own = { ...late, cpuPercent: 95, eventLoopUtilization: 0.99, starved: 0.04 };
    assert.deepEqual([limit({ changes: { generator: own } })?.rule, limit({ changes: { generator: own } })?.isCertain], ['generator', true]); // prettier-ignore
  });

  it('names the rate that was asked for when it was reached', () => {
    const open = (ratePerS: number): Pick<Run, 'profile'> => ({
      profile: {
        ...sampleRun().profile,
        model: { kind: 'open', ratePerS, arrivals: 'constant', maxConnections: 16 },
      },
    });
    assert.equal(
      sentenceOf({ workers: [30], changes: open(1000) }),
      'The rate is the limit: the server answered all of the 1,000 requests a second and used 30 % of a core for it.',
    );
    assert.equal(ruleOf({ workers: [98], changes: open(1010) }), 'rate');
    assert.equal(ruleOf({ workers: [98], changes: open(1011) }), 'server-cpu');
  });

  it('names the CPU of one worker, of a pool, and of a server with many threads', () => {
    assert.equal(
      sentenceOf({ workers: [98.2, 0.3] }),
      "The server's one worker used 98 % of a core: the server's CPU is the limit.",
    );
    assert.equal(
      sentenceOf({ workers: [96, 94] }),
      "The server's 2 workers used 95 % of a core each: the server's CPU is the limit.",
    );
    assert.match(sentenceOf({ workers: [370] }), /^The server used 370 % of a core, nearly all of this machine's 4/);
    assert.equal(ruleOf({ workers: [359], aloneMs: null }), 'unknown');
  });

  it('says probably near the limit, and nothing below', () => {
    assert.equal(findLimit(runOf({ workers: [90] }))?.isCertain, true);
    assert.equal(findLimit(runOf({ workers: [89.9] }))?.isCertain, false);
    assert.match(sentenceOf({ workers: [75] }), /is probably the limit\.$/);
    assert.equal(ruleOf({ workers: [74.9], aloneMs: null }), 'unknown');
  });

  it('tells a pool of which one worker has all the work', () => {
    assert.equal(ruleOf({ workers: [97, 30, 25] }), 'server-worker');
    assert.match(
      sentenceOf({ workers: [97, 30, 26] }),
      /^One of the server's 3 workers used 97 % of a core, the others 28 %/,
    );
  });

  it('names the service that the server waits for', () => {
    const wish: Wish = { workers: [22], dependencies: [['Redis', 3], ['PostgreSQL', 96], ['PostgreSQL', 4]] }; // prettier-ignore
    assert.equal(ruleOf(wish), 'dependency-cpu');
    assert.match(sentenceOf(wish), /^A process of PostgreSQL used 96 % of a core while the server used 22 %/);
    assert.notEqual(ruleOf({ workers: [22], dependencies: [['PostgreSQL', 89]] }), 'dependency-cpu');
  });

  it('names the machine when every core is busy and lists who keeps them so', () => {
    const wish: Wish = { workers: [60, 60], dependencies: [['PostgreSQL', 110 / 2]], machineBusy: 0.95 };
    assert.equal(ruleOf(wish), 'machine');
    assert.match(sentenceOf(wish), /^All 4 cores were busy .*other programs 195 %, the server 120 %, PostgreSQL 55 %/);
    assert.equal(ruleOf({ ...wish, machineBusy: 0.949, aloneMs: null }), 'unknown');
    assert.equal(ruleOf({ workers: [85], machineBusy: 0.99 }), 'machine');
    assert.equal(ruleOf({ workers: [10], machineBusy: 0.99 }), 'machine');
    assert.equal(ruleOf({ workers: [9.9], machineBusy: 0.99 }), 'waiting');
  });

  it('says that more connections would help when an answer takes no longer than alone', () => {
    // 16 connections, 1 ms alone: 11.2 at once from 11,200 a second.
    assert.equal(ruleOf({ throughputRps: 11_200 }), 'concurrency');
    assert.match(
      sentenceOf({ throughputRps: 11_200 }),
      /with 16 requests at once .* More connections would bring more\.$/,
    );
    assert.equal(ruleOf({ throughputRps: 11_199 }), 'unknown');
  });

  it('says that requests wait inside the server when it works on few of them and uses no CPU', () => {
    assert.match(
      sentenceOf({ throughputRps: 1000, workers: [2] }),
      /it worked on only about 1 of 16 requests at a time/,
    );
    assert.equal(ruleOf({ throughputRps: 8000 }), 'waiting');
    assert.equal(ruleOf({ throughputRps: 8001 }), 'unknown');
  });

  it('says that it cannot tell when nothing was seen, and nothing at all about a run without answers', () => {
    assert.match(sentenceOf({ changes: { server: null } }), /the server's processes could not be watched/);
    const { summary } = sampleRun();
    assert.equal(findLimit(runOf({ changes: { summary: { ...summary, requests: 0 } } })), null);
  });
});
