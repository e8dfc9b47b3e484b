import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { VariantsResult } from '../../src/core/model/variants';
import { pythonProgram } from '../support/python';

const CLI = path.resolve(import.meta.dirname, '../../dist/cli.js');

const FLASK = `import sys
from flask import Flask

app = Flask(__name__)


@app.route("/author/<int:author_id>")
def author(author_id):
    return {"id": author_id, "name": "Ann"}


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]))
`;

const FASTAPI = `from fastapi import FastAPI

app = FastAPI()


@app.get("/author/{key}")
def author(key: int):
    return {"id": key, "name": "Ann, who is longer here"}
`;

describe('bench on several servers', () => {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'ep-variants-')));
  before(() => {
    const python = pythonProgram();
    const own = (command: string, more: object = {}): object => ({
      baseUrl: 'http://127.0.0.1:{port}',
      command: `"${python}" ${command}`,
      ...more,
    });
    const gunicorn = '-m gunicorn --workers 1 --bind 127.0.0.1:{port}';
    const servers = {
      raw: own('app.py {port}'),
      sync: own(`${gunicorn} app:app`),
      gevent: own(`${gunicorn} --worker-class gevent app:app`, { description: 'one worker' }),
      FastAPI: own('-m uvicorn app:app --port {port}', { dir: 'rewrite' }),
      broken: own('-c "raise SystemExit(3)"'),
    };
    const files = {
      'app.py': FLASK,
      'rewrite/app.py': FASTAPI,
      '.vscode/endpoint-profiler.json': JSON.stringify({ servers }),
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it(
    'gives Flask alone, behind Gunicorn sync and gevent, and a rewrite with another parameter name the same load',
    { timeout: 120_000 },
    async () => {
      const { code, stdout, stderr } = await bench(
        'raw,sync,gevent,FastAPI',
        '--json',
        '-n',
        '60',
        '--param',
        'author_id=7',
      );
      assert.equal(code, 0, stderr);
      const result = JSON.parse(stdout) as VariantsResult;
      assert.deepEqual(
        result.variants.map(({ name, runs, problem }) => [name, runs.map(({ summary }) => summary.requests), problem]),
        ['raw', 'sync', 'gevent', 'FastAPI'].map((name) => [name, [60], null]),
      );
      for (const { name, runs } of result.variants) {
        const [run] = runs;
        assert.ok(run);
        assert.match(run.request.url, /\/author\/7$/, name);
        assert.deepEqual(run.summary.statuses, { 200: 60 }, name);
        assert.equal(run.target.name, name);
      }
      assert.deepEqual([result.method, result.path, result.state], ['GET', '/author/{author_id}', 'complete']);
      const size = result.warnings.find(({ code: warning }) => warning === 'other-size');
      assert.match(size?.message ?? '', /answers of FastAPI are \d+ % larger/);
      const urls = result.variants.map(({ runs }) => runs[0]?.request.url);
      for (const url of urls) await assert.rejects(fetch(url ?? ''), 'nothing is left running');
    },
  );

  it(
    'measures the others when one does not come up, in rounds, and says so in a table and by its exit code',
    { timeout: 120_000 },
    async () => {
      const { code, stdout } = await bench('sync,broken', '--rounds', '2', '-n', '20', '--param', 'author_id=1');
      assert.equal(code, 3);
      assert.match(stdout, /2 servers one after the other.*2 rounds/);
      assert.match(stdout, /^sync +[\d.]+k? req\/s \([\d.]+k?–[\d.]+k?\) +× 1\.00/m);
      assert.match(stdout, /^broken +—/m);
      assert.match(stdout, /Note: broken was not measured: Server "broken" ended with code 3/);
    },
  );

  it('says what there is when a name is wrong, twice there, or there is no route', async () => {
    const wrong = await bench('raw,nope');
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /no server "nope" .*there is raw, sync, gevent, FastAPI, broken/);
    assert.match((await bench('raw,raw')).stderr, /names "raw" twice/);
  });

  function bench(
    server: string,
    ...more: readonly string[]
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    const args = [
      'bench',
      '--dir',
      folder,
      '--route',
      'GET /author/{author_id}',
      '--server',
      server,
      '-c',
      '2',
      '--warmup',
      '0',
    ];
    return new Promise((resolve) => {
      execFile(process.execPath, [CLI, ...args, ...more], { maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });
  }
});
