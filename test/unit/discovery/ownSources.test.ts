import assert from 'node:assert/strict';
import path from 'node:path';
import { it } from 'node:test';
import { WorkspaceIndex } from '../../../src/core/discovery/workspaceIndex';
import { readSources, walkFolder } from '../../../src/platform/node/fileWalker';
import { PARSER } from './scan';

it('an evaluator, which calls itself in every direction, is followed to its end', async () => {
  const folder = path.resolve(import.meta.dirname, '../../../src/core/discovery');
  const files = (await walkFolder(folder)).filter((file) => !file.startsWith('frameworks/'));
  const sources = await readSources(folder, files);
  const { problems, endpoints } = await new WorkspaceIndex(PARSER).update(sources);
  assert.deepEqual(
    problems.filter(({ code }) => code === 'gave-up'),
    [],
  );
  assert.deepEqual(endpoints, []);
});
