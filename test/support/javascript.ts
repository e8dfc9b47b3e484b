import { existsSync } from 'node:fs';
import path from 'node:path';

const HOME = path.resolve(import.meta.dirname, '../../.cache/javascript');

/**
 * The folder in which the frameworks of test/integration/apps/javascript are installed. The test runner installs them and
 * passes the folder in EP_JAVASCRIPT; a test file run alone takes what an earlier run installed.
 */
export function javascriptFolder(): string {
  const given = process.env['EP_JAVASCRIPT'];
  if (given) return given;
  if (existsSync(path.join(HOME, 'package-lock.sha256'))) return HOME;
  throw new Error('The JavaScript frameworks are not installed: run `npm test -- --group integration` once.');
}
