import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import type { Server } from '../../../src/core/model/server';
import { composePorts } from '../../../src/servers/propose/composePorts';
import { readFolderFacts } from '../../../src/servers/propose/folderFacts';
import { proposeStartCommands } from '../../../src/servers/proposeStartCommands';

function write(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'ep-propose-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

async function serversFor(files: Record<string, string>, known: string[] = []): Promise<Server[]> {
  return proposeStartCommands(await readFolderFacts(write(files), known)).map(({ server }) => server);
}

async function commandsFor(files: Record<string, string>, known: string[] = []): Promise<string[]> {
  return (await serversFor(files, known)).map(({ start }) => start?.command ?? '');
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

  it('proposes Gunicorn, and the workers that the project depends on', async () => {
    const files = { 'app.py': 'app = Flask(__name__)\n', 'requirements.txt': 'flask\ngunicorn>=20\ngevent==26.9.0\n' };
    assert.deepEqual((await commandsFor(files)).slice(1), [
      'python3 -m gunicorn --bind 127.0.0.1:{port} --workers 1 app:app',
      'python3 -m gunicorn --bind 127.0.0.1:{port} --workers 1 --worker-class gevent app:app',
    ]);
  });

  it('starts Python where the package is imported from', async () => {
    const found = await serversFor({
      'backend/shop/__init__.py': '',
      'backend/shop/main.py': 'app = FastAPI()\n',
      'src/other/main.py': 'app = Litestar([])\n',
      '.venv/bin/python': '',
    });
    assert.deepEqual(
      found.map(({ start }) => [start?.cwd, start?.command]),
      [
        ['backend', '../.venv/bin/python -m uvicorn shop.main:app --port {port}'],
        ['src', '../.venv/bin/python -m uvicorn other.main:app --port {port}'],
      ],
    );
  });

  it('calls a factory where there is no application yet', async () => {
    assert.deepEqual(await commandsFor({ 'main.py': 'def create_app():\n    return FastAPI()\n' }), [
      'python3 -m uvicorn main:create_app --port {port} --factory',
    ]);
    assert.match(
      (await commandsFor({ 'main.py': 'async def make_app():\n    return web.Application()\n' }))[0] ?? '',
      /run_app\(make_app\(\), host='127\.0\.0\.1', port=\{port\}\)/,
    );
  });

  it('runs a file that serves on the port that it names, in its variable or by default', async () => {
    const flask = (port: string): string => `app = Flask(__name__)\nif __name__ == "__main__":\n    app.run(${port})\n`;
    const at = async (port: string): Promise<unknown> => (await serversFor({ 'app.py': flask(port) })).at(-1);
    assert.deepEqual(await at('port=5001'), {
      name: 'python app.py',
      baseUrl: 'http://127.0.0.1:5001',
      start: { command: 'python3 app.py' },
    });
    assert.deepEqual(await at('port=os.environ.get("WEB_PORT", 5001)'), {
      name: 'python app.py',
      baseUrl: 'http://127.0.0.1:{port}',
      start: { command: 'python3 app.py', env: { WEB_PORT: '{port}' } },
    });
    assert.match(JSON.stringify(await at('')), /127\.0\.0\.1:5000/);
  });

  it('takes the package manager of the lock file, the folder of the package, and tools that want an option', async () => {
    const found = await serversFor({
      'package.json': '{"workspaces": ["web"]}',
      'pnpm-lock.yaml': '',
      'web/package.json': '{"scripts": {"dev": "vite", "start": "tsx watch src/main.ts"}}',
      'web/src/main.ts': 'app.listen(4100)',
    });
    assert.deepEqual(
      found.map(({ baseUrl, start }) => [baseUrl, start]),
      [
        ['http://127.0.0.1:{port}', { command: 'pnpm run dev --port {port}', cwd: 'web' }],
        ['http://127.0.0.1:4100', { command: 'pnpm run start', cwd: 'web' }],
      ],
    );
  });

  it('runs the web process of a Procfile with the programs of the virtual environment', async () => {
    const files = {
      Procfile: 'release: ./migrate\nweb: gunicorn -b 0.0.0.0:${PORT:-8000} app:app\n',
      '.venv/bin/python': '',
      '.venv/bin/gunicorn': '',
    };
    assert.deepEqual(await commandsFor(files), ['.venv/bin/python -m gunicorn -b 0.0.0.0:{port} app:app']);
  });

  it('runs launch configurations without a debugger, and none that only the editor can fill in', async () => {
    const configurations = [
      {
        name: 'a',
        type: 'python',
        request: 'launch',
        module: 'flask',
        args: ['run', '--port', '5000'],
        env: { FLASK_APP: 'x' },
      },
      {
        name: 'b',
        type: 'node',
        request: 'launch',
        program: '${workspaceFolder}/my app/index.js',
        runtimeArgs: ['--enable-source-maps'],
      },
      {
        name: 'c',
        type: 'go',
        request: 'launch',
        program: '${workspaceFolder}/cmd/api',
        args: ['-addr', '127.0.0.1:8080'],
      },
      { name: 'd', type: 'node', request: 'attach', port: 9229 },
      { name: 'e', type: 'node', request: 'launch', program: '${file}' },
      { name: 'f', type: 'chrome', request: 'launch', url: 'http://localhost:3000' },
    ];
    const found = await serversFor({
      '.vscode/launch.json': `{ /* two */ "configurations": ${JSON.stringify(configurations)}, }`,
    });
    assert.deepEqual(
      found.map(({ start }) => [start?.command, start?.env]),
      [
        ['python3 -m flask run --port {port}', { FLASK_APP: 'x' }],
        ['node --enable-source-maps "my app/index.js"', { PORT: '{port}' }],
        ['go run ./cmd/api -addr 127.0.0.1:{port}', undefined],
      ],
    );
  });

  it('survives a launch.json of any shape', async () => {
    for (const text of ['', '[', '{"configurations": 5}', '{"configurations": [null, 3, {"request": "launch"}]}']) {
      assert.deepEqual(await commandsFor({ '.vscode/launch.json': text }), []);
    }
  });

  it('builds and serves projects of other languages with their own tools', async () => {
    const files = {
      'go.mod': 'module x',
      'main.go': 'package main\nfunc main() { http.ListenAndServe(":8080", nil) }',
      'rs/Cargo.toml': '',
      'rs/src/main.rs': 'let port = std::env::var("PORT");',
      'j/pom.xml': '<artifactId>spring-boot-maven-plugin</artifactId>',
      'rb/config.ru': '',
      'rb/bin/rails': '',
      'php/artisan': '',
      'cs/Web.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web">',
    };
    assert.deepEqual(
      (await serversFor(files)).map(({ baseUrl, start }) => [start?.cwd, start?.command, baseUrl.split(':').at(-1)]),
      [
        [undefined, 'go run .', '8080'],
        ['rs', 'cargo run --release', '{port}'],
        ['j', 'mvn spring-boot:run -Dspring-boot.run.arguments=--server.port={port}', '{port}'],
        ['rb', 'bin/rails server -b 127.0.0.1 -p {port}', '{port}'],
        ['php', 'php artisan serve --host=127.0.0.1 --port={port}', '{port}'],
        ['cs', 'dotnet run --no-launch-profile --urls http://127.0.0.1:{port}', '{port}'],
      ],
    );
  });

  it('shows the ports that docker compose publishes, and gives no command that could run by itself', async () => {
    const facts = await readFolderFacts(
      write({
        'compose.yaml':
          'services:\n  web:\n    build: .\n    ports:\n      - "8000:80"\n      - "127.0.0.1:8443:443/tcp"\n    depends_on:\n      - db\n  db:\n    ports: ["5432:5432"]\n  api:\n    ports:\n      - target: 80\n        published: "9000"\nvolumes:\n  x:\n',
      }),
      [],
    );
    assert.deepEqual(proposeStartCommands(facts), []);
    assert.deepEqual(
      composePorts(facts).map(({ server }) => server),
      [
        { name: 'compose web', baseUrl: 'http://127.0.0.1:8000' },
        { name: 'compose web', baseUrl: 'http://127.0.0.1:8443' },
        { name: 'compose db', baseUrl: 'http://127.0.0.1:5432' },
        { name: 'compose api', baseUrl: 'http://127.0.0.1:9000' },
      ],
    );
  });
});
