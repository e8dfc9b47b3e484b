import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LIVE_SOURCES } from '../core/discovery/liveTable';
import type { Endpoint } from '../core/model/endpoint';
import { openApiValues, type DescribedValues } from '../core/request/openApiValues';
import { checkTarget } from '../core/request/targetGuard';
import { sendOnce } from '../http/client';

/** Where projects keep a document of their interface. */
const FILES = [
  'openapi',
  'swagger',
  'docs/openapi',
  'docs/swagger',
  'api/openapi',
  'api/swagger',
  'spec/openapi',
  'static/openapi',
  'docs/api',
  'api',
];
const EXTENSIONS = ['json', 'yaml', 'yml'];
const DOCUMENT_LIMIT_BYTES = 16 * 1024 * 1024;
const TIMEOUT_MS = 1500;

export interface DescriptionPlaces {
  /** The workspace folder, absolute. */
  readonly folder: string | null;
  /** Of the server, when one is known; asked only when it is this machine. */
  readonly baseUrl: string | null;
  readonly resolveHost: (host: string) => Promise<readonly string[]>;
}

/**
 * What an OpenAPI document says of an endpoint's request: one in the folder, else the one that the running server offers at the
 * usual places. Undefined when there is none; never rejects, because values can be proposed without it.
 */
export async function describeRequest(
  endpoint: Endpoint,
  { folder, baseUrl, resolveHost }: DescriptionPlaces,
  signal: AbortSignal,
): Promise<DescribedValues | undefined> {
  for (const name of folder === null ? [] : FILES) {
    for (const extension of EXTENSIONS) {
      const text = await readDocument(join(folder ?? '', `${name}.${extension}`));
      const values = text === undefined ? undefined : openApiValues(text, endpoint);
      if (values) return values;
    }
  }
  if (baseUrl === null || baseUrl.includes('{port}')) return undefined;
  try {
    return await askServer(endpoint, baseUrl.replace(/\/+$/, ''), resolveHost, signal);
  } catch {
    return undefined;
  }
}

async function askServer(
  endpoint: Endpoint,
  base: string,
  resolveHost: DescriptionPlaces['resolveHost'],
  signal: AbortSignal,
): Promise<DescribedValues | undefined> {
  const target = await checkTarget(base, resolveHost);
  if (target.class !== 'loopback') return undefined;
  const endMs = performance.now() + TIMEOUT_MS;
  for (const { path } of LIVE_SOURCES) {
    const leftMs = endMs - performance.now();
    if (leftMs <= 0 || signal.aborted) return undefined;
    const request = {
      method: 'GET',
      url: base + path,
      headers: [['accept', 'application/json, application/yaml;q=0.9, */*;q=0.1']],
      body: null,
    } as const;
    const answer = await sendOnce(request, {
      timeoutMs: leftMs,
      insecureTls: true,
      maxBodyBytes: DOCUMENT_LIMIT_BYTES,
      signal,
      allowedAddresses: target.addresses,
    });
    const values = answer.status === 200 ? openApiValues(answer.bodyText, endpoint) : undefined;
    if (values) return values;
  }
  return undefined;
}

async function readDocument(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    return size > DOCUMENT_LIMIT_BYTES ? undefined : await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}
