import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crossCheck, type CrossCheck } from '../../../src/core/discovery/crossCheck';
import { readActuatorMappings, readOpenApi, type LiveRoute } from '../../../src/core/discovery/liveTable';
import { scan } from './scan';

const APP = [
  'import os',
  'from flask import Flask',
  'app = Flask(__name__)',
  "@app.get('/author/<int:author_id>/')",
  'def author(author_id): ...',
  "@app.post('/author')",
  'def add(): ...',
  "@app.get(os.environ['WHERE'] + '/late')",
  'def late(): ...',
].join('\n');

async function check(live: readonly LiveRoute[]): Promise<CrossCheck> {
  return crossCheck((await scan({ 'app.py': APP })).endpoints, live);
}

const lines = (routes: readonly { method: string; path: string }[]): string[] =>
  routes.map(({ method, path }) => `${method} ${path}`);

describe('the routes of the code against those of a server', () => {
  it('agree whatever parameters are called and whether a slash ends them; what is unknown in the code matches anything', async () => {
    const found = await check([
      { method: 'GET', path: '/author/{id}' },
      { method: 'POST', path: '/author/' },
      { method: 'GET', path: '/very/late' },
      { method: 'HEAD', path: '/author/{id}' },
    ]);
    assert.deepEqual(found, { inBoth: 3, onlyInCode: [], onlyLive: [] });
  });

  it('differ by method and path', async () => {
    const found = await check([
      { method: 'PUT', path: '/author/{id}' },
      { method: 'ANY', path: '/author' },
      { method: 'GET', path: '/later' },
    ]);
    assert.equal(found.inBoth, 1);
    assert.deepEqual(lines(found.onlyInCode), ['GET /author/{author_id}/', 'GET {…}/late']);
    assert.deepEqual(lines(found.onlyLive), ['PUT /author/{id}', 'GET /later']);
  });
});

describe('the table of a server', () => {
  it('is read from OpenAPI 3 with the path of its first server, and from Swagger 2 with its basePath', () => {
    const paths = { '/a/{id}': { get: {}, post: {}, parameters: [] }, '/b': { $ref: 'x' } };
    const servers = [{ url: 'http://localhost:8000/v1/' }];
    assert.deepEqual(lines(readOpenApi(JSON.stringify({ openapi: '3.1.0', servers, paths })) ?? []), [
      'GET /v1/a/{id}',
      'POST /v1/a/{id}',
    ]);
    const old = { swagger: '2.0', basePath: '/v2', paths: { '/c': { delete: {} } } };
    assert.deepEqual(lines(readOpenApi(JSON.stringify(old)) ?? []), ['DELETE /v2/c']);
  });

  it("is read from Spring's mappings", () => {
    const mapping = (patterns: string[], methods: string[]): object => ({
      details: { requestMappingConditions: { patterns, methods } },
    });
    const servlet = { dispatcherServlet: [mapping(['/x/{id}'], ['GET']), mapping(['/error'], []), { details: null }] };
    const body = { contexts: { application: { mappings: { dispatcherServlets: servlet } } } };
    assert.deepEqual(lines(readActuatorMappings(JSON.stringify(body)) ?? []), ['GET /x/{id}', 'ANY /error']);
  });

  it('is none in any other answer', () => {
    for (const body of ['', 'null', '[]', '{"paths":{}}', '<html>', '{"contexts":null}']) {
      assert.equal(readOpenApi(body), undefined, body);
      assert.equal(readActuatorMappings(body), undefined, body);
    }
  });
});
