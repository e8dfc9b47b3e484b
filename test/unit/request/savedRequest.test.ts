import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editJson } from '../../../src/core/request/jsonc';
import { proposeValues } from '../../../src/core/request/proposeValues';
import { plainSecretsIn, savedRequest } from '../../../src/core/request/savedRequest';
import { parseTeamFile } from '../../../src/core/request/teamFile';
import { withTeamRequest } from '../../../src/core/request/teamValues';
import type { Endpoint } from '../../../src/core/model/endpoint';
import type { RequestValues } from '../../../src/core/model/request';

const ENDPOINT: Endpoint = {
  ...{ id: 'x', method: 'POST', path: '/author/{id}', file: 'a.py', line: 1, endLine: 2, registrationLine: 1 },
  ...{ handler: 'a', framework: 'flask', prefixes: [], notes: [], isTest: false },
  parameters: [{ name: 'id', in: 'path', type: 'integer', required: true }],
};
const VALUES: RequestValues = {
  method: 'POST',
  path: { id: '{id}' },
  query: [['q', 'a b']],
  headers: [['Authorization', 'Bearer ${secret:token}']],
  body: { text: '{"name": "{name}"}' },
  feeds: [
    { name: 'id', spec: 'GET /author $[*].id' },
    { name: 'name', spec: 'random:hex:8' },
  ],
};

describe('a request that is saved in the team file', () => {
  it('is read as the same request again, feeds and references included', () => {
    const text = editJson(
      '{\n  // ours\n  "servers": {}\n}\n',
      ['requests', 'POST /author/{id} #new'],
      savedRequest(VALUES),
    );
    assert.match(text, /\/\/ ours/);
    const { file, mistakes } = parseTeamFile(text);
    assert.deepEqual(mistakes, []);
    const team = file.requests.get('POST /author/{id} #new');
    assert.ok(team);
    const again = withTeamRequest(ENDPOINT, proposeValues(ENDPOINT), team);
    assert.deepEqual(again, { ...VALUES, body: { text: '{"name":"{name}"}' } });
  });

  it('is refused when the file cannot hold it, and secrets in plain are named', () => {
    const twice = [
      ['a', '1'],
      ['a', '2'],
    ] as const;
    assert.throws(() => savedRequest({ ...VALUES, query: twice }), /The query has "a" twice/);
    assert.throws(() => savedRequest({ ...VALUES, body: { base64: 'AA==' } }), /no text/);
    const body = { text: '{"user": "a", "password": "b", "api_key": "${secret:k}", "n": {"token": "t"}}' };
    assert.deepEqual(plainSecretsIn({ body }), ['password', 'token']);
  });
});
