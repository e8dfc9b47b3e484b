/**
 * One measurement in a process of its own, so that its memory is its own: indexes a folder as the extension's thread does,
 * then edits files of it. Argument: JSON of `{ folder, edits, rescans }`; prints one JSON line, times in milliseconds.
 */
import { SourceParser } from '../../src/core/discovery/parse';
import { WorkspaceIndex } from '../../src/core/discovery/workspaceIndex';
import { readSources, walkFolder } from '../../src/platform/node/fileWalker';
import { RouteCache } from '../../src/platform/node/routeCache';
import { wasmFrom } from '../../src/platform/node/wasmFiles';

interface Order {
  readonly folder: string;
  readonly wasm: string;
  readonly cache: string;
  readonly edits: readonly string[];
  readonly rescans: number;
}

async function main(order: Order): Promise<void> {
  const { folder } = order;
  const startMs = performance.now();
  const index = new WorkspaceIndex(new SourceParser(wasmFrom(order.wasm)));
  const files = await walkFolder(folder);
  const walkedMs = performance.now() - startMs;
  const { endpoints } = await index.update(await readSources(folder, files));
  const coldMs = performance.now() - startMs;
  const maxRssMB = process.resourceUsage().maxRSS / 1024;

  const edits: Record<string, number[]> = {};
  for (const file of order.edits) edits[file] = await edit(index, folder, file);

  const cache = new RouteCache(order.cache, 'bench');
  await cache.write(folder, index.result());
  const warmStartMs = performance.now();
  const warm = await cache.read(folder);
  const warmMs = performance.now() - warmStartMs;

  const [probe] = await readSources(folder, [order.edits[0] ?? '']);
  for (let round = 0; round < 20 && probe; round += 1) await index.update([probe]);
  const beforeMB = process.memoryUsage.rss() / 1e6;
  for (let round = 0; round < order.rescans && probe; round += 1) await index.update([probe]);
  const grownMB = process.memoryUsage.rss() / 1e6 - beforeMB;
  const routes = endpoints.length;
  console.log(
    JSON.stringify({
      files: files.length,
      routes,
      warmRoutes: warm?.endpoints.length,
      walkedMs,
      coldMs,
      warmMs,
      maxRssMB,
      edits,
      grownMB,
    }),
  );
}

/** A comment is added and taken away in turn, ten times. */
async function edit(index: WorkspaceIndex, folder: string, file: string): Promise<number[]> {
  const [source] = await readSources(folder, [file]);
  const text = String(source?.text ?? '');
  const took: number[] = [];
  for (let turn = 0; turn < 10; turn += 1) {
    const comment = turn % 2 === 0 ? '\n# edited\n' : '\n';
    const startMs = performance.now();
    await index.update([{ file, text: `${text}${file.endsWith('.py') ? comment : '\n// edited\n'.repeat(turn % 2)}` }]);
    took.push(performance.now() - startMs);
  }
  return took;
}

void main(JSON.parse(process.argv[2] ?? '{}') as Order);
