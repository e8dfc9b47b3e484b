import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProperties, readYamlKeys } from '../../../src/core/discovery/config/yamlKeys';

function shown(entries: ReturnType<typeof readYamlKeys>): string[] {
  return entries.map(({ key, value, line }) => `${line} ${key}=${value}`);
}

describe('settings of a YAML file', () => {
  it('are known by their dotted keys, with their lines', () => {
    const text =
      '# comment\nserver:\n  servlet:\n    "context-path": \'/a b\' # why\nlist:\n- x\n- name: y\n  path: /y\nflow: [GET, "POST"]\nurl: http://h/#x\n---\nserver.port: 1\n';
    assert.deepEqual(shown(readYamlKeys(text)), [
      '4 server.servlet.context-path=/a b',
      '6 list[0]=x',
      '7 list[1].name=y',
      '8 list[1].path=/y',
      '9 flow[0]=GET',
      '9 flow[1]=POST',
      '10 url=http://h/#x',
    ]);
  });

  it('leave out block scalars, anchors and flow maps', () => {
    assert.deepEqual(shown(readYamlKeys('a: |\n  text\nb: &x 1\nc: { d: 1 }\ne: 2\n')), ['5 e=2']);
  });
});

describe('settings of a properties file', () => {
  it('may have any of the separators', () => {
    const text = '# no\n! no\na.b = c \nd:e\nf g\n\n';
    assert.deepEqual(shown(readProperties(text)), ['3 a.b=c', '4 d=e', '5 f=g']);
  });
});
