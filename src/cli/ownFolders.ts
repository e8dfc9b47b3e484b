import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { folderKey } from '../platform/node/folderKey';

/** Folders of the command line's own, in the places that each system has for such things. */
export interface OwnFolders {
  /** For the time of a comparison. */
  readonly copies: string;
  /** What is kept of comparisons of one workspace. */
  readonly comparisonsOf: (workspace: string) => string;
}

/** XDG base directories on Linux, Library on macOS, LOCALAPPDATA on Windows. */
export function ownFolders(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): OwnFolders {
  const { cache, state } = baseFolders(env, platform, home);
  return {
    copies: join(cache, 'endpoint-profiler', 'copies'),
    comparisonsOf: (workspace) => {
      const key = folderKey(resolve(workspace));
      return join(state, 'endpoint-profiler', key, 'comparisons');
    },
  };
}

function baseFolders(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  home: string,
): { readonly cache: string; readonly state: string } {
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
    return { cache: local, state: local };
  }
  if (platform === 'darwin') {
    return { cache: join(home, 'Library', 'Caches'), state: join(home, 'Library', 'Application Support') };
  }
  return {
    cache: absolute(env['XDG_CACHE_HOME']) ?? join(home, '.cache'),
    state: absolute(env['XDG_STATE_HOME']) ?? join(home, '.local', 'state'),
  };
}

/** The specification has relative paths ignored. */
function absolute(path: string | undefined): string | null {
  return path?.startsWith('/') ? path : null;
}
