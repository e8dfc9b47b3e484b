import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { keepWalked, walkFolder } from '../../../src/platform/node/fileWalker';

const FILES: Readonly<Record<string, string>> = {
  '.gitignore': 'generated/\n*.local.js\n',
  'app/.gitignore': '!kept.local.js\nsecret.py\n',
  'app/main.py': '',
  'app/secret.py': '',
  'app/kept.local.js': '',
  'app/other.local.js': '',
  'app/skip/me.js': '',
  'generated/api.js': '',
  'dist/server.js': '',
  'node_modules/express/index.js': '',
  'env3/pyvenv.cfg': '',
  'env3/lib/flask.py': '',
};

describe('a change told by a watcher', () => {
  it('is taken in exactly when a scan of the folder would have listed the file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ep-walk-'));
    try {
      for (const [file, text] of Object.entries(FILES)) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text);
      }
      const sources = Object.keys(FILES).filter((file) => /\.(py|js)$/.test(file));
      const exclude = ['app/skip/'];
      const kept = await keepWalked(folder, sources, exclude);
      assert.deepEqual([...kept].sort(), await walkFolder(folder, exclude));
      assert.deepEqual([...kept].sort(), ['app/kept.local.js', 'app/main.py']);
      assert.deepEqual(await keepWalked(folder, ['app/new.py', 'dist/new.js']), ['app/new.py']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
