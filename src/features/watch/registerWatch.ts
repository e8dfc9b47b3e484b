import { registerCommand } from '../../commands';
import type { Services } from '../../services';
import type { Disposable } from '../../util/disposable';

/** The command that begins and ends the watching of an endpoint. */
export function registerWatch({ targets, watches, errors }: Services): Disposable {
  return registerCommand(
    'watchEndpoint',
    async (argument) => {
      const located = await targets.resolve(argument);
      if (located) watches.toggle(located);
    },
    errors.report,
  );
}
