import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readOpenApi } from '../../../src/core/discovery/liveTable';
import { parseOpenApi } from '../../../src/core/request/openApiDocument';
import { openApiValues } from '../../../src/core/request/openApiValues';

const YAML = `# Made by hand
openapi: 3.0.3
info: { title: Shop, version: "1" }
servers:
  - url: http://localhost:8000/v1
components:
  schemas:
    Author:
      type: object
      required: [name, born]
      properties:
        name: { type: string, example: Ada }
        born: { type: string, format: date, example: 1815-12-10 }
paths:
  /author/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer, minimum: 5 } }
    get:
      parameters:
        - { name: limit, in: query, required: true, schema: { type: integer, default: 20 } }
  /author:
    post:
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Author' }
`;

describe('an OpenAPI document in YAML', () => {
  it('says what to send, with dates as they are written', () => {
    assert.deepEqual(openApiValues(YAML, { method: 'POST', path: '/author' }), {
      path: {},
      headers: [['Content-Type', 'application/json']],
      body: { text: '{"name":"Ada","born":"1815-12-10"}' },
    });
    assert.deepEqual(openApiValues(YAML, { method: 'GET', path: '/v1/author/{author_id}' }), {
      path: { author_id: '5' },
      query: [['limit', '20']],
    });
  });

  it('lists the routes of a server', () => {
    assert.deepEqual(readOpenApi(YAML), [
      { method: 'GET', path: '/v1/author/{id}' },
      { method: 'POST', path: '/v1/author' },
    ]);
  });
});

describe('parseOpenApi', () => {
  it('takes both versions, in JSON and in YAML', () => {
    for (const text of ['{"openapi":"3.1.0"}', ' {"swagger":"2.0"}', 'swagger: 2.0', 'info: {}\n"openapi": "3.0.0"\n'])
      assert.ok(parseOpenApi(text), text);
  });

  it('takes nothing else, and nothing that would not end', () => {
    const deep = `openapi: 3.0.0\npaths: ${'['.repeat(100_000)}`;
    const notes = 'name: x\nnotes: |\n  openapi: 3.0.0\n';
    for (const text of ['', '<html>', '[]', '{', '{"a":1}', 'openapi: [', deep, notes, 'openapi: 3\n---\nopenapi: 3'])
      assert.equal(parseOpenApi(text), undefined, text.slice(0, 60));
    const twice = Array.from({ length: 30 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}, *a${at}]`);
    assert.equal(parseOpenApi(`openapi: 3.0.0\na0: &a0 [x]\n${twice.join('\n')}\n`), undefined);
    assert.equal(parseOpenApi('openapi: 3.0.0\na: &a { b: *a }\n'), undefined);
    assert.ok(parseOpenApi('openapi: 3.0.0\na: &a { b: 1 }\nc: *a\n'), 'An alias is nothing bad.');
  });
});
