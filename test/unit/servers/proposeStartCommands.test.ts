import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { proposeStartCommands, readFolderFacts } from '../../../src/servers/proposeStartCommands';

async function commandsFor(files: Record<string, string>, known: string[] = []): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ep-propose-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return proposeStartCommands(await readFolderFacts(folder, known)).map(({ server }) => server.start?.command ?? '');
}

describe('proposeStartCommands', () => {
  it('finds the application of each Python framework', async () => {
    assert.deepEqual(await commandsFor({ 'app.py': 'from flask import Flask\napp = Flask(__name__)\n' }), [
      'python3 -m flask --app app:app run --port {port}',
    ]);
    assert.deepEqual(await commandsFor({ 'shop/main.py': 'import fastapi\napi: FastAPI = fastapi.FastAPI()\n' }), [
      'python3 -m uvicorn shop.main:api --port {port}',
    ]);
    assert.deepEqual(await commandsFor({ 'server.py': 'app = Sanic("x")\n' }), [
      'python3 -m sanic server:app --port {port} --single-process',
    ]);
    assert.deepEqual(
      await commandsFor({ 'shop/__init__.py': 'def create_app():\n  app = Flask(__name__)\n  return app\n' }),
      ['python3 -m flask --app shop run --port {port}'],
    );
    assert.deepEqual(await commandsFor({ 'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "x")' }), [
      'python3 manage.py runserver --noreload 127.0.0.1:{port}',
    ]);
  });

  it('looks into files that are known to have routes', async () => {
    const files = { 'deep/down/web.py': 'app = Flask(__name__)\n' };
    assert.deepEqual(await commandsFor(files), []);
    assert.equal((await commandsFor(files, ['deep/down/web.py'])).length, 1);
  });

  it('calls the Python of the virtual environment', async () => {
    const files = { 'app.py': 'app = Flask(__name__)\n', '.venv/bin/python': '' };
    assert.match((await commandsFor(files))[0] ?? '', /^\.venv\/bin\/python -m flask/);
  });

  it('proposes scripts with the port they fix, or one in PORT', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ep-propose-'));
    const scripts = { dev: 'vite --port 5173', start: 'node server.js', test: 'node --test' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts }));
    const found = proposeStartCommands(await readFolderFacts(folder, [])).map(({ server }) => server);
    assert.deepEqual(found, [
      { name: 'npm run dev', baseUrl: 'http://127.0.0.1:5173', start: { command: 'npm run dev' } },
      {
        name: 'npm run start',
        baseUrl: 'http://127.0.0.1:{port}',
        start: { command: 'npm run start', env: { PORT: '{port}' } },
      },
    ]);
  });

  it('runs a file that listens where no script does', async () => {
    assert.deepEqual(await commandsFor({ 'server.js': 'app.listen(3000)' }), ['node server.js']);
  });

  it('proposes nothing for nothing, and survives a broken package.json', async () => {
    assert.deepEqual(await commandsFor({}), []);
    assert.deepEqual(await commandsFor({ 'package.json': '{"scripts": ' }), []);
    assert.deepEqual(await commandsFor({ 'package.json': '{"scripts": {"dev": 5}}' }), []);
  });
});
