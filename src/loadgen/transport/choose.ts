import type { LoadProfile, TransportName } from '../../core/model/loadProfile';
import type { TransportReason } from '../../core/model/run';
import { UserError } from '../../util/errors';
import { SocketTransport } from './socket';
import type { LaneListener, Transport, TransportOptions } from './transport';
import type * as Undici from './undici';

/** Which transport a load goes over, and why; what is asked for yields to what only undici can do. */
export function nameTransport(
  { http2, transport }: Pick<LoadProfile, 'http2' | 'transport'>,
  hasProxy: boolean,
): { readonly name: TransportName; readonly reason: TransportReason } {
  if (transport === 'undici') return { name: 'undici', reason: 'asked' };
  if (hasProxy || http2) return { name: 'undici', reason: hasProxy ? 'proxy' : 'http2' };
  return { name: 'socket', reason: transport === 'socket' ? 'asked' : 'http1' };
}

/**
 * Makes the transport that a profile asks for; `auto` takes bare sockets for HTTP/1.1, and undici for HTTP/2 and through a
 * proxy. Fails with `proxy-transport` when what is asked for cannot go through a proxy.
 */
export function chooseTransport(
  profile: Pick<LoadProfile, 'http2' | 'transport'>,
  options: TransportOptions,
  listener: LaneListener,
): { readonly transport: Transport; readonly name: TransportName } {
  const { http2, transport } = profile;
  const hasProxy = options.proxy !== undefined;
  if (hasProxy && transport === 'socket') {
    throw new UserError('proxy-transport', 'Bare sockets go through no proxy: choose the transport undici, or auto.');
  }
  if (hasProxy && http2 && options.request.url.startsWith('http:')) {
    throw new UserError('proxy-transport', 'HTTP/2 goes through a proxy only with https: leave HTTP/2 out.');
  }
  const { name } = nameTransport(profile, hasProxy);
  if (name === 'socket') return { transport: new SocketTransport(options, listener), name };
  const { UndiciTransport } = loadUndici();
  return { transport: new UndiciTransport({ ...options, http2 }, listener), name };
}

/** undici takes longer to start than everything else together, so that only a load that goes over it waits for that. */
function loadUndici(): typeof Undici {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- An import() could not be waited for here.
  return require('./undici') as typeof Undici;
}
