import assert from 'node:assert/strict';
import fc from 'fast-check';
import { WorkspaceIndex } from '../../../src/core/discovery/workspaceIndex';
import { PARSER } from './scan';

/** Holds that no change of a few bytes in one of the files makes discovery raise, hang or place a route nowhere. */
export async function surviveChangedBytes(files: Readonly<Record<string, string>>): Promise<void> {
  const index = new WorkspaceIndex(PARSER);
  await index.update(Object.entries(files).map(([file, text]) => ({ file, text })));
  const longest = Math.max(...Object.values(files).map((text) => Buffer.byteLength(text)));
  const edits = fc.array(fc.tuple(fc.nat(longest), fc.nat(8), fc.uint8Array({ maxLength: 6 })), { maxLength: 6 });
  const property = fc.asyncProperty(edits, fc.constantFrom(...Object.keys(files)), async (list, file) => {
    let bytes = Buffer.from(files[file] ?? '');
    for (const [at, cut, put] of list) bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]);
    const startedMs = performance.now();
    const { endpoints } = await index.update([{ file, text: bytes }]);
    assert.ok(performance.now() - startedMs < 5_000, 'an update of one small file ends within 5 s');
    for (const { path, line, endLine } of endpoints) assert.ok(path.length > 0 && line >= 1 && endLine >= line);
  });
  await fc.assert(property, { numRuns: Number(process.env['EP_FUZZ_CASES'] ?? 200) });
}
