// The JavaScript frameworks of the integration tests: a folder of its own, made anew when their lockfile changes, because
// several of them want other majors of what the extension itself is built with.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const APPS = path.join(ROOT, 'test/integration/apps/javascript');
const HOME = path.join(ROOT, '.cache/javascript');

/** Returns a folder that has the frameworks installed; raises an Error with one sentence when it cannot be had. */
export function prepareJavascript({ log = console.log } = {}) {
  const stamp = createHash('sha256')
    .update(readFileSync(path.join(APPS, 'package-lock.json')))
    .digest('hex');
  const stampFile = path.join(HOME, 'package-lock.sha256');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return HOME;

  log('Installing the JavaScript frameworks into .cache/javascript…');
  rmSync(HOME, { recursive: true, force: true });
  mkdirSync(HOME, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(path.join(APPS, name), path.join(HOME, name));
  const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: HOME,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    const said = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`.trim();
    throw new Error(`The JavaScript frameworks could not be installed: ${said.slice(-1500)}`);
  }
  writeFileSync(stampFile, stamp);
  return HOME;
}
