import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PageAssets } from '../../core/report/htmlFile';

/** The page's bundle out of `dist`, for a file that carries it. Fails like `readFile` when it was not built. */
export async function readPageAssets(dist: string): Promise<PageAssets> {
  const [script, sheet] = await Promise.all(['page.js', 'page.css'].map((name) => readFile(join(dist, name), 'utf8')));
  return { script: script ?? '', sheet: sheet ?? '', nonce: randomBytes(18).toString('base64') };
}
