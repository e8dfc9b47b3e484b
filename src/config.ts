import { workspace, type ConfigurationChangeEvent, type ConfigurationScope } from 'vscode';
import type { LoadProfile } from './core/model/loadProfile';
import type { Server } from './core/model/server';
import { LOAD_LIMITS } from './core/plan/checkProfile';
import { defaultProfile } from './core/plan/defaultProfile';
import { DEFAULT_CAPS, type LoadCaps } from './core/plan/loadCaps';

const SECTION = 'endpointProfiler';

/** The earlier run that *Re-run and Compare* takes: the pinned one or else the last, the last, the last of the commit that is checked out, or the one that is chosen. */
export type RerunAgainst = 'pinned' | 'last' | 'lastAtHead' | 'ask';

/** Every setting that package.json contributes, with its default; `test/unit/manifest.test.ts` holds both equal. */
export const SETTING_DEFAULTS = {
  'load.connections': 16,
  'load.durationSeconds': 10,
  'load.warmupSeconds': 'auto' as number | 'auto',
  'load.timeoutSeconds': 5,
  'limits.connections': DEFAULT_CAPS.connections,
  'limits.ratePerSecond': DEFAULT_CAPS.ratePerS,
  'limits.durationSeconds': DEFAULT_CAPS.durationS,
  servers: [] as readonly Server[],
  restartServerBeforeCompare: true,
  'compare.quick': false,
  'compare.budgetSeconds': 90,
  'compare.marginPercent': 3,
  'compare.rerunAgainst': 'pinned' as RerunAgainst,
  'lenses.enabled': true,
  'discovery.exclude': [] as readonly string[],
  'discovery.includeTests': false,
  'history.maxRunsPerEndpoint': 50,
};

export type Settings = typeof SETTING_DEFAULTS;
export type SettingName = keyof Settings;

/** The value that holds for `scope` (a file, a folder). A value of the wrong type, which an editor only underlines, gives the default. */
export function readSetting<Name extends SettingName>(name: Name, scope?: ConfigurationScope): Settings[Name] {
  const fallback = SETTING_DEFAULTS[name];
  const value: unknown = workspace.getConfiguration(SECTION, scope).get(name);
  if (name === 'load.warmupSeconds') {
    return (value === 'auto' || typeof value === 'number' ? value : fallback) as Settings[Name];
  }
  const fits = Array.isArray(fallback) ? Array.isArray(value) : typeof value === typeof fallback;
  return (fits ? value : fallback) as Settings[Name];
}

/** True when a change of the settings touches this one. */
export function isSettingChanged(event: ConfigurationChangeEvent, name: SettingName): boolean {
  return event.affectsConfiguration(`${SECTION}.${name}`);
}

/** The servers that settings name for a folder; entries that are no server are left out. */
export function readServers(scope: ConfigurationScope): readonly Server[] {
  const entries: readonly unknown[] = readSetting('servers', scope);
  return entries.filter(isServer);
}

function isServer(entry: unknown): entry is Server {
  if (typeof entry !== 'object' || entry === null) return false;
  const { name, baseUrl, start } = entry as Record<string, unknown>;
  if (typeof name !== 'string' || typeof baseUrl !== 'string' || !/^https?:\/\//.test(baseUrl)) return false;
  if (start === undefined) return true;
  return typeof start === 'object' && start !== null && 'command' in start && typeof start.command === 'string';
}

/** The most that a run may ask for. Only what a person set for themselves counts; a value of a workspace is not looked at. */
export function readLoadCaps(): LoadCaps {
  const of = (name: 'limits.connections' | 'limits.ratePerSecond' | 'limits.durationSeconds', most: number): number => {
    const own: unknown = workspace.getConfiguration(SECTION).inspect(name)?.globalValue;
    return typeof own === 'number' ? clamp(own, 1, most) : SETTING_DEFAULTS[name];
  };
  return {
    connections: of('limits.connections', LOAD_LIMITS.connections),
    ratePerS: of('limits.ratePerSecond', LOAD_LIMITS.ratePerS),
    durationS: of('limits.durationSeconds', LOAD_LIMITS.durationMs / 1000),
  };
}

/** The load that settings ask for, held within what package.json allows. */
export function readLoadProfile(scope?: ConfigurationScope): LoadProfile {
  const warmup = readSetting('load.warmupSeconds', scope);
  const caps = readLoadCaps();
  return {
    ...defaultProfile(),
    model: {
      kind: 'closed',
      connections: Math.round(clamp(readSetting('load.connections', scope), 1, caps.connections)),
      pipelining: 1,
    },
    stop: { durationMs: clamp(readSetting('load.durationSeconds', scope), 1, caps.durationS) * 1000, requests: null },
    warmup: warmupOf(warmup),
    timeoutMs: clamp(readSetting('load.timeoutSeconds', scope), 0.1, 120) * 1000,
  };
}

function warmupOf(seconds: number | 'auto'): LoadProfile['warmup'] {
  if (seconds === 'auto') return defaultProfile().warmup;
  return seconds <= 0 ? { kind: 'none' } : { kind: 'fixed', durationMs: Math.min(seconds, 60) * 1000 };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
