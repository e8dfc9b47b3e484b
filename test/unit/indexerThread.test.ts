import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { LogOutputChannel } from 'vscode';
import { IndexerThread } from '../../src/platform/vscode/indexerThread';
import { errorCode } from '../../src/util/errors';

/** Answers every request, except that a scan of `/crash` kills the thread. */
const SCRIPT = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ id, params }) => {
  if (params.folder === '/crash') process.exit(7);
  parentPort.postMessage({ kind: 'reply', id, result: params.folder });
});`;

describe('the indexer thread', () => {
  it('settles what was asked when it dies, says so, and starts again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ep-indexer-'));
    const script = join(folder, 'indexer.js');
    writeFileSync(script, SCRIPT);
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const log = { info: write, warn: write, error: write } as unknown as LogOutputChannel;
    let starts = 0;
    let onRestart: () => void = () => undefined;
    const restarted = new Promise<void>((resolve) => (onRestart = resolve));
    const thread = new IndexerThread(script, log, () => {
      starts += 1;
      if (starts === 2) onRestart();
    });
    try {
      thread.start();
      const crash = thread.channel?.request('folder/scan', { folder: '/crash', exclude: [] });
      await assert.rejects(crash ?? Promise.resolve(), (error) => errorCode(error) === 'channel-closed');
      await restarted;
      const answer: unknown = await thread.channel?.request('folder/scan', { folder: '/fine', exclude: [] });
      assert.equal(answer, '/fine');
      assert.match(lines.join('\n'), /ended with code 7; it starts again in 200 ms/);
    } finally {
      thread.dispose();
      rmSync(folder, { recursive: true });
    }
  });
});
