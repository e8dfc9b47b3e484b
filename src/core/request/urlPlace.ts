/** The port that a URL leads to: that of its scheme where it names none. */
export function portOf({ port, protocol }: Pick<URL, 'port' | 'protocol'>): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/**
 * The host of a URL as sockets and resolvers take it: without the brackets of IPv6.
 *
 * Examples: `http://[::1]:8000/` → `::1`; `http://localhost/` → `localhost`.
 */
export function bareHost({ hostname }: Pick<URL, 'hostname'>): string {
  return hostname.replace(/^\[|\]$/g, '');
}
