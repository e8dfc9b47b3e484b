import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { MachineState } from '../../../src/core/compare/machineState';
import { DEFAULT_LAUNCH_PRIOR } from '../../../src/core/compare/launchInterval';
import type { PairArmBlock, PairPlan, PairResult } from '../../../src/core/model/pairPlan';
import { LatencyHistogram } from '../../../src/core/stats/histogram';
import { sideBySide, type Side, type SideBySideOrder, type SideBySideServices } from '../../../src/session/sideBySide';

const never = new AbortController().signal;
const IDLE: MachineState = { onBattery: false, throttleCount: 0, loadPerCore: 0, busyCpuS: 0, cores: 4, atS: 0 };

/** A load generator that measures nothing: each round takes `roundMs` and says what it is told to. */
interface Script {
  readonly roundMs?: number;
  readonly ratio?: (round: number, block: number) => number;
  readonly machine?: (call: number) => Partial<MachineState>;
  readonly state?: PairResult['state'];
}

describe('a side-by-side session', () => {
  let server: Server;
  let baseUrl = '';
  before(async () => {
    server = createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  const log: string[] = [];
  const side = (label: string, isRestarted = true): Side => ({
    label,
    isRestarted,
    open: () => {
      log.push(`open ${label}`);
      const close = (): Promise<void> => {
        log.push(`close ${label}`);
        return Promise.resolve();
      };
      return Promise.resolve({ baseUrl, pid: null, close });
    },
  });
  const orderOf = (change: Partial<SideBySideOrder> = {}): SideBySideOrder => ({
    sides: { before: side('old'), after: side('new') },
    request: (base) => ({ method: 'GET', url: `${base}/`, headers: [], body: null }),
    id: 'GET /',
    load: { connections: 1, pipelining: 1, timeoutMs: 10_000, transport: 'auto', http2: false, insecureTls: false },
    margin: 0.03,
    budgetMs: 60_000,
    quick: false,
    prior: DEFAULT_LAUNCH_PRIOR,
    seed: 1,
    warnings: [],
    ...change,
  });
  const servicesOf = (script: Script, plans: PairPlan[] = []): SideBySideServices => {
    let machineCalls = 0;
    return {
      load: {
        pair: async (plan) => {
          plans.push(plan);
          await new Promise((resolve) => setTimeout(resolve, script.roundMs ?? 0));
          return resultOf(plan, plans.length - 1, script);
        },
      },
      resolveHost: () => Promise.resolve([]),
      prompts: { confirm: () => Promise.resolve(true) },
      consents: { has: () => false, add: () => undefined },
      readMachine: () => ({ ...IDLE, ...script.machine?.(machineCalls++) }),
    };
  };
  const wobbling = (round: number, block: number): number => 1 + 0.2 * Math.sin(7 * round + 3 * block + 1);

  it('starts no round that would not fit into the budget', async () => {
    const plans: PairPlan[] = [];
    const services = servicesOf({ roundMs: 400, ratio: wobbling }, plans);
    const startMs = performance.now();
    const { state } = await sideBySide(orderOf({ budgetMs: 1800 }), services, {}, never);
    assert.equal(state, 'undecided');
    assert.ok(plans.length >= 1 && plans.length <= 4, String(plans.length));
    assert.ok(performance.now() - startMs < 3000);
  });

  it('restarts both sides for every round, each first in turn, and closes them at the end', async () => {
    log.length = 0;
    await sideBySide(orderOf(), servicesOf({ ratio: wobbling }), {}, never);
    assert.equal(log.filter((line) => line === 'open old').length, 5);
    const opened = log.filter((line) => line.startsWith('open'));
    assert.deepEqual(opened.slice(0, 4), ['open old', 'open new', 'open new', 'open old']);
    assert.equal(log.filter((line) => line.startsWith('close')).length, 10);
  });

  it('stops at the first decision', async () => {
    const plans: PairPlan[] = [];
    const steady = (_round: number, block: number): number => 0.8 + 0.001 * block;
    const { comparison, state } = await sideBySide(orderOf(), servicesOf({ ratio: steady }, plans), {}, never);
    assert.deepEqual([comparison.verdict, state, plans.length], ['slower', 'decided', 1]);
  });

  it('looks once, and says so, when a side is not its own to restart', async () => {
    const plans: PairPlan[] = [];
    const sides = { before: side('old', false), after: side('new', false) };
    const order = orderOf({ sides, budgetMs: 30_000 });
    const { comparison } = await sideBySide(order, servicesOf({ ratio: wobbling }, plans), {}, never);
    assert.equal(plans.length, 1);
    assert.ok((plans[0]?.blocks ?? 0) > 8, 'the one launch is measured for the whole budget');
    assert.equal(comparison.kind, 'quick');
    assert.match(messages(comparison.warnings), /old and new ran already .* one launch of each/);
  });

  it('leaves out a round in which the machine was unplugged', async () => {
    const unplugged = (call: number): Partial<MachineState> => ({ onBattery: call >= 2 });
    const { comparison } = await sideBySide(orderOf(), servicesOf({ ratio: wobbling, machine: unplugged }), {}, never);
    assert.match(messages(comparison.warnings), /Round 1 was left out: The machine was plugged in or unplugged/);
    assert.equal(comparison.rounds.length, 4);
  });

  it('warns of battery, heat, and other programs', async () => {
    const machine = (call: number): Partial<MachineState> => ({
      ...{ onBattery: true, throttleCount: call, loadPerCore: 0.9, busyCpuS: call * 3, atS: call },
    });
    const { comparison } = await sideBySide(orderOf(), servicesOf({ ratio: wobbling, machine }), {}, never);
    assert.match(messages(comparison.warnings), /on battery/);
    assert.match(messages(comparison.warnings), /slowed down for heat/);
    assert.match(messages(comparison.warnings), /Other programs used 2\.\d cores/);
  });

  it('closes what it opened when the load generator fails', async () => {
    log.length = 0;
    const services = servicesOf({});
    const failing = { ...services, load: { pair: () => Promise.reject(new Error('broken')) } };
    await assert.rejects(sideBySide(orderOf(), failing, {}, never), { message: 'broken' });
    assert.deepEqual(log.slice(-2).sort(), ['close new', 'close old']);
  });

  it('closes the first side when the second does not come up', async () => {
    log.length = 0;
    const dead: Side = { label: 'new', isRestarted: true, open: () => Promise.reject(new Error('no start')) };
    const order = orderOf({ sides: { before: side('old'), after: dead } });
    await assert.rejects(sideBySide(order, servicesOf({}), {}, never), { message: 'no start' });
    assert.deepEqual(log, ['open old', 'close old']);
  });

  it('goes on where an undecided one ended: its rounds count, the looks are the next ones and stricter', async () => {
    const before = await sideBySide(orderOf({ extendable: true }), servicesOf({ ratio: wobbling }), {}, never);
    assert.deepEqual([before.state, before.rounds.length], ['undecided', 5]);
    const plans: PairPlan[] = [];
    const more = orderOf({ extendable: true, earlier: before.rounds });
    const { rounds, comparison } = await sideBySide(more, servicesOf({ ratio: wobbling }, plans), {}, never);
    assert.deepEqual([plans.length, rounds.length, comparison.rounds.length], [2, 7, 7]);
    assert.deepEqual(
      plans.map(({ seed }) => seed),
      [6, 7],
    );
    const alphas = comparison.looks.map(({ alpha }) => alpha);
    assert.ok(alphas.reduce((sum, alpha) => sum + alpha, 0) <= 0.05);
    assert.ok(Math.abs((alphas[0] ?? 0) - 0.009) < 1e-9 && (alphas[6] ?? 1) < (alphas[5] ?? 0));
  });

  it('fills up the planned rounds when the budget ended before them', async () => {
    const plans: PairPlan[] = [];
    const two = await sideBySide(
      orderOf({ extendable: true, budgetMs: 0 }),
      servicesOf({ ratio: wobbling }),
      {},
      never,
    );
    assert.equal(two.rounds.length, 1);
    const more = orderOf({ extendable: true, earlier: two.rounds });
    const { rounds } = await sideBySide(more, servicesOf({ ratio: wobbling }, plans), {}, never);
    assert.deepEqual([plans.length, rounds.length], [4, 5]);
  });

  it('changes nothing when it is gone on with and cancelled before a further round', async () => {
    const one = await sideBySide(orderOf({ budgetMs: 0 }), servicesOf({ ratio: wobbling }), {}, never);
    const more = orderOf({ extendable: true, earlier: one.rounds });
    await assert.rejects(sideBySide(more, servicesOf({}), {}, AbortSignal.abort()), { name: 'CancelledError' });
  });

  it('keeps the whole rounds when it is cancelled in a later one', async () => {
    const abort = new AbortController();
    const events = { onComparison: () => abort.abort() };
    const { state, comparison } = await sideBySide(orderOf(), servicesOf({ ratio: wobbling }), events, abort.signal);
    assert.deepEqual([state, comparison.rounds.length], ['cancelled', 1]);
  });
});

function messages(warnings: readonly { readonly message: string }[]): string {
  return warnings.map(({ message }) => message).join('\n');
}

function resultOf(plan: PairPlan, round: number, { ratio = () => 1, state = 'complete' }: Script): PairResult {
  const latencies = new LatencyHistogram();
  const arm = (requests: number): PairArmBlock => ({
    ...{ requests, timeS: 1, failures: 0, statuses: { 200: requests }, bodyBytes: 2, cpuS: 0.1, stops: 0 },
    latencies: latencies.toColumns(),
  });
  return {
    ...{ state, failing: null, failures: '', sliceMs: 250, guardMs: 50 },
    blocks: Array.from({ length: plan.blocks }, (_, block) => ({
      before: arm(10_000),
      after: arm(Math.round(10_000 * ratio(round, block))),
    })),
    warmup: { durationMs: 1, steady: true, rps: { before: [], after: [] } },
    generator: { cpuPercent: 20, eventLoopUtilization: 0.2 },
  };
}
