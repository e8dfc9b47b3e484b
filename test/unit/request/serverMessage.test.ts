import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serverMessage } from '../../../src/core/request/serverMessage';

describe('serverMessage', () => {
  for (const [framework, body, expected] of [
    [
      'FastAPI',
      '{"detail":[{"loc":["body","name"],"msg":"Field required"},{"loc":["query","n"],"msg":"too small"}]}',
      'body.name: Field required; query.n: too small',
    ],
    ['FastAPI', '{"detail":"Not Found"}', 'Not Found'],
    ['Django REST', '{"name":["This field is required."],"age":["A","B"]}', 'name: This field is required.; age: A B'],
    [
      'NestJS',
      '{"statusCode":400,"message":["name must be a string","b"],"error":"Bad Request"}',
      'name must be a string; b',
    ],
    ['express-validator', '{"errors":[{"type":"field","msg":"Invalid value","path":"email"}]}', 'email: Invalid value'],
    [
      'ASP.NET',
      '{"title":"One or more validation errors occurred.","errors":{"Name":["The Name field is required."]}}',
      'Name: The Name field is required.',
    ],
    [
      'Spring',
      '{"error":"Bad Request","errors":[{"defaultMessage":"must not be null","field":"name"}]}',
      'name: must not be null',
    ],
    [
      'Laravel',
      '{"message":"The name field is required.","errors":{"name":["The name field is required."]}}',
      'name: The name field is required.',
    ],
    ['Express', '<!DOCTYPE html><body><pre>Cannot POST /x&quot;</pre></body>', 'Cannot POST /x"'],
    [
      'Flask',
      '<!doctype html><title>405</title><h1>Method Not Allowed</h1><p>The method is not allowed.</p>',
      'The method is not allowed.',
    ],
    ['Gin', '{"error":"invalid id"}', 'invalid id'],
    ['plain text', 'no such thing\n', 'no such thing'],
    ['nothing', '', null],
    ['other JSON', '{"a":1}', null],
    ['null', 'null', null],
  ] as const) {
    it(`reads ${framework}: ${body.slice(0, 40)}`, () => assert.equal(serverMessage(body), expected));
  }
  it('is one short line of whatever comes', () => {
    const said = serverMessage(JSON.stringify({ error: `a\n${'b'.repeat(10_000)}` })) ?? '';
    assert.ok(said.length <= 200 && !said.includes('\n'));
  });
});
