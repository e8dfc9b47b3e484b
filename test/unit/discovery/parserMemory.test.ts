import assert from 'node:assert/strict';
import { it } from 'node:test';
import { WorkspaceIndex } from '../../../src/core/discovery/workspaceIndex';
import { PARSER } from './scan';

/** The part of the WebAssembly namespace used here, which Node has and its types leave out. */
interface WasmNamespace {
  Memory: new (descriptor: object) => { readonly buffer: ArrayBuffer };
}

const HEAD = 'from flask import Flask\napp = Flask(__name__)\n';
const ROUTES = Array.from({ length: 400 }, (_, at) => `@app.get("/r${at}")\ndef r${at}(): return {"a": [1, 2]}\n`);

// The runtime starts once per process, so this test has a file of its own.
it('frees the syntax trees: the parser asks for no more memory when files are scanned again', async () => {
  const memories = watchMemories();
  const bytes = (): number => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  const index = new WorkspaceIndex(PARSER);
  const scanAgain = async (round: number): Promise<void> => {
    const { endpoints } = await index.update([{ file: 'app.py', text: `# ${round}\n${HEAD}${ROUTES.join('')}` }]);
    assert.equal(endpoints.length, 400);
  };
  for (let round = 0; round < 5; round++) await scanAgain(round);
  const before = bytes();
  assert.ok(before > 0, 'the memory of the parser is seen');
  for (let round = 5; round < 30; round++) await scanAgain(round);
  assert.equal(bytes() - before, 0);
});

/** Every WebAssembly memory made from now on. */
function watchMemories(): { readonly buffer: ArrayBuffer }[] {
  const made: { readonly buffer: ArrayBuffer }[] = [];
  const namespace = (globalThis as unknown as { WebAssembly: WasmNamespace }).WebAssembly;
  const Original = namespace.Memory;
  namespace.Memory = class extends Original {
    constructor(descriptor: object) {
      super(descriptor);
      made.push(this);
    }
  };
  return made;
}
