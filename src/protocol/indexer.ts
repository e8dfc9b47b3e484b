import type { DiscoveryResult } from '../core/model/endpoint';

/** A change to one file. `text` is what an editor holds unsaved, or the content in a workspace without a disk; null means: read it. */
export interface FileChange {
  readonly file: string;
  readonly kind: 'changed' | 'deleted';
  readonly text: string | null;
}

/** What the host says to the indexer's thread; one thread serves every folder of the window. */
export type HostToIndexer = {
  /** Scans a folder on disk from scratch. */
  'folder/scan': { params: { folder: string; exclude: readonly string[] }; result: DiscoveryResult };
  /** Applies changes and answers with the whole new result. */
  'folder/update': { params: { folder: string; changes: readonly FileChange[] }; result: DiscoveryResult };
  'folder/forget': { params: { folder: string }; result: void };
};

export type IndexerToHost = {
  'log/write': { params: { level: 'info' | 'warn' | 'error'; message: string }; result: void };
};
