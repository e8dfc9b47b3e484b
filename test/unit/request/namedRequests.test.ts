import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { namedRequests } from '../../../src/core/request/namedRequests';
import { parseTeamFile } from '../../../src/core/request/teamFile';

describe('namedRequests', () => {
  const { file, mistakes } = parseTeamFile(`{"requests": {
    "GET /a/{id} #not there": {"path": {"id": 9}},
    "GET /a/{id}": {"path": {"id": 1}},
    "GET /a/{id}/b #x": {},
    "POST /a/{id} #x": {},
    "GET /a/{id} #big": {"query": {"limit": 1000}}
  }}`);
  it('finds those of an endpoint by name, the one without a name first', () => {
    assert.deepEqual(mistakes, []);
    const found = namedRequests(file, 'GET', '/a/{id}');
    assert.deepEqual(
      found.map(({ name, request }) => [name, request.path['id'] ?? null]),
      [
        [null, '1'],
        ['not there', '9'],
        ['big', null],
      ],
    );
    assert.deepEqual(namedRequests(file, 'GET', '/a'), []);
  });
});
