/**
 * Compares what the product measures with what wrk measures, on the servers that people have: the development server of
 * Flask, Gunicorn, uvicorn, Express, Fastify, Go and nginx, with connections that are kept and that are closed. Both run in
 * turn, pinned apart where that can be had. Where the server is the limit, throughput must be within 3 %, p50 within 5 % and
 * p99 within 10 % of wrk's; ends with exit code 1 where it is not. Of closing servers the time that opening a connection takes is
 * left out, as wrk does. Build first (`npm run build`).
 * Usage: `npm run bench:accuracy -- [--servers flask,go] [--kinds closing] [--connections 1,64] [--rounds 3] [--seconds 3]`.
 * Before each round it waits until the machine is quiet, and takes a round again beside which other programs ran; `--wait 0`
 * does neither. EP_PYTHON names a Python with test/integration/requirements.txt; Fastify comes with `npm test -- --group integration`.
 * Everything takes about 50 minutes. Load goes to 127.0.0.1 only.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ACCURACY_SERVERS, type AccuracyServer } from './accuracyServers';
import { judge, type Judged, type Round } from './accuracyJudge';
import { GENERATORS, type Generator, type Measured } from './engineGenerators';
import { describePinning, pinTo } from './engineStart';
import { QUIET_SHARE, waitUntilQuiet, watchOthers } from './otherPrograms';
import { watchCpu } from './serverCpu';

const { values } = parseArgs({
  options: {
    servers: { type: 'string', default: '' },
    kinds: { type: 'string', default: '' },
    connections: { type: 'string', default: '1,16,64,256,1000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    wait: { type: 'string', default: '20' },
  },
});

/** A round beside which other programs ran is taken again, until there are as many tries as this times the rounds. */
const TRIES = 2;
const WAIT_MS = 1000 * Number(values.wait);

const WIDTHS = [34, 22, 20, 20, 10, 0];

void main();

async function main(): Promise<void> {
  const [ours, wrk] = ['ours', 'wrk'].map((name) => GENERATORS.find((generator) => generator.name === name));
  const missing = wrk?.missing();
  if (!ours || !wrk || missing) {
    console.error(missing);
    process.exit(2);
  }
  const list = (text: string): readonly string[] => text.split(',').filter((item) => item !== '');
  const [names, kinds, connections] = [list(values.servers), list(values.kinds), list(values.connections).map(Number)];
  const servers = ACCURACY_SERVERS.filter(
    ({ name, kind }) => (names.length === 0 || names.includes(name)) && (kinds.length === 0 || kinds.includes(kind)),
  );
  if (servers.length === 0 || !connections.every((count) => count >= 1)) {
    console.error(`Choose from ${[...new Set(ACCURACY_SERVERS.map(({ name }) => name))].join(', ')}.`);
    process.exit(2);
  }
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`);
  console.log(`${describePinning()} Load of the machine before: ${loadavg()[0]?.toFixed(1) ?? '?'}.`);
  printRow(['', 'requests/s × wrk', 'p50 × wrk', 'p99 × wrk', 'server', '']);
  let outside = 0;
  for (const server of servers) outside += await compareOn(server, connections, ours, wrk);
  console.log(outside === 0 ? '\nNothing is outside.' : `\n${outside} outside.`);
  process.exitCode = outside === 0 ? 0 : 1;
}

/** How many rows are outside. */
async function compareOn(
  server: AccuracyServer,
  connections: readonly number[],
  ours: Generator,
  wrk: Generator,
): Promise<number> {
  const title = `${server.name}, ${server.kind}`;
  const folder = await mkdtemp(join(tmpdir(), 'bench-accuracy-'));
  try {
    const running = server.cannot ?? (await server.start(folder, pinTo(0)));
    if (typeof running === 'string') {
      console.log(`${title}: skipped. ${running}`);
      return 0;
    }
    try {
      const verdicts: Judged[] = [];
      for (const count of connections) {
        const row = `${title}, ${count}`;
        try {
          const rounds = await takeRounds(running.baseUrl + server.path, running.pid, count, ours, wrk);
          if (rounds.length === 0) throw new Error('Other programs kept the machine busy.');
          verdicts.push(judge(rounds));
          printRow(cellsOf(row, rounds, judge(rounds)));
        } catch (error) {
          console.log(`${row}: failed. ${String(error).split('\n')[0] ?? ''}`);
        }
      }
      return verdicts.filter(({ verdict }) => verdict.startsWith('outside')).length;
    } finally {
      await running.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function takeRounds(
  url: string,
  serverPid: number,
  connections: number,
  ours: Generator,
  wrk: Generator,
): Promise<readonly Round[]> {
  // A server compiles and grows at first.
  await wrk.run(url, connections, 1, pinTo(1));
  const rounds: Round[] = [];
  const wanted = Number(values.rounds);
  for (let round = 0; round < wanted * TRIES && rounds.length < wanted; round++) {
    if (WAIT_MS > 0) await waitUntilQuiet(WAIT_MS);
    const others = watchOthers(serverPid);
    const measured = new Map<Generator, Measured>();
    const busy: (number | null)[] = [];
    for (const generator of round % 2 === 0 ? [ours, wrk] : [wrk, ours]) {
      const cpu = watchCpu(serverPid);
      measured.set(generator, await generator.run(url, connections, Number(values.seconds), pinTo(1)));
      busy.push(cpu.stop());
    }
    const [one, other] = [measured.get(ours), measured.get(wrk)];
    const known = busy.filter((percent) => percent !== null);
    if (one && other && (WAIT_MS === 0 || (others.stop() ?? 0) < QUIET_SHARE)) {
      rounds.push({
        ours: withoutOpening(one),
        wrk: other,
        serverPercent: known.length === 2 ? Math.min(...known) : null,
      });
    }
  }
  return rounds;
}

/** As wrk counts, whose clock starts when the connection is open: about right, because quantiles do not subtract exactly. */
function withoutOpening(measured: Measured): Measured {
  const { openingMs } = measured;
  if (!openingMs) return measured;
  return { ...measured, p50Ms: measured.p50Ms - openingMs.p50, p99Ms: measured.p99Ms - openingMs.p99 };
}

function cellsOf(title: string, rounds: readonly Round[], { ratios, serverPercent, verdict }: Judged): string[] {
  const ratio = (figure: keyof Judged['ratios']): string => {
    const found = ratios[figure];
    return found === null ? '–' : `${found.middle.toFixed(2)} (${found.least.toFixed(2)}–${found.most.toFixed(2)})`;
  };
  const errors = (name: 'ours' | 'wrk'): number => rounds.reduce((sum, round) => sum + round[name].errors, 0);
  const failed = errors('ours') + errors('wrk') === 0 ? '' : `, errors ${errors('ours')} / wrk ${errors('wrk')}`;
  const rps = rounds.map(({ wrk }) => wrk.rps).reduce((sum, value) => sum + value, 0) / rounds.length;
  return [
    title,
    `${rps.toFixed(0)}  ${ratio('rps')}`,
    ratio('p50Ms'),
    ratio('p99Ms'),
    serverPercent === null ? '–' : `${serverPercent.toFixed(0)} %`,
    verdict + failed,
  ];
}

function printRow(cells: readonly string[]): void {
  console.log(
    cells
      .map((cell, index) => cell.padEnd(WIDTHS[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
