import { decideMany } from '../../../src/core/compare/decideMany';
import { blockedComparison } from '../../../src/core/compare/decideSession';
import { createRng } from '../../../src/core/stats/rng';
import { summariseMany } from '../../../src/core/compare/summariseMany';
import type { ManyComparison, StoredMany } from '../../../src/core/model/manyComparison';
import { newRunId } from '../../../src/session/runId';
import { armBlock, SESSION, sessionRounds } from './sessions';

/** Seven endpoints, one for each thing that can come out; ids are the last part of their paths. */
export function manyComparison(): ManyComparison {
  const gone = sessionRounds(createRng(7), 3, 1.4, 0.02).map((round) => ({
    ...round,
    blocks: round.blocks.map(({ before }) => ({
      before,
      after: armBlock({ requests: 2400, statuses: { '404': 2400 } }),
    })),
  }));
  const measured = [
    { id: 'noisy', rounds: sessionRounds(createRng(5), 3, 1, 0.3) },
    { id: 'same', rounds: sessionRounds(createRng(3), 3, 1, 0.006) },
    { id: 'gone', rounds: gone },
    { id: 'faster', rounds: sessionRounds(createRng(2), 3, 1.3, 0.01) },
    { id: 'slower', rounds: sessionRounds(createRng(1), 3, 0.8, 0.01) },
  ];
  // Found when looked at alone, but not among sixteen.
  const crowd = Array.from({ length: 15 }, (_, index) => ({
    id: `e${index}`,
    rounds: sessionRounds(createRng(50 + index), 3, 1, 0.03),
  }));
  const faint = decideMany([{ id: 'faint', rounds: sessionRounds(createRng(31), 3, 1.035, 0.03) }, ...crowd], SESSION);
  const warning = {
    code: 'side-lost',
    message: 'working tree gave nothing but failures (reset: 20), so there is nothing to compare',
  };
  const crash = {
    id: 'crash',
    verdict: 'inconclusive' as const,
    comparison: blockedComparison({ warning, failing: 'after' }, SESSION, 0),
  };
  const names = ['crash', 'faint', ...measured.map(({ id }) => id)].map((id) => [id, `GET /${id}`] as const);
  return summariseMany([crash, ...faint.slice(0, 1), ...decideMany(measured, SESSION)], {
    labels: SESSION.labels,
    margin: SESSION.margin,
    names: new Map(names),
    skipped: [{ label: 'GET /item/{id}', reason: 'Nobody said what {id} is.' }],
    launches: 3,
    warnings: [{ code: 'machine-busy', message: 'other programs used 1.2 cores while this was measured' }],
  });
}

export function storedMany(startedAt = '2026-03-14T09:31:00.000Z'): StoredMany {
  const id = newRunId(Date.parse(startedAt));
  return { schemaVersion: 1, id, startedAt, state: 'complete', comparison: manyComparison() };
}
