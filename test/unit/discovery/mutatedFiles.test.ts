import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { languageOf } from '../../../src/core/discovery/languages/registry';
import { WorkspaceIndex } from '../../../src/core/discovery/workspaceIndex';
import { readSources, walkFolder } from '../../../src/platform/node/fileWalker';
import { PARSER } from './scan';

/** For a longer search: how many files are changed, from which seed on, and of which folder (any project on the disk). */
const CASES = Number(process.env['EP_FUZZ_CASES'] ?? 24);
const FIRST_SEED = Number(process.env['EP_FUZZ_SEED'] ?? 1);
const FOLDER = process.env['EP_FUZZ_TREE'] ?? resolve(import.meta.dirname, '../../integration/apps');

const LIMIT_MS = 10_000;

describe('real programs with changed lines', () => {
  it('never make discovery raise or hang, in any language', async () => {
    const sources = await readSources(FOLDER, await walkFolder(FOLDER));
    const texts = new Map(sources.map(({ file, text }) => [file, String(text ?? '')]));
    const byLanguage = new Map<string, string[]>();
    for (const file of texts.keys()) {
      const language = languageOf(file)?.id;
      if (language) byLanguage.set(language, [...(byLanguage.get(language) ?? []), file]);
    }
    const languages = [...byLanguage.values()];
    const index = new WorkspaceIndex(PARSER);
    const before = await index.update(sources);
    assert.ok(before.endpoints.length > 0);
    for (let nr = 0; nr < CASES; nr += 1) {
      const random = randomFrom(FIRST_SEED + nr);
      const files = languages[nr % languages.length] ?? [];
      const file = files[random(files.length)] ?? '';
      const other = files[random(files.length)] ?? '';
      const text = mutate(texts.get(file) ?? '', texts.get(other) ?? '', random);
      const started = process.cpuUsage();
      const { endpoints } = await index.update([{ file, text }]);
      const where = `seed ${FIRST_SEED + nr}, ${file}`;
      const spentMs = process.cpuUsage(started).user / 1000;
      assert.ok(spentMs < LIMIT_MS, `${where}: an update ends within ${LIMIT_MS} ms of CPU time`);
      for (const { path, line, endLine } of endpoints) assert.ok(path !== '' && line >= 1 && endLine >= line, where);
      await index.update([{ file, text: texts.get(file) ?? '' }]);
    }
    assert.deepEqual(await index.update([]).then(({ endpoints }) => endpoints), before.endpoints);
  });
});

type Random = (below: number) => number;

/** Numbers of a linear congruential generator (Knuth, MMIX), so that a failing case can be had again by its seed. */
function randomFrom(seed: number): Random {
  let state = BigInt(seed);
  return (below) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffff_ffff_ffff_ffffn;
    return below <= 0 ? 0 : Number((state >> 33n) % BigInt(below));
  };
}

/** A few lines taken out, doubled, moved, cut off in the middle, or replaced by those of another file. */
function mutate(text: string, other: string, random: Random): string {
  const lines = text.split('\n');
  const others = other.split('\n');
  for (let count = 1 + random(6); count > 0; count -= 1) {
    const at = random(lines.length);
    const line = lines[at] ?? '';
    const kind = random(6);
    if (kind === 0) lines.splice(at, 1 + random(4));
    else if (kind === 1) lines.splice(at, 0, line);
    else if (kind === 2) lines.splice(random(lines.length), 0, ...lines.splice(at, 1 + random(5)));
    else if (kind === 3) lines[at] = line.slice(0, random(line.length + 1));
    else if (kind === 4) lines.splice(at, random(3), ...others.slice(random(others.length)).slice(0, 5));
    else lines[at] = line.slice(random(line.length + 1)) + line;
  }
  return lines.join('\n');
}
