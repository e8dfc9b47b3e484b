import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { pickAddress } from '../../src/loadgen/pickAddress';

const FAMILIES = ['127.0.0.1', '::1'];

describe('a name with addresses of both families', () => {
  for (const host of FAMILIES) {
    it(`is loaded where something listens: ${host}, whichever comes first`, async () => {
      const server = createServer((socket) => socket.end()).listen({ host, port: 0, ipv6Only: true });
      await once(server, 'listening');
      const address = server.address();
      const url = new URL(`http://localhost:${typeof address === 'object' && address ? address.port : 0}/`);
      assert.equal(await pickAddress(FAMILIES, url), host);
      assert.equal(await pickAddress(FAMILIES.toReversed(), url), host);
      server.close();
      await once(server, 'close');
      assert.equal(await pickAddress(FAMILIES, url), '127.0.0.1', 'the first where nothing does');
    });
  }
});
