import type { Endpoint, HttpMethod } from '../model/endpoint';
import type { CheckedTarget } from './targetGuard';

const WRITING: readonly HttpMethod[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** True for a method that is meant to change data on the server. */
export function isWritingMethod(method: HttpMethod): boolean {
  return WRITING.includes(method);
}

/** The key under which a yes to this host, with these secrets, is remembered; null when it must be asked every time or not at all. */
export function hostConsentKey(target: CheckedTarget, secrets: readonly string[] = []): string | null {
  const carried = secrets.length === 0 ? '' : ` with ${[...secrets].sort().join(' ')}`;
  return target.consent === 'remembered' ? `host:${target.host}${carried}` : null;
}

/** The key under which a yes to writing through this endpoint is remembered. */
export function writeConsentKey(method: HttpMethod, endpoint: Pick<Endpoint, 'id'>): string {
  return `write:${method}:${endpoint.id}`;
}

/** The question before load that writes. */
export function describeWrites(method: HttpMethod, path: string): string {
  return `${method} ${path} writes: every request of the run, thousands of them, may create, change or delete data on the server. Data will be written.`;
}
