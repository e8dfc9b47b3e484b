// What a test group needs beyond Node. Each function returns the environment variables that its tests read, or raises an
// Error whose sentence says what is missing and how to get it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { installEditor } from '../../scripts/browserEditor.mjs';
import { prepareJavascript } from './javascript.mjs';
import { preparePython } from './python.mjs';

const CHROMIUM_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

export const NEEDS = {
  build(root) {
    if (existsSync(path.join(root, 'dist/cli.js'))) return {};
    const built = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: root, encoding: 'utf8' });
    if (built.status !== 0) throw new Error(`the build fails, see \`npm run build\`. ${built.stderr.trim()}`);
    return {};
  },
  python() {
    return { EP_PYTHON: preparePython() };
  },
  javascript() {
    return { EP_JAVASCRIPT: prepareJavascript() };
  },
  chromium() {
    const given = process.env.EP_CHROMIUM;
    const found = given ?? CHROMIUM_PLACES.find((place) => existsSync(place));
    if (!found) throw new Error('Chromium is not here: install it, or name one in EP_CHROMIUM.');
    return { EP_CHROMIUM: found };
  },
  async editor() {
    const { node, entry } = await installEditor();
    return { EP_EDITOR_NODE: node, EP_EDITOR_ENTRY: entry };
  },
};
