import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { checkLive, formatLiveCheck } from '../../src/cli/checkLive';
import { runRoutes } from '../../src/cli/routes';
import { wasmFrom } from '../../src/platform/node/wasmFiles';
import { startApp } from '../support/processes';
import { pythonProgram } from '../support/python';

const FASTAPI = path.resolve(import.meta.dirname, 'apps/fastapi');
const WASM = wasmFrom(path.resolve(import.meta.dirname, '../../node_modules/@vscode/tree-sitter-wasm/wasm'));
/** The application keeps its document off; a server under development has it on. */
const SERVE_WITH_DOCUMENT = [
  'import sys, uvicorn',
  'from app import app',
  'app.openapi_url = "/openapi.json"',
  'app.setup()',
  'uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]))',
].join('\n');
const NEVER = new AbortController().signal;

describe('routes --live against FastAPI on uvicorn', () => {
  it('finds that code and OpenAPI document agree, and names what only one of them knows', async () => {
    const app = await startApp({
      program: pythonProgram(),
      args: ['-c', SERVE_WITH_DOCUMENT, '{port}'],
      cwd: FASTAPI,
      env: { PYTHONDONTWRITEBYTECODE: '1' },
    });
    try {
      const report = await runRoutes({ dir: FASTAPI, includeTests: false }, { wasm: WASM });
      const whole = await checkLive(report, app.baseUrl, NEVER);
      assert.deepEqual([whole.onlyLive, whole.onlyInCode.map((endpoint) => endpoint.path)], [[], []]);
      assert.equal(whole.url, `${app.baseUrl}/openapi.json`);
      assert.ok(whole.inBoth >= 10, formatLiveCheck(whole));

      const [first, ...rest] = report.endpoints;
      const moved = first ? [{ ...first, path: '/moved' }] : [];
      const changed = await checkLive({ ...report, endpoints: [...moved, ...rest] }, app.baseUrl, NEVER);
      assert.deepEqual(
        changed.onlyInCode.map((endpoint) => endpoint.path),
        ['/moved'],
      );
      assert.equal(changed.onlyLive.length, 1);
    } finally {
      await app.stop();
    }
  });

  it('says when the server offers no table, and when nobody listens', async () => {
    const report = await runRoutes({ dir: FASTAPI, includeTests: false }, { wasm: WASM });
    const files = ['-m', 'http.server', '{port}', '--bind', '127.0.0.1'];
    const plain = await startApp({ program: pythonProgram(), args: files, cwd: FASTAPI, env: {} });
    try {
      await assert.rejects(checkLive(report, plain.baseUrl, NEVER), { code: 'no-table' });
    } finally {
      await plain.stop();
    }
    await assert.rejects(checkLive(report, plain.baseUrl, NEVER), { code: 'refused' });
    await assert.rejects(checkLive(report, 'http://192.0.2.1', NEVER), { code: 'target-not-local' });
  });
});
