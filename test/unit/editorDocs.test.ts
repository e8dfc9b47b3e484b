import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const page = read('docs/editor.md');
const { contributes } = JSON.parse(read('package.json')) as {
  contributes: {
    commands: readonly { title: string }[];
    configuration: { properties: Record<string, { default: unknown }> };
  };
};
const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;

interface Schema {
  readonly properties?: Record<string, Schema>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
}

/** The first cells of a section's table, without what makes them code or emphasis, and the second ones. */
function rowsOf(section: string): readonly (readonly [first: string, second: string])[] {
  const own = page.slice(page.indexOf(`## ${section}\n`)).split('\n## ')[0] ?? '';
  return own
    .split('\n')
    .filter((line) => /^\| [_`]/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, first = '', second = '']) => [first.slice(1, -1), second]);
}

describe('docs/editor.md', () => {
  it('has every command by its title, and none that is not there', () => {
    const titles = contributes.commands.map(({ title }) => texts[title.slice(1, -1)] ?? title);
    assert.deepEqual(
      rowsOf('Commands')
        .map(([name]) => name)
        .sort(),
      titles.sort(),
    );
  });

  it('has every setting with its default, and none that is not there', () => {
    const settings = Object.entries(contributes.configuration.properties).map(
      ([name, setting]) => [name.replace('endpointProfiler.', ''), `\`${JSON.stringify(setting.default)}\``] as const,
    );
    assert.deepEqual([...rowsOf('Settings')].sort(), settings.sort());
  });

  it('names every key of the team file', () => {
    const namesOf = ({ properties = {}, additionalProperties, items }: Schema): readonly string[] => [
      ...Object.entries(properties).flatMap(([name, inner]) => [name, ...namesOf(inner)]),
      ...(additionalProperties ? namesOf(additionalProperties) : []),
      ...(items ? namesOf(items) : []),
    ];
    const schema = JSON.parse(read('media/endpoint-profiler.schema.json')) as Schema;
    const own = page.slice(page.indexOf('## The team file'));
    const missing = namesOf(schema).filter((name) => name !== '$schema' && !own.includes(`\`${name}\``));
    assert.deepEqual(missing, []);
  });
});
