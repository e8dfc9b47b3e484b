import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closeGaps } from '../../../src/core/discovery/languages/javascript/grammarGaps';
import { scan, table } from './scan';

/** Code that is valid and that the grammar finds an error in, by what it is. */
const VALID: readonly (readonly [says: string, code: string, file?: string])[] = [
  ['a tagged template with the type of its rows', 'const rows = sql<{ id: number; tags: string[] }[]>`select 1`;'],
  ['the same of a call, over lines', 'const Box = styled(Flex)<{\n  $a: boolean;\n}>`\n  color: red;\n`;'],
  [
    'parameters of a type that are named as types',
    'interface Form { set: (string) => void; both?: (string, number) => void }',
  ],
  ['the type of a variable that is named as a type', 'const helpers: typeof string & { create(): string } = string;'],
  ['an item of a tuple that may be missing', "expect(f).toMatchTypeOf<['a'?]>();"],
  ['variance both ways', 'interface Store<in out T> { value: T }'],
  ['a type of another module', "let one: typeof import('./x'); let other: import('./x').Other<string>;"],
  ['only types of another module', "export type * from './types';"],
  ['an import that is evaluated later', "import defer * as later from './later.js';"],
  ['an ampersand in the text of JSX', 'export const Page = () => <p>Plans & Billing</p>;', 'app.tsx'],
  ['an address in JSX', 'export const Link = () => <a href="https://x.y/?a=1&b=2&c=3">x</a>;', 'app.tsx'],
  ['an accessor of JavaScript', 'class Counter { @logged accessor count = 1; }', 'app.js'],
];

describe('TypeScript that the grammar does not know', () => {
  for (const [says, code, file = 'app.ts'] of VALID) {
    it(`is no error and hides no route: ${says}`, async () => {
      const lines = code.split('\n').length;
      const text = `import express from 'express';\nconst app = express();\n${code}\napp.get('/a', function show(req, res) {});\n`;
      const result = await scan({ [file]: text });
      assert.deepEqual(table(result), [`GET /a ${file}:${lines + 3} show`]);
      assert.deepEqual(result.problems, []);
    });
  }

  it('keeps the text of the source: a path is not what stands in for it', async () => {
    const text = `import express from 'express';\nconst app = express();\nlet f: (string) => void;\napp.get('/x?a=1&b=2', (req, res) => {});\n`;
    assert.deepEqual(table(await scan({ 'app.ts': text })), ['GET /x?a=1&b=2 app.ts:4 anonymous']);
  });

  it('still says where code is broken', async () => {
    const text = `import express from 'express';\nconst app = express();\nconst = (string) => ;\napp.get('/a', (req, res) => {});\n`;
    const { problems } = await scan({ 'app.ts': text });
    assert.deepEqual(
      problems.map(({ message }) => message),
      ['app.ts has a syntax error near line 3; routes around it may be missing.'],
    );
  });

  it('is replaced by text of the same length and lines', () => {
    for (const [, code] of VALID) {
      for (const one of closeGaps(code, 1)) {
        assert.equal(one.length, code.length);
        assert.equal(one.split('\n').length, code.split('\n').length);
      }
    }
  });
});

describe('calls with type arguments', () => {
  for (const [says, expression] of [
    ['after a plus', `'/a' + config.get<string>('b')`],
    ['after a plus, with a call on the result', `'/a' + config.get<string>('b').concat('')`],
    ['after another operator', `'' || '/a' + config.get<string>('b')`],
    ['behind await', `'/a' + (await config.get<string>('b'))`],
  ] as const) {
    it(`are the last operand's, not the whole sum's: ${says}`, async () => {
      const text = `import express from 'express';\nconst app = express();\nconst config = { get<T>(name: string): T { return '/' + name; } };\napp.get(${expression}, (req, res) => {});\n`;
      assert.deepEqual(table(await scan({ 'app.ts': text })), ['GET /a/b app.ts:4 anonymous']);
    });
  }
});
