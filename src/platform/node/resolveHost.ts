import { lookup } from 'node:dns/promises';

/** Every address of a host as this machine's resolver tells it, the hosts file included. Rejects when there is none. */
export async function resolveHost(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}
