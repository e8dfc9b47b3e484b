import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** The library whose WASM files are copied beside the bundles, so that no metafile names it. */
const COPIED = ['@vscode/tree-sitter-wasm'];

/**
 * The licence texts of every library whose code is in `dist`, as one text. Which libraries these are is read from the
 * metafiles of the build, so that the list cannot miss one. Raises an Error for a library without a licence.
 */
export async function collectNotices(root) {
  const packages = new Set(COPIED);
  const metaFolder = path.join(root, 'dist/meta');
  for (const file of await readdir(metaFolder)) {
    const { inputs } = JSON.parse(await readFile(path.join(metaFolder, file), 'utf8'));
    for (const input of Object.keys(inputs)) {
      const match = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (match) packages.add(match[1]);
    }
  }
  const parts = [];
  for (const name of [...packages].sort()) parts.push(await describeLicence(root, name));
  return `Endpoint Profiler contains the following libraries.\n\n${parts.join('\n\n')}`;
}

async function describeLicence(root, name) {
  const folder = path.join(root, 'node_modules', name);
  const { version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  if (!file && !license) throw new Error(`${name} is bundled but names no licence.`);
  const text = file && existsSync(path.join(folder, file)) ? await readFile(path.join(folder, file), 'utf8') : '';
  return `${'='.repeat(80)}\n${name} ${version} (${license ?? 'see below'})\n${'='.repeat(80)}\n\n${text.trim()}`.trim();
}
