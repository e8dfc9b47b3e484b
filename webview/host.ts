import { toDisposable } from '../src/util/disposable';
import { Channel, type Handlers, type Port } from '../src/protocol/channel';
import type { HostToPage, PageToHost } from '../src/protocol/page';

/** What the host's serializer needs to show the same runs again after a restart. */
export interface RememberedPage {
  readonly runId: string | null;
  readonly beforeId: string | null;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  setState(state: RememberedPage): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export type HostChannel = Channel<PageToHost, HostToPage>;

/** The page's end of the boundary. */
export interface Host {
  readonly channel: HostChannel;
  remember(page: RememberedPage): void;
}

/** Connects to the extension; may be called once, since the editor hands its API out once. */
export function connectHost(handlers: Handlers<HostToPage>, onFault: (error: unknown) => void): Host {
  const api = acquireVsCodeApi();
  const port: Port = {
    post: (message) => api.postMessage(message),
    onMessage: (listener) => {
      const receive = (event: MessageEvent<unknown>): void => listener(event.data);
      window.addEventListener('message', receive);
      return toDisposable(() => window.removeEventListener('message', receive));
    },
  };
  return { channel: new Channel(port, handlers, onFault), remember: (page) => api.setState(page) };
}
