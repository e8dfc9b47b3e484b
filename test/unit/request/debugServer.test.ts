import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { warnOfDebugServer, type ServerSigns } from '../../../src/core/request/debugServer';

const NONE: ServerSigns = { commandLine: null, parents: [], environment: {}, isTraced: false };
const told = (signs: Partial<ServerSigns>, header?: string): string =>
  warnOfDebugServer({ ...NONE, ...signs }, header)
    .map(({ message }) => message)
    .join();

describe('warnOfDebugServer', () => {
  for (const [commandLine, expected] of [
    ['node --inspect server.js', /debugger is attached/],
    ['node --inspect-brk=0.0.0.0:9229 server.js', /debugger is attached/],
    ['python -m debugpy --listen 5678 app.py', /debugger is attached/],
    ['/usr/bin/python3 /x/pydevd.py --file app.py', /debugger is attached/],
    ['/tmp/__debug_bin123 -addr :8080', /debugger is attached/],
    ['java -agentlib:jdwp=transport=dt_socket,server=y -jar app.jar', /debugger is attached/],
    ['uvicorn main:app --reload', /reloads them/],
    ['gunicorn --reload app:app', /reloads them/],
    ['sanic server:app --dev', /reloads them/],
    ['fastapi dev main.py', /reloads them/],
    ['node --watch server.js', /reloads them/],
    ['python -m flask --app x run --debug', /Flask runs with its debugger/],
    ['python -X dev app.py', /development mode/],
    ['python manage.py runserver', /development server/],
    ['php -S 127.0.0.1:8000', /development server/],
  ] as const) {
    it(`warns of "${commandLine}"`, () => assert.match(told({ commandLine }), expected));
  }

  for (const parent of [
    'node /x/node_modules/.bin/nodemon server.js',
    'node /x/.bin/tsx watch src/main.ts',
    'node --watch server.js',
    'node /x/.bin/nest start --watch',
    'python -m uvicorn main:app --reload',
    '/go/bin/air -c .air.toml',
    'dotnet watch run',
  ]) {
    it(`warns of a server below "${parent}"`, () =>
      assert.match(told({ commandLine: 'node x.js', parents: ['sh', parent] }), /reloads/));
  }

  for (const [name, value, expected] of [
    ['NODE_ENV', 'development', /NODE_ENV=development/],
    ['NODE_OPTIONS', '--max-old-space-size=1 --inspect=127.0.0.1:0', /debugger is attached/],
    ['FLASK_DEBUG', '1', /Flask runs with its debugger/],
    ['WERKZEUG_RUN_MAIN', 'true', /reloads/],
    ['PYTHONASYNCIODEBUG', '1', /development mode/],
    ['RAILS_ENV', 'development', /development environment/],
    ['ASPNETCORE_ENVIRONMENT', 'Development', /ASPNETCORE_ENVIRONMENT/],
  ] as const) {
    it(`warns of ${name}=${value}`, () => assert.match(told({ environment: { [name]: value } }), expected));
  }

  it('warns of a native debugger, and says each thing once', () => {
    assert.equal(told({ isTraced: true, commandLine: 'node --inspect x.js' }).match(/debugger/g)?.length, 1);
  });

  it('tells the development server of Python by its header where nothing else is known', () => {
    assert.match(told({}, 'Werkzeug/3.1 Python/3.13'), /development server/);
  });

  it('says nothing of servers for production', () => {
    for (const commandLine of [
      'gunicorn -w 4 app:app',
      'uvicorn main:app',
      'node dist/inspect-reload.js',
      'node --inspect-publish x.js',
    ]) {
      assert.equal(
        told(
          {
            commandLine,
            parents: ['bash', 'npm run start'],
            environment: { NODE_ENV: 'production', FLASK_DEBUG: '0' },
          },
          'gunicorn',
        ),
        '',
      );
    }
  });
});
