import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ComparisonStore } from '../../platform/node/comparisonStore';
import { ManyStore } from '../../platform/node/manyStore';
import type { SupervisorCommand } from '../../servers/runningServer';
import type { CommitServices } from '../../session/compareWithCommit';
import type { RunParts } from '../../services';

export interface ComparePlaces {
  readonly supervisor: SupervisorCommand;
  /** Where the copies go for the time of a comparison. */
  readonly storage: string;
  /** Where finished comparisons are kept, a folder for each workspace folder. */
  readonly comparisons: string;
}

/** What a comparison of two sides needs, with the editor's answers. `folder` is that of the workspace, as a path. */
export function pairServices(parts: RunParts, places: ComparePlaces, folder: string): CommitServices {
  const { session, serverOutput, pairs } = parts;
  const { secretOf, envOf, loginOf } = session;
  return {
    prompts: session.prompts,
    consents: session.consents,
    resolveHost: session.resolveHost,
    ...(secretOf ? { secretOf: (name: string) => secretOf(name, folder) } : {}),
    ...(envOf ? { envOf: (name: string) => envOf(name, folder) } : {}),
    ...(loginOf ? { loginOf: (name: string) => loginOf(name, folder) } : {}),
    load: pairs,
    storage: places.storage,
    supervisor: places.supervisor,
    onOutput: (_side, text) => serverOutput.append(text),
  };
}

/** Comparisons of single endpoints of a workspace folder, given by its URI. */
export function comparisonsOf({ comparisons }: ComparePlaces, folder: string): ComparisonStore {
  return new ComparisonStore(join(comparisons, nameOf(folder)));
}

/** Comparisons of many endpoints of a workspace folder, given by its URI. */
export function manyOf({ comparisons }: ComparePlaces, folder: string): ManyStore {
  return new ManyStore(join(comparisons, nameOf(folder), 'many'));
}

function nameOf(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 16);
}
