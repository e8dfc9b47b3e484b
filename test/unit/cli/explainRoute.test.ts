import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { explainRoute, formatExplanation } from '../../../src/cli/explainRoute';
import { wasmFrom } from '../../../src/platform/node/wasmFiles';

const WASM = wasmFrom(path.resolve(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm'));
const APP = "from flask import Flask\napp = Flask(__name__)\n@app.get('/x')\ndef x(): ...\n";

describe('routes --explain', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ep-explain-'));
    await mkdir(path.join(folder, 'build'));
    await writeFile(path.join(folder, 'app.py'), APP);
    await writeFile(path.join(folder, 'build/copy.py'), APP);
    await writeFile(path.join(folder, 'notes.txt'), 'x');
  });
  after(() => rm(folder, { recursive: true }));

  const explain = async (place: string): Promise<string> =>
    formatExplanation(await explainRoute(folder, place, { wasm: WASM }));

  it('takes a place relative to the folder, or absolute', async () => {
    const text = 'app.py:4 is a route.\nGET /x is a flask route: x at app.py:4, registered in line 3.\n';
    assert.equal(await explain('app.py:4'), text);
    assert.equal(await explain(`${path.join(folder, 'app.py')}:4`), text);
  });

  it('says when a file is not read at all', async () => {
    assert.match(
      await explain('build/copy.py:4'),
      /^build\/copy\.py:4 was not followed\.\n.*folder of dependencies or build/,
    );
    assert.match(await explain('notes.txt:1'), /in no language that discovery reads/);
  });

  it('refuses what is no place, or is not there', async () => {
    await assert.rejects(explain('app.py'), { code: 'usage', message: /is no FILE:LINE/ });
    await assert.rejects(explain('app.py:0'), { code: 'usage' });
    await assert.rejects(explain('../app.py:1'), { code: 'usage', message: /is not in the folder/ });
    await assert.rejects(explain('none.py:1'), { code: 'not-found', message: /There is no file none\.py/ });
  });
});
