/** A TCP socket with the process that holds it, as a tool of the system lists it. */
export interface SocketRow {
  readonly pid: number;
  /** `0.0.0.0` or `::` for any; IPv6 without brackets. */
  readonly localAddress: string;
  readonly localPort: number;
  /** Null for a socket that listens. */
  readonly remote: { readonly address: string; readonly port: number } | null;
}

/** A process as a tool of the system lists it. */
export interface ProcessRow {
  readonly pid: number;
  readonly parentPid: number;
  /** Of all its threads since it began, milliseconds. */
  readonly cpuMs: number;
  readonly rssMB: number;
  /** Name of its program without a folder. */
  readonly name: string;
  readonly args: readonly string[];
  /** Where the tool tells. */
  readonly threads?: number;
}

/**
 * An address and its port as lsof and netstat write them; null for anything else.
 *
 * Examples: `127.0.0.1:8000`, `[::1]:8000`, `*:8000` → any address.
 */
export function parseEnd(text: string): { readonly address: string; readonly port: number } | null {
  const match = /^(?:\[([0-9a-fA-F:.%\w]+)\]|([\d.]+|\*)):(\d+)$/.exec(text);
  if (!match) return null;
  const address = match[1]?.replace(/%.*$/, '') ?? match[2] ?? '';
  return { address: address === '*' ? '0.0.0.0' : address, port: Number(match[3]) };
}
