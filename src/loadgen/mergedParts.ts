import { addCounts } from '../core/stats/addCounts';
import { AnswerTally, type AnswerColumns } from '../core/stats/answerTally';
import { LatencyHistogram } from '../core/stats/histogram';
import type { TransportName } from '../core/model/loadProfile';
import type { MixTally } from '../core/plan/mixTally';
import type { StageTally } from '../core/plan/stageTally';
import type { PartCounts, PartHistograms, PartReport } from '../protocol/loadPart';
import { RowTable } from './rowTable';

const NOTHING: PartCounts = {
  accounting: { sent: 0, warmup: 0, measured: 0, drained: 0, failed: 0, aborted: 0 },
  statuses: {},
  errors: {},
  warmupErrors: {},
  bytesRead: 0,
  bytesWritten: 0,
  connectionsOpened: 0,
  unsent: 0,
};

interface Latest {
  readonly report: PartReport;
  /** Of the newest report that had them. */
  readonly histograms: PartHistograms | null;
  readonly stages: readonly StageTally[] | null;
  readonly answers: AnswerColumns | null;
  readonly mix: readonly MixTally[] | null;
}

/**
 * What all parts of a run have counted together, from their newest reports. Counts and histograms add up exactly; a part
 * that died counts with what it last reported.
 */
export class MergedParts {
  readonly warmupRows: RowTable;
  readonly measuredRows: RowTable;
  readonly #latest: (Latest | undefined)[];
  /** Of parts that were there before these. */
  readonly #before: readonly Latest[];

  /** `before`: parts that ended in the warm-up. `mayJoin`: the length of the measured phase is not known. */
  constructor(parts: number, mayJoin: boolean, before: readonly PartReport[] = []) {
    this.warmupRows = new RowTable(parts, false);
    this.measuredRows = new RowTable(parts, mayJoin);
    this.#latest = Array.from({ length: parts }, () => undefined);
    this.#before = before.map((report) => {
      const { histograms, mix } = report;
      return { report, histograms, stages: null, answers: null, mix };
    });
  }

  take(part: number, report: PartReport): void {
    const last = this.#latest[part];
    this.#latest[part] = {
      report,
      histograms: report.histograms ?? last?.histograms ?? null,
      stages: report.stages ?? last?.stages ?? null,
      answers: report.answers ?? last?.answers ?? null,
      mix: report.mix ?? last?.mix ?? null,
    };
    this.warmupRows.add(part, report.warmupRows);
    this.measuredRows.add(part, report.measuredRows);
  }

  /** Nothing more comes from this part: it died, and the interval under way is its last one. */
  endPart(part: number): void {
    const last = this.#latest[part];
    if (last?.report.current) {
      this.measuredRows.add(part, { ...last.report.measuredRows, rows: [last.report.current] });
      this.#latest[part] = { ...last, report: { ...last.report, current: null } };
    }
    this.warmupRows.endPart(part);
    this.measuredRows.endPart(part);
  }

  get counts(): PartCounts {
    return this.#all().reduce((sum, { report }) => addCounts(sum, report.counts), NOTHING);
  }

  /** How busy the process and its busiest thread are, since the phase began and since the last report. */
  get load(): PartReport['load'] {
    const most = (read: (load: PartReport['load']) => number): number =>
      Math.max(0, ...this.#known().map(({ report }) => read(report.load)));
    return {
      cpuPercent: most(({ cpuPercent }) => cpuPercent),
      eventLoopUtilization: most(({ eventLoopUtilization }) => eventLoopUtilization),
      waited: this.#waited(),
      recentCpuPercent: most(({ recentCpuPercent }) => recentCpuPercent),
      recentUtilization: most(({ recentUtilization }) => recentUtilization),
      behindUs: most(({ behindUs }) => behindUs),
    };
  }

  /** Of the thread that waited most for a core; null where the system does not tell. */
  #waited(): number | null {
    const known = this.#known().flatMap(({ report }) => report.load.waited ?? []);
    return known.length === 0 ? null : Math.max(...known);
  }

  get transport(): TransportName {
    return this.#all().at(-1)?.report.transport ?? 'socket';
  }

  get lanesInUse(): number {
    return this.#known().reduce((sum, { report }) => sum + report.lanesInUse, 0);
  }

  /** Stages as each part counted them. */
  get stages(): readonly (readonly StageTally[])[] {
    return this.#known().flatMap(({ stages }) => (stages ? [stages] : []));
  }

  /** The requests of a mix as each part counted them. */
  get mix(): readonly (readonly MixTally[])[] {
    return this.#all().flatMap(({ mix }) => (mix ? [mix] : []));
  }

  /** Latencies of the measured phase, the interval under way included. */
  latencies(): LatencyHistogram {
    const sum = new LatencyHistogram();
    sum.add(this.measuredRows.total);
    for (const { report } of this.#known()) if (report.current) sum.addColumns(report.current.latencies);
    return sum;
  }

  histogram(name: keyof PartHistograms): LatencyHistogram {
    const sum = new LatencyHistogram();
    for (const { histograms } of this.#all()) if (histograms) sum.addColumns(histograms[name]);
    return sum;
  }

  answers(): AnswerTally {
    const sum = new AnswerTally();
    for (const { answers } of this.#known()) if (answers) sum.addColumns(answers);
    return sum;
  }

  #known(): readonly Latest[] {
    return this.#latest.filter((latest) => latest !== undefined);
  }

  #all(): readonly Latest[] {
    return [...this.#before, ...this.#known()];
  }
}
