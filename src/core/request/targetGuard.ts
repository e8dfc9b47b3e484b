import ipaddr from 'ipaddr.js';
import { UserError } from '../../util/errors';
import { bareHost } from './urlPlace';

/**
 * Where an address leads, strictest last. `loopback`: this machine. `private`: RFC 1918, unique local and shared address
 * space. `public`: anybody else's machine. `link-local`: link-local addresses and the known addresses of cloud metadata
 * services, which hand out credentials.
 */
const TARGET_CLASSES = ['loopback', 'private', 'public', 'link-local'] as const;
export type TargetClass = (typeof TARGET_CLASSES)[number];

/** What must be asked before load goes to a target. */
export type TargetConsent = 'none' | 'remembered' | 'every-time';

/** A target that was looked up once; `addresses` is what a run may connect to, so that DNS cannot change in between. */
export interface CheckedTarget {
  /** As `URL.hostname` writes it, without the brackets of IPv6. */
  readonly host: string;
  readonly addresses: readonly string[];
  readonly class: TargetClass;
  readonly consent: TargetConsent;
}

/** Metadata services outside of the link-local ranges: AWS over IPv6, Alibaba, Azure, Oracle. */
const METADATA_ADDRESSES = new Set(['fd00:ec2::254', '100.100.100.200', '168.63.129.16', '192.0.0.192']);

const CONSENT: Readonly<Record<TargetClass, TargetConsent>> = {
  loopback: 'none',
  private: 'remembered',
  public: 'every-time',
  'link-local': 'every-time',
};

/**
 * The way a target must pass before anything is sent to it: the URL is read as `fetch` reads it, the name is resolved
 * once, and the strictest of its addresses decides. Rejects with `target-url` or `target-unknown-host`.
 *
 * Examples:
 *   `http://127.1:8000`, `http://0x7f000001`, `http://[::ffff:127.0.0.1]` → loopback
 *   `http://localhost.evil.example` → by what it resolves to
 *   `http://localhost@evil.example` → `target-url`
 */
export async function checkTarget(
  url: string,
  resolveHost: (host: string) => Promise<readonly string[]>,
): Promise<CheckedTarget> {
  const host = bareHost(parseTargetUrl(url));
  const addresses = ipaddr.isValid(host) ? [host] : await lookUp(host, resolveHost);
  const targetClass = strictest(addresses.map(classifyAddress));
  return { host, addresses, class: targetClass, consent: CONSENT[targetClass] };
}

/** An absolute http or https URL without userinfo; fails with `target-url` and the reason. */
export function parseTargetUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw targetUrl(`"${text}" is not a URL: write it like http://127.0.0.1:8000.`, cause);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw targetUrl(`"${url.protocol}" cannot be benchmarked: use a URL that begins with http:// or https://.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw targetUrl(
      `The URL must not carry a user name or password before "@${url.host}": send an Authorization header instead.`,
    );
  }
  return url;
}

/** The class of one literal address; anything that is no address is `public`. */
export function classifyAddress(address: string): TargetClass {
  const bare = address.split('%')[0] ?? address;
  if (!ipaddr.isValid(bare)) return 'public';
  const parsed = ipaddr.process(bare);
  if (METADATA_ADDRESSES.has(parsed.toString())) return 'link-local';
  switch (parsed.range()) {
    case 'loopback':
    case 'unspecified':
      return 'loopback';
    case 'private':
    case 'uniqueLocal':
    case 'carrierGradeNat':
      return 'private';
    case 'linkLocal':
      return 'link-local';
    default:
      return 'public';
  }
}

/** What the person is asked, naming the host and where it leads. */
export function describeTarget(target: CheckedTarget): string {
  const at = target.addresses.includes(target.host) ? '' : ` (${target.addresses.join(', ')})`;
  const where = {
    loopback: 'is this machine',
    private: 'is another machine in a private network',
    public: 'is on a public network; only load machines that are yours or whose owner agreed',
    'link-local': 'is a link-local or cloud metadata address, which may hand out credentials',
  }[target.class];
  return `${target.host}${at} ${where}.`;
}

async function lookUp(
  host: string,
  resolveHost: (host: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  let addresses: readonly string[];
  try {
    addresses = await resolveHost(host);
  } catch (cause) {
    throw unknownHost(host, cause);
  }
  if (addresses.length === 0) throw unknownHost(host);
  return [...new Set(addresses)];
}

function strictest(classes: readonly TargetClass[]): TargetClass {
  return TARGET_CLASSES[Math.max(...classes.map((each) => TARGET_CLASSES.indexOf(each)))] ?? 'public';
}

function targetUrl(sentence: string, cause?: unknown): UserError {
  return new UserError('target-url', sentence, { cause });
}

function unknownHost(host: string, cause?: unknown): UserError {
  return new UserError(
    'target-unknown-host',
    `The host "${host}" is not known: check the spelling, or use 127.0.0.1 for a server on this machine.`,
    { cause },
  );
}
