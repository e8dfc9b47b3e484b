import { UserError } from '../../util/errors';
import { bareHost, portOf } from './urlPlace';

/** Environment variables, whatever their case. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a URL (`HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`), or `configured` in its place,
 * unless `NO_PROXY` leaves the host out; null for none. Fails with `proxy-url`. That this machine is never asked through a
 * proxy is for the caller, who knows which addresses a name has.
 *
 * Examples: `NO_PROXY=.example.org` leaves out `example.org` and `api.example.org`; `NO_PROXY=*` everything
 */
export function proxyFor(url: string, environment: Environment, configured: string | null = null): string | null {
  const target = new URL(url);
  const read = (name: string): string => (environment[name] ?? environment[name.toLowerCase()] ?? '').trim();
  const named =
    configured?.trim() || read(target.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') || read('ALL_PROXY');
  if (named === '' || isLeftOut(target, read('NO_PROXY'))) return null;
  return parseProxyUrl(named);
}

/** Checks the address of a proxy; one without a scheme is `http`. Fails with `proxy-url`. */
export function parseProxyUrl(text: string): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
    throw new UserError(
      'proxy-url',
      `${JSON.stringify(text.replace(/\/\/.*@/, '//…@'))} is not the address of a proxy: write it like http://proxy.example:3128.`,
    );
  }
  return url.href;
}

/** A proxy as it may be shown: without user and password. */
export function describeProxy(proxy: string): string {
  return new URL(proxy).origin;
}

function isLeftOut(target: URL, list: string): boolean {
  const host = bareHost(target).toLowerCase();
  const port = String(portOf(target));
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = entry, onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (onlyPort !== undefined && onlyPort !== port) return false;
      const domain = name
        .replace(/^\*?\./, '')
        .replace(/^\[|\]$/g, '')
        .toLowerCase();
      return host === domain || host.endsWith(`.${domain}`);
    });
}
