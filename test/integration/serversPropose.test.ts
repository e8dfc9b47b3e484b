import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { readFolderFacts } from '../../src/servers/propose/folderFacts';
import { proposeStartCommands } from '../../src/servers/proposeStartCommands';
import { startServer } from '../../src/servers/startServer';
import { javascriptFolder } from '../support/javascript';
import { isMissing } from '../support/ownTables';
import { pythonProgram } from '../support/python';

// Folders as a person has them, and nothing but what is proposed from them.

const ROOT = path.resolve(import.meta.dirname, '../..');
const APPS = path.resolve(import.meta.dirname, 'apps');
const folders: string[] = [];

interface Case {
  readonly of: string;
  /** Where the folder's files come from. */
  readonly app?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** The proposal that is started, by its name. */
  readonly proposal: string;
  readonly path: string;
  readonly status: number;
  readonly needs: 'python' | 'javascript' | 'go' | null;
}

const EXPRESS = { of: 'Express', app: 'express', path: '/health', status: 200, needs: null } as const;
const SCRIPT = JSON.stringify({ scripts: { start: 'node server.js' } });

const CASES: readonly Case[] = [
  { of: 'Flask', app: 'flask', proposal: 'Flask', path: '/ping', status: 200, needs: 'python' },
  { of: 'Flask run as a file', app: 'flask', proposal: 'python app.py', path: '/ping', status: 200, needs: 'python' },
  { of: 'Flask behind Gunicorn', app: 'flask', proposal: 'Gunicorn', path: '/ping', status: 200, needs: 'python' },
  {
    of: 'Flask behind Gunicorn with gevent',
    app: 'flask',
    files: { 'requirements.txt': 'Flask\ngunicorn\ngevent\n' },
    proposal: 'Gunicorn gevent',
    path: '/ping',
    status: 200,
    needs: 'python',
  },
  { of: 'FastAPI', app: 'fastapi', proposal: 'FastAPI', path: '/health', status: 200, needs: 'python' },
  { of: 'Sanic', app: 'sanic', proposal: 'Sanic', path: '/plain', status: 200, needs: 'python' },
  {
    of: 'Django in a folder below',
    app: 'django',
    proposal: 'Django',
    path: '/nowhere-at-all',
    status: 404,
    needs: 'python',
  },
  { of: 'Litestar in src', app: 'litestar', proposal: 'Litestar', path: '/index', status: 200, needs: 'python' },
  { of: 'aiohttp', app: 'aiohttp', proposal: 'aiohttp', path: '/nowhere-at-all', status: 404, needs: 'python' },
  {
    of: 'a Procfile',
    app: 'flask',
    files: { Procfile: 'web: gunicorn app:app --bind 127.0.0.1:$PORT\nworker: python work.py\n' },
    proposal: 'Procfile web',
    path: '/ping',
    status: 200,
    needs: 'python',
  },
  {
    of: 'a launch configuration of debugpy',
    app: 'fastapi',
    files: {
      '.vscode/launch.json': `{
        // as the editor writes it
        "configurations": [
          { "name": "API", "type": "debugpy", "request": "launch", "module": "uvicorn", "args": ["app:app"], "cwd": "\${workspaceFolder}", },
        ],
      }`,
    },
    proposal: 'API',
    path: '/health',
    status: 200,
    needs: 'python',
  },
  {
    of: 'a script of pyproject.toml',
    files: {
      'pyproject.toml': '[project]\nname = "shop"\n\n[project.scripts]\nshop-serve = "shop.cli:main"\n',
      'shop/__init__.py': '',
      'shop/cli.py': `import os\nfrom wsgiref.simple_server import make_server\n\ndef app(env, start):\n    start("200 OK", [])\n    return [b"hi"]\n\ndef main():\n    make_server("127.0.0.1", int(os.environ["PORT"]), app).serve_forever()\n`,
    },
    proposal: 'shop-serve',
    path: '/',
    status: 200,
    needs: 'python',
  },
  { ...EXPRESS, of: 'Express by its script', files: { 'package.json': SCRIPT }, proposal: 'npm run start' },
  { ...EXPRESS, of: 'Express without a script', files: { 'package.json': '{}' }, proposal: 'node server.js' },
  {
    ...EXPRESS,
    of: 'a launch configuration of Node.js',
    files: {
      '.vscode/launch.json': JSON.stringify({
        configurations: [
          {
            name: 'Shop',
            type: 'node',
            request: 'launch',
            program: '${workspaceFolder}/server.js',
            env: { PORT: '5004', SHOP: 'yes' },
          },
        ],
      }),
    },
    proposal: 'Shop',
  },
  {
    of: 'Fastify by its script',
    files: {
      'package.json': SCRIPT,
      'server.js': `const app = require('fastify')();\napp.get('/hello', async () => 'hi');\napp.listen({ port: Number(process.env.APP_PORT ?? 3000) });\n`,
    },
    proposal: 'npm run start',
    path: '/hello',
    status: 200,
    needs: 'javascript',
  },
  {
    of: 'Go by its module',
    files: {
      'go.mod': 'module example.com/shop\n\ngo 1.21\n',
      'cmd/api/main.go': `package main\n\nimport (\n\t"flag"\n\t"net/http"\n)\n\nfunc main() {\n\taddr := flag.String("addr", ":8080", "where to listen")\n\tflag.Parse()\n\thttp.HandleFunc("/hello", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hi")) })\n\thttp.ListenAndServe(*addr, nil)\n}\n`,
    },
    proposal: 'go run ./cmd/api',
    path: '/hello',
    status: 200,
    needs: 'go',
  },
];

describe('a server that is started by nothing but what is proposed', { concurrency: 3 }, () => {
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  for (const each of CASES) {
    it(`answers: ${each.of}`, { timeout: 120_000 }, async (t) => {
      const missing = each.needs === 'go' && isMissing('go', ['version'], ['The Go tools', 'https://go.dev/dl']);
      if (missing !== false) {
        t.skip(missing);
        return;
      }
      const folder = folderFor(each);
      const proposals = proposeStartCommands(await readFolderFacts(folder, []));
      const proposal = proposals.find(({ server }) => server.name === each.proposal);
      assert.ok(proposal, `${each.proposal} is not among ${proposals.map(({ server }) => server.name).join(', ')}`);
      assert.match(JSON.stringify(proposal.server), /\{port\}/);
      const server = await startServer({
        server: proposal.server,
        folder,
        supervisor: { script: path.join(ROOT, 'src/servers/supervisor.ts'), execArgv: ['--import', 'tsx'] },
        allowedAddresses: ['127.0.0.1'],
        onOutput: () => undefined,
        signal: new AbortController().signal,
      });
      try {
        const response = await fetch(`${server.baseUrl}${each.path}`);
        assert.equal(response.status, each.status, server.logTail().join('\n'));
      } finally {
        await server.stop();
      }
    });
  }
});

function folderFor({ app, files, needs }: Case): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'ep-propose-')));
  folders.push(folder);
  if (app !== undefined) cpSync(path.join(APPS, app), folder, { recursive: true });
  for (const [name, text] of Object.entries(files ?? {})) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  if (needs === 'python') symlinkSync(path.resolve(pythonProgram(), '../..'), path.join(folder, '.venv'));
  if (needs === 'javascript')
    symlinkSync(path.join(javascriptFolder(), 'node_modules'), path.join(folder, 'node_modules'));
  if (needs === null) symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}
