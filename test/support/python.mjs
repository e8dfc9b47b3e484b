// The Python of the integration tests: a virtual environment of this repository, made anew when requirements.txt changes.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const REQUIREMENTS = path.join(ROOT, 'test/integration/requirements.txt');
const VENV = path.join(ROOT, '.cache/venv');
const PYTHON = path.join(VENV, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** Returns the path of a Python that has the frameworks installed; raises an Error with one sentence when it cannot be had. */
export function preparePython({ log = console.log } = {}) {
  const stamp = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  const stampFile = path.join(VENV, 'requirements.sha256');
  if (existsSync(PYTHON) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return PYTHON;

  const base = ['python3', 'python'].find((name) => spawnSync(name, ['-c', 'import venv, ensurepip']).status === 0);
  if (!base) throw new Error('Python 3 with its venv module is not here: install python3 and python3-venv.');
  log('Installing the Python frameworks into .cache/venv…');
  rmSync(VENV, { recursive: true, force: true });
  run(base, ['-m', 'venv', VENV]);
  run(PYTHON, ['-m', 'pip', 'install', '--quiet', '--requirement', REQUIREMENTS]);
  writeFileSync(stampFile, stamp);
  return PYTHON;
}

function run(program, args) {
  const done = spawnSync(program, args, { encoding: 'utf8' });
  if (done.status === 0) return;
  const said = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`.trim();
  throw new Error(`The Python frameworks could not be installed: ${said.slice(-1500)}`);
}
