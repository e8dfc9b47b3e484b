import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDiscoveryFile, WATCHED_ENDINGS } from '../../../src/core/discovery/files';
import { LANGUAGES } from '../../../src/core/discovery/languages/registry';
import { SOURCE_DOCUMENTS } from '../../../src/platform/vscode/sourceDocuments';

const CONFIG = [
  'package.json',
  'go.mod',
  'go.work',
  'Cargo.toml',
  'tsconfig.json',
  'src/main/resources/application.yml',
];

describe('the files of discovery', () => {
  it('are of every language, and are watched', () => {
    for (const language of LANGUAGES) {
      const endings = WATCHED_ENDINGS.filter((ending) => language.owns(`x.${ending}`));
      assert.ok(endings.length > 0, `no watched ending belongs to ${language.id}`);
      for (const ending of endings) assert.ok(isDiscoveryFile(`x.${ending}`), ending);
    }
  });

  it('are those that say how imports resolve too', () => {
    for (const file of CONFIG) {
      assert.ok(isDiscoveryFile(file), file);
      assert.ok(WATCHED_ENDINGS.includes(file.slice(file.lastIndexOf('.') + 1)), file);
    }
    for (const file of ['config/default.json', 'src/settings.json', 'routes.json', 'api-config.json']) {
      assert.ok(isDiscoveryFile(file), file);
    }
    assert.ok(!isDiscoveryFile('data.json'));
    assert.ok(!isDiscoveryFile('types.d.ts'));
  });

  it('wake the extension: every language with lenses is an activation event', () => {
    const manifest = readFileSync(path.resolve(import.meta.dirname, '../../../package.json'), 'utf8');
    const { activationEvents } = JSON.parse(manifest) as { activationEvents: string[] };
    const languages = activationEvents.flatMap((event) => /^onLanguage:(.+)$/.exec(event)?.slice(1) ?? []);
    assert.deepEqual(languages, SOURCE_DOCUMENTS);
  });
});
