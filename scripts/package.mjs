// `npm run package`: builds and writes endpoint-profiler-VERSION.vsix, which VS Code installs with
// "Install from VSIX…". `-- --out FILE` names another file; `--no-build` packs dist as it is.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import vsce from '@vscode/vsce';
import { collectNotices } from './thirdPartyNotices.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');

const { values } = parseArgs({
  options: { out: { type: 'string' }, build: { type: 'boolean', default: true } },
  allowNegative: true,
});

if (values.build) {
  const built = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: ROOT, stdio: 'inherit' });
  if (built.status !== 0) process.exit(built.status ?? 1);
}
await writeFile(path.join(ROOT, 'dist/THIRD-PARTY-NOTICES.txt'), await collectNotices(ROOT));

const { name, version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
const packagePath = path.resolve(values.out ?? `${name}-${version}.vsix`);
// Everything is bundled, so that node_modules stays out of the package.
await vsce.createVSIX({
  cwd: ROOT,
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
console.log(`${packagePath}: ${(statSync(packagePath).size / 1e6).toFixed(2)} MB`);
