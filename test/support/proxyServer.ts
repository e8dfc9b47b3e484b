import { createServer, request as sendRequest, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A small real proxy: passes plain requests on and opens tunnels, to one port of this machine whatever host is named. */
export interface ProxyServer {
  readonly url: string;
  /** First lines of what it was asked, in order. */
  readonly asked: string[];
  readonly credentials: (string | undefined)[];
  close(): void;
}

/** `refusesWith`: answers every CONNECT with this status. */
export async function startProxyServer(
  ports: { http: number; https: number },
  refusesWith?: number,
): Promise<ProxyServer> {
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    asked.push(`${method} ${url}`);
    credentials.push(headers['proxy-authorization']);
    const target = new URL(url);
    const path = target.pathname + target.search;
    const onward = sendRequest({ host: '127.0.0.1', port: ports.http, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on('connect', (incoming, client: Socket, head: Buffer) => {
    asked.push(`CONNECT ${incoming.url ?? ''}`);
    credentials.push(incoming.headers['proxy-authorization']);
    if (refusesWith !== undefined) {
      client.end(`HTTP/1.1 ${refusesWith} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const onward = connect(ports.https, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      onward.pipe(client);
      client.pipe(onward);
    });
    for (const socket of [client, onward]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        onward.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    credentials,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
