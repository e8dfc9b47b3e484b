import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { samplePattern } from '../../../src/core/request/samplePattern';
import { sampleSchema } from '../../../src/core/request/sampleSchema';
import { openApiValues } from '../../../src/core/request/openApiValues';

const nothing = (): undefined => undefined;

describe('sampleSchema', () => {
  for (const [schema, expected] of [
    [{ type: 'string' }, 'a'],
    [{ type: 'string', minLength: 3 }, 'aaa'],
    [{ type: 'string', format: 'date' }, '2024-01-01'],
    [{ type: 'string', enum: [null, 'x', 'y'] }, 'x'],
    [{ type: 'string', pattern: '^[A-Z]{3}$' }, 'AAA'],
    [{ type: 'integer' }, 1],
    [{ type: 'integer', minimum: 5 }, 5],
    [{ type: 'integer', exclusiveMinimum: 5 }, 6],
    [{ type: 'integer', minimum: 5, exclusiveMinimum: true }, 6],
    [{ type: 'integer', maximum: 0 }, 0],
    [{ type: 'integer', maximum: -3, multipleOf: 2 }, -4],
    [{ type: 'integer', minimum: 7, multipleOf: 5 }, 10],
    [{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }, 0.5],
    [{ type: 'number', exclusiveMinimum: 0 }, 1],
    [{ type: ['null', 'boolean'] }, true],
    [{ anyOf: [{ type: 'null' }, { type: 'integer' }] }, 1],
    [{ default: 'd', type: 'string' }, 'd'],
    [{ const: 4 }, 4],
    [{ type: 'array', items: { type: 'integer' }, minItems: 3, uniqueItems: true }, [1, 2, 3]],
    [{ type: 'array', items: {}, maxItems: 0 }, []],
    [{ type: 'object', required: ['a'], properties: { a: { type: 'string' }, b: { type: 'string' } } }, { a: 'a' }],
    [
      {
        allOf: [
          { required: ['a'], properties: { a: { type: 'integer' } } },
          { required: ['b'], properties: { b: { type: 'boolean' } } },
        ],
      },
      { a: 1, b: true },
    ],
    [{}, 'a'],
    [true, 'a'],
  ] as const) {
    it(`${JSON.stringify(schema)} is met by ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(sampleSchema(schema, nothing), expected);
    });
  }

  it('ends where a schema refers to itself or asks for too much', () => {
    const node = { type: 'object', required: ['next'], properties: { next: { $ref: '#' } } };
    assert.ok(JSON.stringify(sampleSchema(node, () => node)).length < 300);
    const loop = { $ref: '#' };
    assert.equal(
      sampleSchema(loop, () => loop),
      'a',
    );
    const wide = sampleSchema({ type: 'array', minItems: 1e9, items: { type: 'string', minLength: 1e9 } }, nothing);
    assert.ok(JSON.stringify(wide).length < 500_000);
    const all = { allOf: [{ $ref: '#' }, { $ref: '#' }] };
    assert.ok(JSON.stringify(sampleSchema(all, () => all)).length < 100);
  });
});

describe('samplePattern', () => {
  for (const pattern of [
    '^\\d{4}-\\d{2}$',
    '^(red|green)$',
    '[^a-z]+',
    '^\\+?[1-9]\\d{1,14}$',
    '^(?:a|b)*c$',
    '^[\\w.-]+@x\\.de$',
  ]) {
    it(`finds a text for ${pattern}`, () => {
      assert.match(samplePattern(pattern) ?? 'none', new RegExp(pattern));
    });
  }
  it('keeps to a length, and gives up where it cannot', () => {
    assert.equal(samplePattern('^\\w+$', 5, 5)?.length, 5);
    assert.equal(samplePattern('^(?=x)y$'), undefined);
    assert.equal(samplePattern('(a)\\1'), undefined);
    assert.equal(samplePattern('['), undefined);
  });
});

describe('openApiValues', () => {
  const swagger = JSON.stringify({
    swagger: '2.0',
    basePath: '/v1',
    paths: {
      '/pet/{petId}': {
        parameters: [{ name: 'petId', in: 'path', type: 'integer', minimum: 10 }],
        post: {
          parameters: [
            { name: 'body', in: 'body', schema: { $ref: '#/definitions/Pet' } },
            { name: 'dry', in: 'query', type: 'boolean', required: true },
            { name: 'X-Tenant', in: 'header', type: 'string', enum: ['t1'], required: true },
          ],
        },
      },
    },
    definitions: {
      Pet: { type: 'object', required: ['name'], properties: { name: { type: 'string', example: 'Rex' } } },
    },
  });
  it('reads Swagger 2 with its base path, under the names of the code', () => {
    assert.deepEqual(openApiValues(swagger, { method: 'POST', path: '/v1/pet/{id}' }), {
      path: { id: '10' },
      query: [['dry', 'true']],
      headers: [
        ['X-Tenant', 't1'],
        ['Content-Type', 'application/json'],
      ],
      body: { text: '{"name":"Rex"}' },
    });
    assert.equal(openApiValues(swagger, { method: 'GET', path: '/v1/pet/{id}' }), undefined);
  });
  it('takes no other JSON for a document, and fetches nothing that a document refers to', () => {
    for (const text of ['', 'null', '[]', '{}', '{"openapi": 3}', '{"openapi":"3.0.0"}']) {
      assert.equal(openApiValues(text, { method: 'GET', path: '/' }), undefined);
    }
    const far = {
      openapi: '3.1.0',
      paths: {
        '/a': {
          post: { requestBody: { content: { 'application/json': { schema: { $ref: 'file:///etc/passwd' } } } } },
        },
      },
    };
    assert.deepEqual(openApiValues(JSON.stringify(far), { method: 'POST', path: '/a' })?.body, { text: '"a"' });
  });
});
