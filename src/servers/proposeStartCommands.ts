import type { FolderFacts, ProposedServer } from './propose/folderFacts';
import { proposeBuilds } from './propose/proposeBuilds';
import { proposeLaunch } from './propose/proposeLaunch';
import { proposeNode } from './propose/proposeNode';
import { proposeProcfile } from './propose/proposeProcfile';
import { proposePyproject } from './propose/proposePyproject';
import { proposePython } from './propose/proposePython';

/**
 * Commands that probably start the application of a folder, likeliest first, each told a port or on the one that it is known
 * to take. Nothing is run.
 *
 * Examples: `app = Flask(__name__)` in `shop/app.py` → `python3 -m flask --app shop.app:app run --port {port}`;
 * a script `dev` → `npm run dev` with `PORT={port}`.
 */
export function proposeStartCommands(facts: FolderFacts): readonly ProposedServer[] {
  const all = [
    ...proposePython(facts),
    ...proposeNode(facts),
    ...proposeProcfile(facts),
    ...proposePyproject(facts),
    ...proposeLaunch(facts),
    ...proposeBuilds(facts),
  ];
  const seen = new Set<string>();
  return all.filter(({ server }) => {
    const key = JSON.stringify([server.baseUrl, server.start]);
    return !seen.has(key) && seen.add(key);
  });
}
