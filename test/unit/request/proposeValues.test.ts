import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Endpoint, EndpointMethod, Parameter } from '../../../src/core/model/endpoint';
import { buildRequest } from '../../../src/core/request/buildRequest';
import { isWritingMethod } from '../../../src/core/request/consent';
import { proposeValue, proposeValues } from '../../../src/core/request/proposeValues';

function parameter(some: Partial<Parameter> & { name: string }): Parameter {
  return { in: 'path', type: 'unknown', required: true, ...some };
}

function endpoint(path: string, parameters: Parameter[], method: EndpointMethod = 'GET'): Endpoint {
  return {
    id: `${method} ${path}`,
    method,
    path,
    parameters,
    file: 'app.py',
    line: 2,
    registrationLine: 1,
    endLine: 3,
    handler: 'h',
    framework: 'flask',
    prefixes: [],
    notes: [],
    isTest: false,
  };
}

describe('proposeValue', () => {
  for (const [given, expected] of [
    [{ name: 'author', type: 'integer' }, '1'],
    [{ name: 'limit', type: 'integer' }, '20'],
    [{ name: 'offset', type: 'integer' }, '0'],
    [{ name: 'page_size', type: 'integer' }, '20'],
    [{ name: 'ratio', type: 'number' }, '1.0'],
    [{ name: 'full', type: 'boolean' }, 'true'],
    [{ name: 'day', type: 'date' }, '2024-01-01'],
    [{ name: 'color', type: 'enum', enumValues: ['red', 'blue'] }, 'red'],
    [{ name: 'author_id', type: 'string' }, '1'],
    [{ name: 'authorId' }, '1'],
    [{ name: 'valid', type: 'string' }, 'a'],
    [{ name: 'slug' }, 'a'],
    [{ name: 'limit', type: 'integer', default: '50' }, '50'],
    [{ name: 'constructor' }, 'a'],
  ] as const) {
    it(`proposes ${expected} for ${JSON.stringify(given)}`, () => {
      assert.equal(proposeValue(parameter(given)), expected);
    });
  }

  it('proposes a UUID that validators accept', () => {
    assert.match(
      proposeValue(parameter({ name: 'x', type: 'uuid' })),
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});

describe('proposeValues', () => {
  const subject = endpoint('/author/{author_id}', [
    parameter({ name: 'author_id', type: 'integer' }),
    parameter({ name: 'limit', in: 'query', type: 'integer', default: '10', required: false }),
    parameter({ name: 'q', in: 'query', type: 'string', required: true }),
    parameter({ name: 'extra', in: 'query', type: 'string', required: false }),
  ]);

  it('makes a request that can be built at once', () => {
    const values = proposeValues(subject);
    assert.equal(buildRequest(subject, 'http://127.0.0.1:1', values).url, 'http://127.0.0.1:1/author/1?limit=10&q=a');
  });

  it('prefers what was used before, and fills a parameter that came later', () => {
    const before = { ...proposeValues(subject), path: { author_id: '42' }, query: [] };
    assert.deepEqual(proposeValues(subject, before).path, { author_id: '42' });
    assert.deepEqual(proposeValues(subject, before).query, []);
    assert.deepEqual(proposeValues(subject, { ...before, path: {} }).path, { author_id: '1' });
  });

  it('gives a body to methods that carry one, and asks ANY with GET', () => {
    assert.deepEqual(proposeValues(endpoint('/', [], 'POST')).body, { text: '{}' });
    assert.equal(proposeValues(endpoint('/', [], 'DELETE')).body, null);
    assert.equal(proposeValues(endpoint('/', [], 'ANY')).method, 'GET');
  });
});

describe('isWritingMethod', () => {
  it('is true for POST, PUT, PATCH and DELETE only', () => {
    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const;
    assert.deepEqual(methods.filter(isWritingMethod), ['POST', 'PUT', 'PATCH', 'DELETE']);
  });
});
