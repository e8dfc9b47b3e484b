import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Explanation } from '../../../src/core/discovery/explain';
import { WorkspaceIndex } from '../../../src/core/discovery/workspaceIndex';
import { PARSER } from './scan';

const FILES: Readonly<Record<string, string>> = {
  'app/__init__.py': [
    'from flask import Flask',
    'from .views import bp',
    'app = Flask(__name__)',
    "app.register_blueprint(bp, url_prefix='/api')",
  ].join('\n'),
  'app/views.py': [
    'from flask import Blueprint',
    "bp = Blueprint('b', __name__)",
    'cache = {}',
    "@bp.get('/author/<int:id>')",
    '@cached',
    'def author(id):',
    "  return cache.get('/author')",
    'def unused(x):',
    "  return x.fetch('/y')",
  ].join('\n'),
  'app/test_views.py': ['from app import app', 'client = app.test_client()', "client.get('/api/author/1')"].join('\n'),
  'tests/test_own.py': ['from flask import Flask', 'app = Flask(__name__)', "@app.get('/t')", 'def t(): ...'].join(
    '\n',
  ),
  'tool.py': 'print("hello")\n',
  'broken.py': 'from flask import Flask\ndef (:\n',
};

describe('why a line is a route or none', async () => {
  const index = new WorkspaceIndex(PARSER);
  await index.update(Object.entries(FILES).map(([file, text]) => ({ file, text })));
  const explain = (file: string, line: number): Explanation => index.explain(file, line);

  it('names the route, its framework, the registration and where each prefix comes from, from any of its lines', () => {
    for (const line of [4, 5, 6, 7]) {
      const { verdict, sentences } = explain('app/views.py', line);
      assert.equal(verdict, 'route');
      assert.deepEqual(sentences, [
        'GET /api/author/{id} is a flask route: author at app/views.py:6, registered in line 4.',
        'The prefix /api comes from app/__init__.py:4.',
      ]);
    }
  });

  it('says what was called instead of a router', () => {
    assert.deepEqual(explain('app/views.py', 3).sentences, [
      'Line 3 of app/views.py calls nothing, so it registers nothing.',
    ]);
    const { verdict, sentences } = explain('app/__init__.py', 3);
    assert.equal(verdict, 'no-route');
    assert.deepEqual(sentences, ['Line 3 calls flask.Flask of a library, which registers no route.']);
  });

  it('says when nothing calls the function that a line is in', () => {
    assert.match(
      explain('app/views.py', 9).sentences[0] ?? '',
      /was not reached: it is in a function that nothing calls/,
    );
  });

  it('says when no framework is hinted at and nothing imports the file', () => {
    const { verdict, sentences } = explain('tool.py', 1);
    assert.equal(verdict, 'not-followed');
    assert.match(sentences[0] ?? '', /^Nothing in tool\.py hints at a framework that is known for python \(flask, /);
  });

  it('says that a route of a test file is hidden', () => {
    const { verdict, sentences } = explain('tests/test_own.py', 4);
    assert.equal(verdict, 'route');
    assert.match(sentences.at(-1) ?? '', /--include-tests/);
  });

  it('adds what is wrong with the file', () => {
    assert.match(explain('broken.py', 1).sentences.join('\n'), /syntax error near line 2/);
  });

  it('leaves the index as it was', () => {
    const before = JSON.stringify(index.result());
    explain('app/views.py', 6);
    assert.equal(JSON.stringify(index.result()), before);
  });
});
