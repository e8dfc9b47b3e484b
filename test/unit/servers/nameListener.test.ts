import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nameListener } from '../../../src/servers/nameListener';
import { splitCommandLine } from '../../../src/servers/splitCommandLine';

describe('nameListener', () => {
  for (const [command, processes, expected] of [
    [
      '/usr/bin/python3 /app/.venv/bin/gunicorn -w 2 -k gevent -b :8000 app:app',
      3,
      'gunicorn, 2 workers, gevent, app:app',
    ],
    ['python -m gunicorn app:app', 2, 'gunicorn, 1 worker, sync, app:app'],
    ['gunicorn --workers=4 --threads 8 shop.wsgi', 5, 'gunicorn, 4 workers, gthread, shop.wsgi'],
    ['gunicorn -w4 -kgevent app:app', 5, 'gunicorn, 4 workers, gevent, app:app'],
    ['gunicorn -k uvicorn.workers.UvicornWorker app:app', 4, 'gunicorn, 3 workers, UvicornWorker, app:app'],
    ['uvicorn main:app --reload --port 8000', 2, 'uvicorn, main:app, reloads'],
    ['python -m uvicorn main:app --workers 4', 5, 'uvicorn, 4 workers, main:app'],
    ['python3 -m flask --app shop.app:app run --port 5000', 1, 'Flask development server, shop.app:app'],
    ['/venv/bin/python manage.py runserver 127.0.0.1:8000', 1, 'Django development server'],
    ['/usr/local/bin/node --inspect src/server.js', 1, 'node server.js'],
    ['python -m http.server 8000', 1, 'http.server'],
  ] as const) {
    it(`calls "${command}" ${expected}`, () => {
      assert.equal(nameListener(command.split(' '), 'short', processes), expected);
    });
  }

  it('reads the title that a master gave itself', () => {
    assert.equal(nameListener(['gunicorn: master [app:app]'], 'gunicorn', 3), 'gunicorn, 2 workers, app:app');
  });
});

describe('splitCommandLine', () => {
  it('keeps together what is quoted', () => {
    assert.deepEqual(splitCommandLine('"C:\\Program Files\\node.exe"  app.js --name="a b"'), [
      'C:\\Program Files\\node.exe',
      'app.js',
      '--name=a b',
    ]);
    assert.deepEqual(splitCommandLine(''), []);
  });
});
