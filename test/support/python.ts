import { existsSync } from 'node:fs';
import path from 'node:path';

const VENV = path.resolve(import.meta.dirname, '../../.cache/venv');

/**
 * The Python that has the frameworks of test/integration/requirements.txt. The test runner installs it and passes its path
 * in EP_PYTHON; a test file run alone takes what an earlier run installed.
 */
export function pythonProgram(): string {
  const given = process.env['EP_PYTHON'];
  if (given) return given;
  const installed = path.join(VENV, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (existsSync(installed)) return installed;
  throw new Error('The Python frameworks are not installed: run `npm test -- --group integration` once.');
}
