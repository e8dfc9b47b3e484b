import { readFile, stat } from 'node:fs/promises';
import type { RequestTemplate } from '../core/model/request';
import { parseCurl } from '../core/request/curl';
import { parseHar } from '../core/request/har';
import { parseHttpFile, type HttpFileRequest } from '../core/request/httpFile';
import { describeError } from '../util/errors';
import { usageError } from './values';

const LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * The request that `--import FILE#WHICH` names: an entry of a `.har` (its number), a request of a `.http` or `.rest` file (its
 * number or name), or the curl command of any other file. The first without `#`. Fails with `usage` and as reading it fails.
 */
export async function importFile(typed: string): Promise<RequestTemplate> {
  const at = typed.lastIndexOf('#');
  const [file, which] = at > 0 ? [typed.slice(0, at), typed.slice(at + 1)] : [typed, '1'];
  const text = await readText(file);
  if (/\.har$/i.test(file)) return parseHar(text, numberOf(which)).request;
  if (!/\.(?:http|rest)$/i.test(file)) return parseCurl(text).request;
  const requests = parseHttpFile(text);
  const found =
    requests.find(({ name }) => name === which) ?? (/^\d+$/.test(which) ? requests[Number(which) - 1] : undefined);
  if (!found) throw usageError(`There is no request "${which}" in ${file}; there is ${listOf(requests)}.`);
  if (!found.request) throw usageError(`${file}:${found.line}: ${found.problem ?? ''}`);
  return found.request;
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > LIMIT_BYTES) throw new Error(`it is larger than ${LIMIT_BYTES / 1024 / 1024} MB`);
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw usageError(`--import cannot read "${file}": ${describeError(cause)}`);
  }
}

function numberOf(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw usageError(`--import FILE.har#N wants a number from 1, not "${text}".`);
}

function listOf(requests: readonly HttpFileRequest[]): string {
  return requests.length === 0 ? 'none' : requests.map(({ name }, at) => name ?? String(at + 1)).join(', ');
}
