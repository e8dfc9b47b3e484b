/**
 * How long discovery takes, against `rg -l` over the same files (the floor: reading them all and looking for a word), in turn.
 * Usage: `npm run bench:discovery -- [--files 10000] [--rounds 3] [--rescans 1000] [--tree DIR]`. Without --tree a workspace is
 * generated. Prints medians with the least and the most, ratios to ripgrep, memory, and what an edit costs.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { walkFolder } from '../../src/platform/node/fileWalker';
import { generateTree } from './discoveryTree';

interface Probe {
  readonly files: number;
  readonly routes: number;
  readonly walkedMs: number;
  readonly coldMs: number;
  readonly warmMs: number;
  readonly maxRssMB: number;
  readonly edits: Readonly<Record<string, readonly number[]>>;
  readonly grownMB: number;
}

const ROOT = resolve(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    rescans: { type: 'string', default: '1000' },
    tree: { type: 'string' },
  },
});

void main();

async function main(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'bench-discovery-'));
  try {
    const generated =
      values.tree === undefined ? await generateTree(join(scratch, 'tree'), Number(values.files)) : null;
    const folder = values.tree === undefined ? join(scratch, 'tree') : resolve(values.tree);
    const edits = generated ? [generated.routeFile, generated.mountFile, generated.plainFile] : await someFiles(folder);
    const probe = await bundleProbe(scratch);
    const runs: Probe[] = [];
    const floors: number[] = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const rescans = round === 0 ? Number(values.rescans) : 0;
      floors.push(ripgrep(folder));
      runs.push(runProbe(probe, { folder, edits, rescans, cache: join(scratch, 'cache') }));
    }
    report(runs, floors, edits);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function someFiles(folder: string): Promise<string[]> {
  const files = (await walkFolder(folder)).filter((file) => /\.(?:py|[jt]s)$/.test(file));
  return [0.25, 0.5, 0.75].flatMap((share) => files[Math.floor(files.length * share)] ?? []);
}

/** Runs as it is shipped: bundled, without a compiler in the process. */
async function bundleProbe(scratch: string): Promise<string> {
  const outfile = join(scratch, 'probe.cjs');
  const entry = join(import.meta.dirname, 'discoveryProbe.ts');
  await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'cjs', minify: true, outfile });
  return outfile;
}

function runProbe(probe: string, order: object): Probe {
  const wasm = join(ROOT, 'node_modules/@vscode/tree-sitter-wasm/wasm');
  const { stdout, stderr, status } = spawnSync(process.execPath, [probe, JSON.stringify({ ...order, wasm })], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The probe failed: ${stderr}`);
  return JSON.parse(stdout) as Probe;
}

/** Milliseconds; NaN when ripgrep is not installed. */
function ripgrep(folder: string): number {
  const startMs = performance.now();
  const { error } = spawnSync('rg', ['-l', '--no-messages', 'flask|express', folder], { stdio: 'ignore' });
  return error ? Number.NaN : performance.now() - startMs;
}

function report(runs: readonly Probe[], floors: readonly number[], edits: readonly string[]): void {
  const [first] = runs;
  if (!first) return;
  console.log(`${first.files} files, ${first.routes} routes, ${runs.length} rounds`);
  row('ripgrep -l', floors, 'ms');
  row(
    'list the files',
    runs.map(({ walkedMs }) => walkedMs),
    'ms',
  );
  row(
    'cold index',
    runs.map(({ coldMs }) => coldMs),
    'ms',
  );
  row(
    'cold index / ripgrep',
    runs.map(({ coldMs }, at) => coldMs / (floors[at] ?? Number.NaN)),
    '×',
  );
  row(
    'memory of the process',
    runs.map(({ maxRssMB }) => maxRssMB),
    'MB',
  );
  row(
    'first endpoints of a warm start',
    runs.map(({ warmMs }) => warmMs),
    'ms',
  );
  for (const file of edits)
    row(
      `edit of ${file}`,
      runs.flatMap((run) => run.edits[file] ?? []),
      'ms',
    );
  console.log(
    `memory after ${values.rescans} scans of one file: ${first.grownMB >= 0 ? '+' : ''}${first.grownMB.toFixed(1)} MB`,
  );
}

function row(name: string, samples: readonly number[], unit: string): void {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1);
  console.log(`${name.padEnd(34)} ${at(0.5).padStart(9)} ${unit}  (${at(0)} to ${at(1)})`);
}
