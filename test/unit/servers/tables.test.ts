import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { listeningProcesses } from '../../../src/servers/listeningProcesses';
import { parseLsofFolders, parseLsofSockets } from '../../../src/servers/tables/lsofOutput';
import { parseNetstat } from '../../../src/servers/tables/netstatOutput';
import { parsePowershell, processPipeline } from '../../../src/servers/tables/powershellOutput';
import { parseCpuTime, parsePs } from '../../../src/servers/tables/psOutput';
import { MAC_TABLES, systemTables, type SystemTables } from '../../../src/servers/tables/systemTables';

// Written from the manuals of lsof, ps, netstat and Get-CimInstance, not recorded on those systems; what this machine has of
// them is asked for real below.

describe('what lsof prints, as its manual says', () => {
  it('is sockets with their ends, listening or not, in both families', () => {
    const text =
      'p501\nf5\nn127.0.0.1:8000\nTST=LISTEN\nTQR=0\nf6\nn[::1]:8001\nTST=LISTEN\nf7\nn*:8002\nTST=LISTEN\n' +
      'f8\nn127.0.0.1:50412->127.0.0.1:5432\nTST=ESTABLISHED\nf9\nn*:*\nTST=CLOSED\np777\nf3\nn127.0.0.1:5432->127.0.0.1:50412\nTST=ESTABLISHED\n';
    assert.deepEqual(parseLsofSockets(text), [
      { pid: 501, localAddress: '127.0.0.1', localPort: 8000, remote: null },
      { pid: 501, localAddress: '::1', localPort: 8001, remote: null },
      { pid: 501, localAddress: '0.0.0.0', localPort: 8002, remote: null },
      { pid: 501, localAddress: '127.0.0.1', localPort: 50412, remote: { address: '127.0.0.1', port: 5432 } },
      { pid: 777, localAddress: '127.0.0.1', localPort: 5432, remote: { address: '127.0.0.1', port: 50412 } },
    ]);
  });

  it('is working directories by process', () => {
    assert.deepEqual(
      [...parseLsofFolders('p501\nfcwd\nn/Users/me/my shop\np502\nfcwd\nn/\n')],
      [
        [501, '/Users/me/my shop'],
        [502, '/'],
      ],
    );
  });

  it('is nothing where nothing is printed', () => {
    assert.deepEqual(parseLsofSockets(''), []);
    assert.deepEqual(parseLsofSockets('lsof: status error on x\n'), []);
  });
});

describe('what ps prints, as its manual says', () => {
  it('is processes with their CPU time and memory', () => {
    assert.deepEqual(
      parsePs(
        '    1     0   3:12.07  12288 /sbin/launchd\n  501     1   0:01.25  20480 /usr/bin/python3 app.py\n garbage\n',
      ),
      [
        { pid: 1, parentPid: 0, cpuMs: 192_070, rssMB: 12, name: 'launchd', args: ['/sbin/launchd'] },
        { pid: 501, parentPid: 1, cpuMs: 1250, rssMB: 20, name: 'python3', args: ['/usr/bin/python3', 'app.py'] },
      ],
    );
  });

  it('is the title that a process gave itself', () => {
    const [row] = parsePs('9 1 0:00.01 100 postgres: checkpointer \n');
    assert.deepEqual([row?.name, row?.args], ['postgres', ['postgres: checkpointer']]);
  });

  it('is time in any of its lengths', () => {
    assert.deepEqual(['0:01.25', '00:00:02', '100:00.00', '1-02:00:00', 'x'].map(parseCpuTime), [
      1250,
      2000,
      6_000_000,
      93_600_000,
      null,
    ]);
  });
});

describe('what netstat prints on Windows, as its manual says', () => {
  const HEAD =
    '\r\nActive Connections\r\n\r\n  Proto  Local Address          Foreign Address        State           PID\r\n';
  it('is sockets of both families, whatever language the state is in', () => {
    const text =
      `${HEAD}  TCP    0.0.0.0:8000           0.0.0.0:0              LISTENING       4242\r\n` +
      '  TCP    [::1]:8001             [::]:0                 ABHÖREN         4242\r\n' +
      '  TCP    127.0.0.1:50000        127.0.0.1:5432         HERGESTELLT     4242\r\n' +
      '  TCP    [fe80::1%12]:9000      [::]:0                 LISTENING       7\r\n' +
      '  UDP    0.0.0.0:5353           *:*                                    99\r\n';
    assert.deepEqual(
      parseNetstat(text).map(({ pid, localAddress, localPort, remote }) => [
        pid,
        localAddress,
        localPort,
        remote?.port,
      ]),
      [
        [4242, '0.0.0.0', 8000, undefined],
        [4242, '::1', 8001, undefined],
        [4242, '127.0.0.1', 50000, 5432],
        [7, 'fe80::1', 9000, undefined],
      ],
    );
  });
});

describe('what Get-CimInstance prints, as its manual says', () => {
  const ROW = {
    ProcessId: 4242,
    ParentProcessId: 1,
    Name: 'python.exe',
    CommandLine: '"C:\\Program Files\\Python\\python.exe" -m gunicorn app:app',
    KernelModeTime: 10_000_000,
    UserModeTime: '5000000',
    WorkingSetSize: 20971520,
  };
  it('is processes, many or one, with times in steps of 100 ns', () => {
    const expected = {
      pid: 4242,
      parentPid: 1,
      cpuMs: 1500,
      rssMB: 20,
      name: 'python',
      args: ['C:\\Program Files\\Python\\python.exe', '-m', 'gunicorn', 'app:app'],
    };
    assert.deepEqual(parsePowershell(`\uFEFF${JSON.stringify([ROW])}\r\n`), [expected]);
    assert.deepEqual(parsePowershell(JSON.stringify(ROW)), [expected]);
  });

  it('has no command line for processes of others, and may be nothing', () => {
    assert.deepEqual(parsePowershell(JSON.stringify({ ...ROW, CommandLine: null }))[0]?.args, ['python']);
    for (const text of ['', 'Get-CimInstance : Access denied', 'null', '[null]'])
      assert.deepEqual(parsePowershell(text), []);
  });

  it('is asked for with a filter that cannot end its own quotes', () => {
    assert.match(processPipeline("a'b"), /-Filter 'a''b'/);
    assert.doesNotMatch(processPipeline(''), /Filter/);
  });
});

describe('listeningProcesses on a system without /proc', () => {
  it('names the server, its working directory and where it is reached', async () => {
    const tables: SystemTables = {
      sockets: () =>
        Promise.resolve([
          { pid: 12, localAddress: '0.0.0.0', localPort: 8000, remote: null },
          { pid: 11, localAddress: '0.0.0.0', localPort: 8000, remote: null },
          { pid: 11, localAddress: '127.0.0.1', localPort: 50000, remote: { address: '127.0.0.1', port: 5432 } },
        ]),
      processes: (pids) =>
        Promise.resolve(
          parsePs(
            '11 1 0:01.00 1000 gunicorn -k gevent app:app\n12 11 0:01.00 1000 gunicorn -k gevent app:app\n',
          ).filter(({ pid }) => pids?.includes(pid) === true),
        ),
      folders: () => Promise.resolve(new Map([[11, '/shop']])),
    };
    assert.deepEqual((await listeningProcesses(tables)).processes, [
      {
        pid: 11,
        name: 'gunicorn, 1 worker, gevent, app:app, :8000',
        commandLine: 'gunicorn -k gevent app:app',
        cwd: '/shop',
        host: '127.0.0.1',
        port: 8000,
      },
    ]);
  });

  it('has tables on macOS and Windows and none on Linux', () => {
    assert.ok(systemTables('darwin'));
    assert.ok(systemTables('win32'));
    assert.equal(systemTables('linux'), null);
  });

  const hasTools = ['lsof', 'ps'].every((tool) => spawnSync(tool, ['-v']).error === undefined);
  it('finds this very process by lsof and ps', { skip: !hasTools && 'needs lsof and ps' }, async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const found = (await listeningProcesses(MAC_TABLES)).processes.find((each) => each.port === port);
    server.close();
    assert.deepEqual([found?.pid, found?.cwd, found?.host], [process.pid, process.cwd(), '127.0.0.1']);
  });
});
