import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Endpoint } from '../../src/core/model/endpoint';
import { describeEndpoint } from '../../src/features/endpoints/describeEndpoint';
import { groupEndpoints } from '../../src/features/endpoints/groupEndpoints';
import type { LocatedEndpoint } from '../../src/platform/vscode/endpoints';
import { EndpointTable } from '../../src/platform/vscode/endpointTable';

const BOOKS: Endpoint = {
  id: 'GET /api/v1/books/{id} books.ts',
  method: 'GET',
  path: '/api/v1/books/{id}',
  parameters: [],
  file: 'books.ts',
  line: 9,
  registrationLine: 7,
  endLine: 12,
  handler: 'readBook',
  framework: 'express',
  prefixes: [
    { prefix: '/api', file: 'server.ts', line: 14 },
    { prefix: '/v1', file: 'routers/all.ts', line: 3 },
  ],
  notes: ['A part of the path is decided when the program runs.'],
  isTest: false,
};

const ENGLISH = {
  t: (message: string, ...args: (string | number)[]): string =>
    message.replace(/\{(\d)\}/g, (_, at: string) => String(args[Number(at)])),
};

describe('what is shown of endpoints', () => {
  it('says where every part of the prefix comes from, outermost first, and what is not known', () => {
    assert.deepEqual(describeEndpoint(BOOKS, ENGLISH), [
      'GET /api/v1/books/{id}',
      'readBook in books.ts, line 9 (express)',
      'mounted at /api in server.ts, line 14',
      'mounted at /v1 in routers/all.ts, line 3',
      'A part of the path is decided when the program runs.',
    ]);
  });

  it('finds by file and by id what the whole list holds', () => {
    const all = locate(3000);
    const table = new EndpointTable(all);
    assert.deepEqual(
      table.inFile('f7.ts'),
      all.filter(({ endpoint }) => endpoint.file === 'f7.ts'),
    );
    assert.equal(table.find('GET /p1234 f34.ts'), all[1234]);
    assert.equal(table.find('GET /p1234 f35.ts'), undefined);
    assert.deepEqual(table.inFile('f100.ts'), []);
  });

  it('groups ten thousand endpoints without losing one', () => {
    const groups = groupEndpoints(locate(10_000), 'file');
    assert.equal(groups.length, 100);
    assert.equal(
      groups.reduce((sum, { members }) => sum + members.length, 0),
      10_000,
    );
  });
});

function locate(count: number): LocatedEndpoint[] {
  const folder = JSON.parse('{"name":"shop","index":0,"uri":"file:///shop"}') as LocatedEndpoint['folder'];
  return Array.from({ length: count }, (_, at) => {
    const file = `f${at % 100}.ts`;
    const endpoint = { ...BOOKS, id: `GET /p${at} ${file}`, path: `/p${at}`, file, line: at };
    return { folder, uri: folder.uri, endpoint };
  });
}
