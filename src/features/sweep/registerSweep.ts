import { registerCommand } from '../../commands';
import type { Services } from '../../services';
import type { Disposable } from '../../util/disposable';

/** The command that sweeps an endpoint; what comes out is on the results page. */
export function registerSweep({ targets, sweeps, errors }: Services): Disposable {
  return registerCommand(
    'sweepEndpoint',
    async (argument) => {
      const located = await targets.resolve(argument);
      if (located) await sweeps.sweep(located);
    },
    errors.report,
  );
}
