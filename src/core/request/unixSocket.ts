import type { CheckedTarget } from './targetGuard';

/** Stands before the path where an address is a Unix socket. */
const PREFIX = 'unix:';

/**
 * A server behind a Unix socket, in the place of the look-up of its name: the file is on this machine, whatever the URL's host
 * says. `path` is absolute.
 */
export function unixSocketTarget(url: string, path: string): CheckedTarget {
  return { host: new URL(url).hostname, addresses: [PREFIX + path], class: 'loopback', consent: 'none' };
}

/**
 * The path of a Unix socket, or null of an IP address.
 *
 * Examples: `unix:/run/app.sock` → `/run/app.sock`; `127.0.0.1` → null
 */
export function unixPathOf(address: string): string | null {
  return address.startsWith(PREFIX) ? address.slice(PREFIX.length) : null;
}
