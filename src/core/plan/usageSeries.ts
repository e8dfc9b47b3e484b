import type { UsageLane, UsageSeries } from '../model/run';

/** What one lane used in the time before one sample. */
export interface LaneSample {
  readonly name: string;
  readonly role: UsageLane['role'];
  readonly cpuPercent: number | null;
  readonly rssMB: number | null;
  readonly loopPercent?: number | null;
}

/** One moment of all lanes; `tMs` as in `UsageSeries`. */
export interface UsageSample {
  readonly tMs: number;
  readonly lanes: readonly LaneSample[];
}

/** Before the first sample. */
export const NO_USAGE: UsageSeries = { tMs: [], lanes: [] };

/** Samples as columns; a lane that was not there yet is null until it is. */
export function usageFrom(samples: readonly UsageSample[]): UsageSeries {
  return samples.reduce((series, { tMs, lanes }) => appendUsage(series, { tMs: [tMs], lanes: lanes.map(columnsOf) }), {
    ...NO_USAGE,
  });
}

/** `more` after `series`; lanes are told apart by role and name. */
export function appendUsage(series: UsageSeries, more: UsageSeries): UsageSeries {
  if (more.tMs.length === 0) return series;
  const keys = [...new Map([...series.lanes, ...more.lanes].map((lane) => [keyOf(lane), lane])).values()];
  return {
    tMs: [...series.tMs, ...more.tMs],
    lanes: keys.map(({ name, role }) => {
      const find = (of: UsageSeries) => of.lanes.find((lane) => lane.name === name && lane.role === role);
      const [old, next] = [find(series), find(more)];
      const column = (key: 'cpuPercent' | 'rssMB' | 'loopPercent'): (number | null)[] => [
        ...(old?.[key] ?? series.tMs.map(() => null)),
        ...(next?.[key] ?? more.tMs.map(() => null)),
      ];
      const hasLoop = old?.loopPercent !== undefined || next?.loopPercent !== undefined;
      return {
        name,
        role,
        cpuPercent: column('cpuPercent'),
        rssMB: column('rssMB'),
        ...(hasLoop ? { loopPercent: column('loopPercent') } : {}),
      };
    }),
  };
}

function columnsOf({ name, role, cpuPercent, rssMB, loopPercent }: LaneSample): UsageLane {
  return {
    name,
    role,
    cpuPercent: [cpuPercent],
    rssMB: [rssMB],
    ...(loopPercent === undefined ? {} : { loopPercent: [loopPercent] }),
  };
}

function keyOf({ role, name }: UsageLane): string {
  return `${role} ${name}`;
}
