/**
 * How often are the verdicts wrong on real servers? `npm run bench:verdicts -- [--stacks flask,express,go] [--aa 14]
 * [--injected 10] [--stops 4] [--budget 90] [--contrast no] [--out FILE] [--only aa,3,5,10,stop]`. Each session is a line in FILE (JSON) as
 * soon as it has ended; started again, it goes on where it was. Run it on a machine that does nothing else: 150 sessions of up to
 * 90 s, and as long again for the contrast, are about five hours.
 */
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_LAUNCH_PRIOR } from '../../src/core/compare/launchInterval';
import { defaultProfile } from '../../src/core/plan/defaultProfile';
import { LoadProcess } from '../../src/platform/node/loadProcess';
import { withCommitSides } from '../../src/session/commitSides';
import { sideBySide, type Side, type SideBySideServices } from '../../src/session/sideBySide';
import { makeProject, verdictApps } from './verdictApps';
import { judgeTheUsualWay, type ContrastVerdicts } from './verdictContrast';

/** Short, because a warm-up is 2,000 requests on each side. */
const BASE_MS = 2;
const CONNECTIONS = 4;
const CASES = { aa: 0, 3: 3, 5: 5, 10: 10, stop: 0 } as const;
type Case = keyof typeof CASES;
const CASES_IN_ORDER: readonly Case[] = ['aa', 3, 5, 10, 'stop'];

interface Line {
  readonly stack: string;
  readonly kind: Case;
  readonly verdict: string;
  readonly headline: string;
  readonly ratio: number | null;
  readonly measuredS: number;
  /** Null where the usual ways were not asked. */
  readonly contrast: ContrastVerdicts | null;
}

const { values } = parseArgs({
  options: {
    stacks: { type: 'string', default: 'flask,express,go' },
    aa: { type: 'string', default: '14' },
    injected: { type: 'string', default: '10' },
    stops: { type: 'string', default: '4' },
    budget: { type: 'string', default: '90' },
    only: { type: 'string', default: 'aa,3,5,10,stop' },
    contrast: { type: 'string', default: 'yes' },
    out: { type: 'string', default: '.cache/verdicts.jsonl' },
  },
});
const abort = new AbortController();
process.once('SIGINT', () => abort.abort());
const load = new LoadProcess({ entry: 'dist/loadgen.js', log: () => undefined });
const services = {
  load,
  resolveHost: () => Promise.resolve([]),
  prompts: { confirm: () => Promise.resolve(true) },
  consents: { has: () => false, add: () => undefined },
} satisfies SideBySideServices;

mkdirSync(dirname(values.out), { recursive: true });
const apps = verdictApps(process.env['EP_PYTHON'] ?? 'python3');
void main();

async function main(): Promise<void> {
  try {
    for (const kind of CASES_IN_ORDER.filter((each) => values.only.split(',').includes(String(each)))) {
      const wanted = Number(kind === 'aa' ? values.aa : kind === 'stop' ? values.stops : values.injected);
      for (let at = 0; at < wanted; at++) {
        for (const stack of values.stacks.split(',')) {
          if (abort.signal.aborted || done().filter((line) => line.stack === stack && line.kind === kind).length > at)
            continue;
          const line = await session(stack, kind, at);
          appendFileSync(values.out, `${JSON.stringify(line)}\n`);
          console.log(`${stack} ${kind}: ${line.headline}`);
        }
      }
    }
  } finally {
    load.dispose();
    report();
  }
}

function done(): Line[] {
  if (!existsSync(values.out)) return [];
  return readFileSync(values.out, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

async function session(stack: string, kind: Case, at: number): Promise<Line> {
  const app = apps[stack];
  if (!app) throw new Error(`There is no stack ${stack}.`);
  const scratch = mkdtempSync(join(tmpdir(), 'ep-verdicts-'));
  const folder = join(scratch, 'project');
  mkdirSync(folder);
  try {
    makeProject(folder, app, BASE_MS, { workMs: BASE_MS * (1 + CASES[kind] / 100), stops: kind === 'stop' });
    const states = { folder, against: 'HEAD', candidate: null, server: app.server };
    const copies = {
      storage: join(scratch, 'copies'),
      supervisor: { script: 'dist/supervisor.js' },
      onOutput: () => undefined,
    };
    return await withCommitSides(states, copies, {}, abort.signal, async ({ sides }) => {
      const { comparison } = await sideBySide(
        {
          ...{ sides, id: stack, margin: 0.03, budgetMs: Number(values.budget) * 1000, quick: false, seed: 1000 + at },
          request: (baseUrl) => ({ method: 'GET', url: `${baseUrl}/item`, headers: [], body: null }),
          load: {
            connections: CONNECTIONS,
            pipelining: 1,
            timeoutMs: 5000,
            transport: 'auto',
            http2: false,
            insecureTls: false,
          },
          prior: DEFAULT_LAUNCH_PRIOR,
          warnings: [],
        },
        services,
        {},
        abort.signal,
      );
      const seconds = Math.max(10, Math.round(comparison.measuredS / 2));
      const contrast =
        values.contrast === 'no'
          ? null
          : judgeTheUsualWay(await oneRun(sides.before, seconds), await oneRun(sides.after, seconds));
      return {
        ...{ stack, kind, verdict: comparison.verdict, headline: comparison.headline, measuredS: comparison.measuredS },
        ratio: comparison.metrics.find(({ name }) => name === 'throughput')?.ratio ?? null,
        contrast,
      };
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Answers in each second of one usual run against a fresh launch. */
async function oneRun(side: Side, seconds: number): Promise<number[]> {
  const open = await side.open(abort.signal);
  try {
    const { series } = await load.run(
      {
        request: { method: 'GET', url: `${open.baseUrl}/item`, headers: [], body: null },
        allowedAddresses: null,
        profile: {
          ...defaultProfile(),
          model: { kind: 'closed', connections: CONNECTIONS, pipelining: 1 },
          stop: { ...defaultProfile().stop, durationMs: seconds * 1000 },
          warmup: { kind: 'fixed', durationMs: 3000 },
        },
      },
      { onSnapshot: () => undefined, signal: abort.signal },
    );
    const counts = new Array<number>(seconds).fill(0);
    series.tMs.forEach((tMs, index) => {
      const second = Math.floor(tMs / 1000);
      if (second >= 0 && second < seconds) counts[second] = (counts[second] ?? 0) + (series.requests[index] ?? 0);
    });
    return counts;
  } finally {
    await open.close();
  }
}

/** Of each case: how many sessions, what was said, and what the usual ways would have said. */
function report(): void {
  const lines = done();
  console.log(
    '\nstack    case  sessions  faster  slower  same  unsure  pauses | changed by eye  autocannon-compare  t-test',
  );
  for (const stack of [...new Set(lines.map((line) => line.stack))]) {
    for (const kind of CASES_IN_ORDER) {
      const own = lines.filter((line) => line.stack === stack && line.kind === kind);
      if (own.length === 0) continue;
      const count = (what: (line: Line) => boolean): string => String(own.filter(what).length);
      const said = ['faster', 'slower', 'equivalent', 'inconclusive'].map((verdict) =>
        count((line) => line.verdict === verdict),
      );
      const cells = [
        stack.padEnd(7),
        String(kind).padEnd(4),
        String(own.length).padStart(8),
        ...said.map((text) => text.padStart(6)),
      ];
      const usual = [
        count(({ headline }) => headline.includes('pauses now and then')).padStart(6),
        `| ${count(({ contrast }) => contrast?.eye ?? false).padStart(14)}`,
        count(({ contrast }) => contrast?.autocannonCompare ?? false).padStart(18),
        count(({ contrast }) => contrast?.tTest ?? false).padStart(6),
      ];
      console.log([...cells, ...usual].join('  '));
    }
  }
}
