import { join } from 'node:path';
import { parentPort, type MessagePort } from 'node:worker_threads';
import { isDiscoveryFile } from '../core/discovery/files';
import { SourceParser } from '../core/discovery/parse';
import type { SourceChange } from '../core/discovery/sources';
import { WorkspaceIndex } from '../core/discovery/workspaceIndex';
import { keepWalked, readSources, walkFolder } from '../platform/node/fileWalker';
import { wasmFrom } from '../platform/node/wasmFiles';
import { Channel, type Port } from '../protocol/channel';
import type { FileChange, HostToIndexer, IndexerToHost } from '../protocol/indexer';
import { describeError, UserError } from '../util/errors';
import { toDisposable } from '../util/disposable';

/** Thread entry: keeps one index per folder and answers `protocol/indexer`. */
function main(parent: MessagePort): void {
  const parser = new SourceParser(wasmFrom(join(__dirname, 'wasm')));
  const folders = new Map<string, { index: WorkspaceIndex; exclude: readonly string[]; queue: Promise<unknown> }>();

  /** Work on one folder is done in the order in which it was asked for. */
  function enqueue<T>(folder: string, work: (index: WorkspaceIndex) => Promise<T>): Promise<T> {
    const entry = folders.get(folder);
    if (!entry) throw new UserError('unknown-folder', `${folder} has not been scanned yet; scan it first.`);
    const done = entry.queue.then(() => work(entry.index));
    entry.queue = done.catch(() => undefined);
    return done;
  }

  const channel = new Channel<IndexerToHost, HostToIndexer>(
    portOf(parent),
    {
      'folder/scan': ({ folder, exclude }) => {
        folders.set(folder, { index: new WorkspaceIndex(parser), exclude, queue: Promise.resolve() });
        return enqueue(folder, async (index) =>
          index.update(await readSources(folder, await walkFolder(folder, exclude))),
        );
      },
      'folder/update': ({ folder, changes }) =>
        enqueue(folder, async (index) =>
          index.update(await sourcesOf(folder, changes, folders.get(folder)?.exclude ?? [])),
        ),
      'folder/forget': ({ folder }) => void folders.delete(folder),
    },
    (error) => channel.notify('log/write', { level: 'error', message: describeError(error) }),
  );
}

/** What a scan would not have listed is not taken in later either, whoever writes it. */
async function sourcesOf(
  folder: string,
  changes: readonly FileChange[],
  exclude: readonly string[],
): Promise<SourceChange[]> {
  const wanted = changes.filter(({ file }) => isDiscoveryFile(file));
  const names = wanted.map(({ file }) => file);
  const kept = new Set(await keepWalked(folder, names, exclude));
  const known = wanted.flatMap(({ file, kind, text }): SourceChange[] => {
    if (kind === 'deleted' || !kept.has(file)) return [{ file, text: null }];
    return text === null ? [] : [{ file, text }];
  });
  const told = new Set(known.map(({ file }) => file));
  const unread = names.filter((file) => !told.has(file));
  return [...known, ...(await readSources(folder, unread))];
}

function portOf(parent: MessagePort): Port {
  return {
    post: (message) => parent.postMessage(message),
    onMessage: (listener) => {
      parent.on('message', listener);
      return toDisposable(() => parent.off('message', listener));
    },
    onClose: (listener) => {
      parent.on('close', listener);
      return toDisposable(() => parent.off('close', listener));
    },
  };
}

if (parentPort) main(parentPort);
