import { connect } from 'node:net';
import { portOf } from '../core/request/urlPlace';

const ATTEMPT_MS = 1000;

/**
 * The first address on which something accepts a connection, or the first of all when none does: `localhost` is often
 * two addresses and a server listens on one. Load then goes to that address alone, without a look-up per connection.
 */
export async function pickAddress(addresses: readonly string[], url: URL): Promise<string> {
  const first = addresses[0] ?? url.hostname;
  if (addresses.length < 2) return first;
  const port = portOf(url);
  for (const address of addresses) {
    if (await accepts(address, port)) return address;
  }
  return first;
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: ATTEMPT_MS });
    const answer = (isOpen: boolean) => () => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', answer(true));
    socket.once('error', answer(false));
    socket.once('timeout', answer(false));
  });
}
