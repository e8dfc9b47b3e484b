import type { ErrorKind } from '../model/run';

/** What each kind of error means, in the words that a person reads. */
export const ERROR_LABELS: Readonly<Record<ErrorKind, string>> = {
  refused: 'Connection refused',
  reset: 'Connection reset or closed early',
  timeout: 'No whole answer in time',
  dns: 'Name does not resolve',
  tls: 'TLS handshake or certificate',
  malformed: 'Answer is not HTTP',
  ports: 'No free local port',
  descriptors: 'Too many open files',
  unreachable: 'Host not reachable',
  check: 'Answer is not the expected one',
  other: 'Other error',
};
