import assert from 'node:assert/strict';
import { it } from 'node:test';
import { describeFeeds } from '../../../src/session/loadFeeds';

it('feeds are told of by how many values there are and where they came from; random ones have no number', () => {
  const list = (length: number) => ({ kind: 'list', values: Array.from({ length }, String) }) as const;
  const plan = {
    order: 'cycle',
    seed: 1,
    feeds: [
      { name: 'id', source: 'GET /author?limit=200 $[*].id', values: list(200) },
      { name: 'tags', source: 'GET /tag $[*]', values: list(3) },
      { name: 'q', source: 'q.csv', values: list(9) },
      { name: 'r', source: 'random:uuid', values: { kind: 'random', form: 'uuid' } },
    ],
  } as const;
  assert.equal(
    describeFeeds(plan),
    '200 ids from GET /author?limit=200; 3 tags from GET /tag; 9 values of q from q.csv',
  );
});
