import { parseEnd, type SocketRow } from './rows';

/** Lists sockets with numbers for names and with the process that holds each. */
export const NETSTAT = ['-ano'] as const;

/**
 * Parses the TCP rows of Windows' `netstat -ano`, IPv4 and IPv6. The state is in the language of the system, so that a socket
 * that listens is known by its other end, which is port 0.
 *
 * Example: `  TCP    127.0.0.1:8000   0.0.0.0:0   LISTENING   4242`.
 */
export function parseNetstat(text: string): readonly SocketRow[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const pid = words.at(-1) ?? '';
    if (words[0] !== 'TCP' || words.length < 4 || !/^\d+$/.test(pid)) return [];
    const local = parseEnd(words[1] ?? '');
    const remote = parseEnd(words[2] ?? '');
    if (!local || !remote) return [];
    return [
      {
        pid: Number(pid),
        localAddress: local.address,
        localPort: local.port,
        remote: remote.port === 0 ? null : remote,
      },
    ];
  });
}
