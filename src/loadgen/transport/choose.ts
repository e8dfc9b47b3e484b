import type { LoadProfile, TransportName } from '../../core/model/loadProfile';
import { SocketTransport } from './socket';
import type { LaneListener, Transport, TransportOptions } from './transport';
import { UndiciTransport } from './undici';

/** Makes the transport that a profile asks for; `auto` takes bare sockets for HTTP/1.1 and undici for HTTP/2. */
export function chooseTransport(
  profile: LoadProfile,
  options: TransportOptions,
  listener: LaneListener,
): { readonly transport: Transport; readonly name: TransportName } {
  if (profile.http2 || profile.transport === 'undici') {
    return { transport: new UndiciTransport({ ...options, http2: profile.http2 }, listener), name: 'undici' };
  }
  return { transport: new SocketTransport(options, listener), name: 'socket' };
}
