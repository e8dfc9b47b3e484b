import type { LoadModel } from '../model/loadProfile';
import { formatCount } from './format';

/**
 * Load in words.
 * Examples: "16 connections", "stages of up to 256 connections", "500 requests a second on at most 64 connections".
 */
export function loadPhrase(model: LoadModel): string {
  const most = model.stages ? 'stages of up to ' : '';
  if (model.kind === 'closed') {
    const inFlight = model.pipelining > 1 ? `, ${formatCount(model.pipelining)} requests in flight on each` : '';
    return `${most}${connectionsPhrase(model.connections)}${inFlight}`;
  }
  return `${most}${formatCount(model.ratePerS)} requests a second on at most ${connectionsPhrase(model.maxConnections)}`;
}

/** Examples: 1 → "1 connection", 1000 → "1,000 connections". */
export function connectionsPhrase(count: number): string {
  return `${formatCount(count)} connection${count === 1 ? '' : 's'}`;
}
