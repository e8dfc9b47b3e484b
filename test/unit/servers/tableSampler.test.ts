import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAlive } from '../../../scripts/processTree.mjs';
import { warnOfDebugServer } from '../../../src/core/request/debugServer';
import { TableSampler } from '../../../src/servers/tableSampler';
import { parseLsofSockets } from '../../../src/servers/tables/lsofOutput';
import { parseNetstat } from '../../../src/servers/tables/netstatOutput';
import { parsePowershell } from '../../../src/servers/tables/powershellOutput';
import { parsePs, parsePsDetails, psDetails } from '../../../src/servers/tables/psOutput';
import { ShellSession } from '../../../src/servers/tables/shellSession';
import type { SystemTables } from '../../../src/servers/tables/systemTables';
import { listenersIn, peersIn, serviceRootIn } from '../../../src/servers/tables/tableTree';
import { until } from '../../support/until';

// No macOS and no Windows is at hand: the texts are written as the manuals of ps, lsof, netstat and Get-CimInstance say, and what
// is told to the sampler is moved on by the test.

const LSOF = `p501
f7
n127.0.0.1:8000
TST=LISTEN
f9
n127.0.0.1:50412->127.0.0.1:5432
TST=ESTABLISHED
p502
f7
n127.0.0.1:8000
TST=LISTEN
p700
f8
n127.0.0.1:8000->127.0.0.1:50999
TST=ESTABLISHED
p801
f5
n127.0.0.1:5432->127.0.0.1:50412
TST=ESTABLISHED
`;

function psAt(ms: number, more = ''): string {
  const time = (base: number, share: number): string => `0:${((base + ms * share) / 1000).toFixed(2).padStart(5, '0')}`;
  return `    1     0   3:12.07  12288 /sbin/launchd
  400     1   0:00.50  20480 node /shop/node_modules/.bin/nodemon --exec gunicorn
  501   400   ${time(2000, 0.02)}  20480 /venv/bin/python gunicorn app:app
  502   501   ${time(1000, 0.9)}  40960 /venv/bin/python gunicorn app:app
  800     1   0:09.00  10240 /opt/homebrew/bin/postgres -D data
  801   800   ${time(500, 0.25)}  30720 postgres: shop shop 127.0.0.1(50412) SELECT
${more}`;
}

/** Tables of a system whose processes go on while the test lets time pass. */
function macTables(text: () => string): SystemTables & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    sockets: () => Promise.resolve(parseLsofSockets(LSOF)),
    processes: (pids) => {
      asked.push(pids === null ? 'all' : 'some');
      return Promise.resolve(parsePs(text()).filter(({ pid }) => pids === null || pids.includes(pid)));
    },
    folders: (pids) => Promise.resolve(new Map(pids.map((pid) => [pid, pid >= 400 && pid < 600 ? '/shop' : '/']))),
    details: () =>
      Promise.resolve(parsePsDetails('S+X /venv/bin/python gunicorn app:app FLASK_DEBUG=1 API_KEY=secret')),
  };
}

describe('the sampler on a system without /proc', () => {
  it('counts the tree and the services it uses within the measured phase only, by the tools of macOS', async () => {
    let cpuMs = 0;
    const sampler = new TableSampler(
      8000,
      macTables(() => psAt(cpuMs)),
      20,
    );
    await sampler.settled();
    assert.equal(sampler.commandLine, '/venv/bin/python gunicorn app:app');
    cpuMs = 5000;
    sampler.begin();
    await sampler.settled();
    await pause(400);
    cpuMs = 5400;
    sampler.end();
    await sampler.settled();
    cpuMs = 9000;
    const report = sampler.report();
    sampler.dispose();
    assert.deepEqual(
      report?.processes.map(({ pid, role, service }) => [pid, role, service]),
      [
        [502, 'server', undefined],
        [501, 'server', undefined],
        [801, 'dependency', 'PostgreSQL'],
        [800, 'dependency', 'PostgreSQL'],
      ],
    );
    // What was used before and after the phase would be ten times as much, and how long the phase took is the machine's affair.
    const [worker = 0, master = 0, backend = 0, idle = 0] = report.processes.map(({ cpuPercent }) => cpuPercent);
    assert.ok(worker > 0 && worker < 95, `${worker} %`);
    assert.ok(Math.abs(backend / worker - 100 / 360) < 0.03, `${backend} of ${worker}`);
    assert.ok(master / worker < 0.06, `${master} of ${worker}`);
    assert.equal(idle, 0);
    const lanes = sampler.takeMoments().at(-1)?.lanes ?? [];
    assert.deepEqual(
      lanes.map(({ role, name }) => `${role} ${name}`),
      ['server gunicorn app:app', 'dependency PostgreSQL'],
    );
  });

  it('counts a process from its birth when it was born within the measured phase', async () => {
    let more = '';
    const tables = macTables(() => psAt(0, more));
    const sampler = new TableSampler(8000, tables, 20);
    sampler.begin();
    await sampler.settled();
    more = '  503   501   0:00.20  1024 /venv/bin/python gunicorn app:app\n';
    // The tree is looked up at every fifth sample.
    const looks = (): number => tables.asked.filter((each) => each === 'all').length;
    const before = looks();
    while (looks() < before + 2) await pause(20);
    await pause(300);
    sampler.end();
    await sampler.settled();
    const born = sampler.report()?.processes.find(({ pid }) => pid === 503);
    sampler.dispose();
    assert.ok(born && born.cpuPercent > 0);
  });

  it('warns of what started the server, of its environment and of its debugger, and keeps nothing else of it', async () => {
    const sampler = new TableSampler(
      8000,
      macTables(() => psAt(0)),
    );
    await sampler.settled();
    sampler.dispose();
    assert.deepEqual(sampler.signs.parents, ['node /shop/node_modules/.bin/nodemon --exec gunicorn']);
    assert.deepEqual(sampler.signs.environment, { FLASK_DEBUG: '1' });
    const [warning] = warnOfDebugServer(sampler.signs, undefined);
    assert.match(warning?.message ?? '', /reloads.*debugger switched on.*debugger is attached/);
  });

  it('reports nothing where nobody listens, and asks no more', async () => {
    const tables = macTables(() => psAt(0));
    const sampler = new TableSampler(9, tables, 10);
    sampler.begin();
    await pause(60);
    sampler.end();
    await sampler.settled();
    assert.equal(sampler.report(), null);
    assert.deepEqual(tables.asked, []);
    sampler.dispose();
  });

  it('reads CPU, memory and threads as Windows tells them', () => {
    const row = { ProcessId: 12, ParentProcessId: 4, Name: 'node.exe', CommandLine: 'node server.js', ThreadCount: 11 };
    const [process] = parsePowershell(
      JSON.stringify({ ...row, KernelModeTime: 0, UserModeTime: 25_000_000, WorkingSetSize: 2 ** 20 }),
    );
    assert.deepEqual([process?.cpuMs, process?.rssMB, process?.threads], [2500, 1, 11]);
    const sockets = parseNetstat(
      '  TCP    [::]:8000   [::]:0   LISTENING   12\r\n  TCP    127.0.0.1:8000   127.0.0.1:9   ESTABLISHED   12\r\n',
    );
    assert.deepEqual(listenersIn(sockets, 8000), [12]);
  });
});

describe('the tree of a table', () => {
  const sockets = parseLsofSockets(LSOF);
  it('has the eldest listener first, services without clients, and the process that a service started with', () => {
    const rows = parsePs(psAt(0));
    assert.deepEqual(listenersIn(sockets, 8000, [...rows].reverse()), [501, 502]);
    assert.deepEqual(peersIn(sockets, new Set([501, 502]), 8000), [801]);
    assert.equal(serviceRootIn(rows, 801), 800);
    assert.equal(serviceRootIn(rows, 501), 501);
  });
});

describe('what ps tells of one process', () => {
  it('is asked for by its pid, and read with values that have spaces', () => {
    assert.deepEqual(psDetails(7).slice(-2), ['-p', '7']);
    const text =
      'Ss   node server.js NODE_OPTIONS=--inspect --enable-source-maps HOME=/Users/me NODE_ENV=development\n';
    assert.deepEqual(parsePsDetails(text), {
      environment: { NODE_ENV: 'development', NODE_OPTIONS: '--inspect --enable-source-maps' },
      isTraced: false,
    });
    assert.deepEqual(parsePsDetails(''), { environment: {}, isTraced: false });
  });
});

describe('a shell that is kept', { skip: process.platform === 'win32' }, () => {
  it('answers one question after the other, in their order, and starts again when it has ended', async () => {
    const shell = new ShellSession('sh', [], (text) => `echo '${text}'`);
    const answers = await Promise.all([shell.ask('echo $$'), shell.ask('echo two; echo lines'), shell.ask('echo $$')]);
    assert.equal(answers[0], answers[2]);
    assert.equal(answers[1], 'two\nlines\n');
    assert.equal(await shell.ask('exit 3'), '');
    assert.match(await shell.ask('echo back'), /^back/);
    const pid = Number(await shell.ask('echo $$'));
    shell.close();
    await until('the shell is gone', () => !isAlive(pid));
  });

  it('has nothing to say where there is no such shell', async () => {
    assert.equal(await new ShellSession('/no/such/shell', [], (text) => text).ask('x'), '');
  });
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
