import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

// Reads of Linux's /proc. Synchronous on purpose: these files are made by the kernel on the spot and never wait for a disk.

/** One row of /proc/net/tcp or tcp6. Addresses as text, IPv4-mapped ones as IPv4. */
export interface TcpSocket {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly isListening: boolean;
  readonly inode: string;
}

export interface ProcessStat {
  readonly pid: number;
  /** The kernel's short name, at most 15 characters. */
  readonly name: string;
  readonly parentPid: number;
  /** CPU time of all its threads, those that have ended included, in ticks of 10 ms. */
  readonly cpuTicks: number;
  /** Ticks of 10 ms since the machine started. */
  readonly startTicks: number;
  readonly threads: number;
  /** The core that its main thread ran on last. */
  readonly core: number;
}

/** The kernel's USER_HZ, which is 100 on every architecture that Node runs on. */
export const TICKS_PER_S = 100;

const LISTEN = '0A';
/** The state 06 after the two ends. */
const TIME_WAIT_ROW = /^ *\d+: [0-9A-F:]+ [0-9A-F:]+ 06 /;

/** Every TCP socket that a process of this network namespace holds; empty when the table cannot be read. */
export function readTcpSockets(): readonly TcpSocket[] {
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => {
    try {
      return parseTcpTable(readFileSync(file, 'latin1'));
    } catch {
      return [];
    }
  });
}

/**
 * Parses a table as the kernel prints it; rows that do not fit are left out, and so are sockets of no process (inode 0): a
 * server that closes its connections leaves tens of thousands of them for a minute, which nobody asks for and which would take
 * a quarter of a second.
 *
 * Example: `0: 0100007F:1F90 00000000:0000 0A … 12345 …` → 127.0.0.1:8080, listening, inode 12345.
 */
export function parseTcpTable(text: string): readonly TcpSocket[] {
  return text.split('\n').flatMap((line) => {
    if (TIME_WAIT_ROW.test(line)) return [];
    const [, local, remote, state, , , , , , inode] = line.trim().split(/\s+/);
    if (inode === undefined || inode === '0') return [];
    const from = parseEnd(local);
    const to = parseEnd(remote);
    if (!from || !to) return [];
    return {
      localAddress: from.address,
      localPort: from.port,
      remoteAddress: to.address,
      remotePort: to.port,
      isListening: state === LISTEN,
      inode,
    };
  });
}

/** Inodes of the sockets that a process holds; empty when it is gone or belongs to somebody else. */
export function readSocketInodes(pid: number): readonly string[] {
  let names: string[];
  try {
    names = readdirSync(`/proc/${pid}/fd`);
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
}

/** Every process of this machine; empty where there is no /proc. */
export function listPids(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Null when the process is gone. */
export function readStat(pid: number): ProcessStat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name stands in parentheses and may hold some itself.
    const nameEnd = text.lastIndexOf(')');
    const fields = text
      .slice(nameEnd + 2)
      .split(' ')
      .map(Number);
    return {
      pid,
      name: text.slice(text.indexOf('(') + 1, nameEnd),
      parentPid: fields[1] ?? 0,
      cpuTicks: (fields[11] ?? 0) + (fields[12] ?? 0),
      startTicks: fields[19] ?? 0,
      threads: fields[17] ?? 1,
      core: fields[36] ?? 0,
    };
  } catch {
    return null;
  }
}

/** Resident memory in megabytes (2^20 bytes); null when the process is gone. */
export function readRssMB(pid: number): number | null {
  try {
    const kB = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return kB === undefined ? null : Number(kB) / 1024;
  } catch {
    return null;
  }
}

/** Time of all cores since the machine started, in ticks of 10 ms. */
export interface MachineTicks {
  readonly busy: number;
  readonly all: number;
}

/** Null where the kernel does not tell. */
export function readMachineTicks(): MachineTicks | null {
  try {
    const [first = ''] = readFileSync('/proc/stat', 'latin1').split('\n', 1);
    // user nice system idle iowait irq softirq steal; what guests used is within user and nice.
    const fields = first.split(/\s+/).slice(1, 9).map(Number);
    const all = fields.reduce((sum, ticks) => sum + ticks, 0);
    return { all, busy: all - (fields[3] ?? 0) - (fields[4] ?? 0) };
  } catch {
    return null;
  }
}

/** The arguments of a process; empty when they cannot be read. */
export function readArguments(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .split('\0')
      .filter((part) => part !== '');
  } catch {
    return [];
  }
}

/** The working directory of a process; null when it is gone or belongs to somebody else. */
export function readCwd(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

function parseEnd(text: string | undefined): { address: string; port: number } | null {
  const match = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/.exec(text ?? '');
  if (!match) return null;
  return { address: parseAddress(match[1] ?? ''), port: Number.parseInt(match[2] ?? '', 16) };
}

/** Words of 32 bits in the byte order of a little-endian machine. */
function parseAddress(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => [...Buffer.from(word, 'hex')].reverse());
  if (bytes.length === 4) return bytes.join('.');
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (isMapped) return bytes.slice(12).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  );
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
