// Ends a process with everything it started. VS Code forks extension hosts, watchers and terminals of its own; ending the
// first process alone would leave them behind.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** Every process of this machine as `{ pid, parent, command }`; an empty list where none can be read. */
export function listProcesses() {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(readLinuxProcess)
      .filter((entry) => entry !== null);
  }
  if (process.platform === 'win32') return [];
  const table = execFileSync('ps', ['-axo', 'pid=,ppid=,command='], { encoding: 'utf8' });
  return table
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, pid, parent, command]) => ({ pid: Number(pid), parent: Number(parent), command }));
}

function readLinuxProcess(name) {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
    // The name in parentheses may itself hold spaces and parentheses: the fields begin after the last one.
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z') return null;
    const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid: Number(name), parent: Number(parent), command };
  } catch {
    return null; // It ended while the list was read.
  }
}

/** The processes below `rootPid`, nearest first. */
export function listDescendants(rootPid) {
  const all = listProcesses();
  const found = [];
  let parents = new Set([rootPid]);
  while (parents.size > 0) {
    const children = all.filter((entry) => parents.has(entry.parent));
    found.push(...children);
    parents = new Set(children.map((entry) => entry.pid));
  }
  return found;
}

/** True while the process runs. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || readLinuxProcess(String(pid)) !== null;
  } catch {
    return false;
  }
}

/** Asks `rootPid` and everything below it to end, then ends by force what is left after `graceMs`. */
export async function stopTree(rootPid, graceMs = 3000) {
  if (process.platform === 'win32') {
    try {
      execFileSync('taskkill', ['/pid', String(rootPid), '/t', '/f'], { stdio: 'ignore' });
    } catch {
      // It had ended already.
    }
    return;
  }
  const doomed = new Set([rootPid, ...listDescendants(rootPid).map((entry) => entry.pid)]);
  for (const pid of doomed) send(pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while ([...doomed].some(isAlive) && Date.now() < deadline) {
    for (const { pid } of listDescendants(rootPid)) doomed.add(pid);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const pid of doomed) if (isAlive(pid)) send(pid, 'SIGKILL');
}

function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended on its own.
  }
}
