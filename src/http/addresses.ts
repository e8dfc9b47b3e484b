import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { unixPathOf } from '../core/request/unixSocket';
import { bareHost } from '../core/request/urlPlace';
import { UserError } from '../util/errors';

/**
 * Every IP address of a URL's host, in the order in which they should be tried. With `allowed`, only those that were let
 * pass before: a name that now resolves elsewhere is not followed; a Unix socket among them takes the place of any name. Raises `dns` and `address-not-allowed`.
 */
export async function resolveAddresses(url: URL, allowed: readonly string[] | null): Promise<string[]> {
  const unix = allowed?.find((address) => unixPathOf(address) !== null);
  if (unix !== undefined) return [unix];
  const host = bareHost(url);
  const found = isIP(host) ? [host] : await lookUp(host);
  if (!allowed) return found;
  const expected = new Set(allowed.map(normalizeAddress));
  const passed = found.filter((address) => expected.has(normalizeAddress(address)));
  if (passed.length === 0) throw addressNotAllowed(host, found);
  return passed;
}

async function lookUp(host: string): Promise<string[]> {
  try {
    const found = await lookup(host, { all: true, order: 'verbatim' });
    return [...new Set(found.map(({ address }) => address))];
  } catch (cause) {
    throw new UserError('dns', `The name "${host}" does not resolve to an address; check how it is spelt in the URL.`, {
      cause,
    });
  }
}

function addressNotAllowed(host: string, found: readonly string[]): UserError {
  return new UserError(
    'address-not-allowed',
    `"${host}" now resolves to ${found.join(', ')}, which is not where you agreed to send load; start again to be asked anew.`,
  );
}

/** One spelling per IPv6 address; zone and brackets are not part of it. */
function normalizeAddress(address: string): string {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  return isIP(bare) === 6 ? new URL(`http://[${bare}]`).hostname.slice(1, -1) : bare;
}
