import { isTestFile } from '../files';
import { callFunction } from './calls';
import type { Machine } from './machine';
import { settle, type CallSite } from './values';

/** Libraries that run a program's commands by a field of a struct. */
const COMMANDS = /(?:\/cobra|\/cli(?:\/v\d+)?)\.(?:Command|App)$/;

/**
 * Follows functions of Go that a library is given to call: without parameters (`g.Go(func() error { ... })`), or as what a
 * command runs. Programs are put together in them.
 */
export function callHandedOver(machine: Machine, path: string, site: CallSite): void {
  if (!site.place.file.endsWith('.go') || isTestFile(site.place.file)) return;
  for (const arg of site.args) {
    const value = settle(arg.value);
    if (value.t !== 'func' || machine.called.has(value.fn)) continue;
    const params = value.fn.params.length - (value.self ? 1 : 0);
    if (params > 0 && !COMMANDS.test(path)) continue;
    machine.entries.add(value.fn);
    callFunction(machine, value, { ...site, args: [] });
  }
}
