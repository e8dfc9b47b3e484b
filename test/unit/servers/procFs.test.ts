import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { nameProcess } from '../../../src/servers/processName';
import { parseTcpTable, readStat, readTcpSockets } from '../../../src/servers/procFs';

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const REST = '00000000:00000000 00:00000000 00000000     0        0 4242 1 0000000000000000 100 0 0 10 0';

describe('parseTcpTable', () => {
  it('reads addresses of both families, mapped ones as IPv4', () => {
    const rows = parseTcpTable(
      HEAD +
        `   0: 0100007F:1F90 00000000:0000 0A ${REST}\n` +
        `   1: 00000000000000000000000001000000:1F91 00000000000000000000000000000000:0000 0A ${REST}\n` +
        `   2: 0000000000000000FFFF00000100007F:1F92 0000000000000000FFFF00000200007F:C000 01 ${REST}\n`,
    );
    assert.deepEqual(
      rows.map((row) => [
        row.localAddress,
        row.localPort,
        row.remoteAddress,
        row.remotePort,
        row.isListening,
        row.inode,
      ]),
      [
        ['127.0.0.1', 8080, '0.0.0.0', 0, true, '4242'],
        ['::1', 8081, '::', 0, true, '4242'],
        ['127.0.0.1', 8082, '127.0.0.2', 49152, false, '4242'],
      ],
    );
  });

  it('leaves out sockets of no process, such as closed connections that stay reserved', () => {
    const noOwner = '00000000:00000000 03:000009C2 00000000     0        0 0 3 0000000000000000';
    const rows = parseTcpTable(
      HEAD +
        `   0: 0100007F:1F90 0100007F:C000 06 ${noOwner}\n` +
        `12345: 0100007F:1F90 0100007F:C001 08 ${noOwner}\n` +
        `   2: 0100007F:1F90 0100007F:0606 01 ${REST}\n`,
    );
    assert.deepEqual(
      rows.map((row) => row.remotePort),
      [0x0606],
    );
  });

  it('leaves out rows that do not fit', () => {
    assert.deepEqual(parseTcpTable(`${HEAD}garbage\n 0: ZZ:1 00:0 0A\n\n`), []);
  });
});

describe('the tables of this machine', { skip: process.platform !== 'linux' }, () => {
  for (const host of ['127.0.0.1', '::']) {
    it(`show a server on ${host}`, async () => {
      const server = createServer().listen(0, host);
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const row = readTcpSockets().find((socket) => socket.localPort === port && socket.isListening);
      server.close();
      assert.equal(row?.localAddress, host);
    });
  }

  it('tell the parent of this process, and nothing of one that is not there', () => {
    assert.equal(readStat(process.pid)?.parentPid, process.ppid);
    assert.equal(readStat(2 ** 22 + 1), null);
  });
});

describe('nameProcess', () => {
  for (const [command, expected] of [
    ['/usr/bin/python3 /app/.venv/bin/gunicorn -w 2 -b 127.0.0.1:8000 app:app', 'gunicorn app:app'],
    ['python -m http.server 8000', 'http.server'],
    ['python3 -m flask --app shop.app:app run --port 5000', 'flask run shop.app:app'],
    ['/usr/local/bin/node --inspect src/server.js', 'node server.js'],
    ['node', 'node'],
    ['python manage.py runserver 127.0.0.1:8000', 'python manage.py runserver'],
    ['/usr/lib/postgresql/16/bin/postgres -D /data', 'postgres'],
    ['python3 -c import-x', 'python3'],
    ['uvicorn main:app --reload', 'uvicorn main:app'],
  ] as const) {
    it(`calls "${command}" ${expected}`, () => {
      assert.equal(nameProcess(command.split(' '), 'short'), expected);
    });
  }

  it('takes a title that a process gave itself, and the short name where there is nothing', () => {
    assert.equal(nameProcess(['gunicorn: master [app:app]'], 'gunicorn'), 'gunicorn: master [app:app]');
    assert.equal(nameProcess([], 'kthreadd'), 'kthreadd');
  });
});
