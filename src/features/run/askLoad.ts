import { l10n, window } from 'vscode';
import type { LoadModel, LoadProfile } from '../../core/model/loadProfile';
import { checkProfile, LOAD_LIMITS } from '../../core/plan/checkProfile';
import { parseStages } from '../../core/plan/parseStages';
import { parseTime } from '../../core/plan/parseTime';
import { stagesMs } from '../../core/plan/stages';
import { describeError, UserError } from '../../util/errors';

type Shape = 'connections' | 'constant' | 'poisson' | 'stages';

/** Connections that load at a rate may open at most, when the settings ask for fewer. */
const MOST_CONNECTIONS = 64;

/** Asks for another load than the settings': how it comes, how much and how long; undefined when the person gave up. */
export async function askLoad(title: string, settings: LoadProfile): Promise<LoadProfile | undefined> {
  const shape = await askShape(title);
  if (!shape) return undefined;
  const amount = await ask(title, promptOf(shape), startOf(shape, settings), (text) =>
    withAmount(settings, shape, text),
  );
  if (amount === undefined) return undefined;
  const profile = withAmount(settings, shape, amount);
  if (shape === 'stages') return profile;
  const seconds = String((settings.stop.durationMs ?? 10_000) / 1000);
  const time = await ask(title, l10n.t('For how long? For example 10s or 2m.'), seconds, (text) =>
    withTime(profile, text),
  );
  return time === undefined ? undefined : withTime(profile, time);
}

async function askShape(title: string): Promise<Shape | undefined> {
  const items: { label: string; detail: string; shape: Shape }[] = [
    {
      label: l10n.t('Connections'),
      detail: l10n.t('As much as so many connections can take: what the server can do.'),
      shape: 'connections',
    },
    {
      label: l10n.t('Requests per second, evenly'),
      detail: l10n.t('Whatever the answers do, with the wait in the latency: what users would feel.'),
      shape: 'constant',
    },
    {
      label: l10n.t('Requests per second, by chance'),
      detail: l10n.t('The same on average, as many independent users come (Poisson).'),
      shape: 'poisson',
    },
    {
      label: l10n.t('Stages'),
      detail: l10n.t('Ramps, steps and spikes of connections or of requests per second.'),
      shape: 'stages',
    },
  ];
  return (await window.showQuickPick(items, { title, placeHolder: l10n.t('How should the load come?') }))?.shape;
}

/** Asks for a text that `read` can read; what it throws is said below the box. */
async function ask(
  title: string,
  prompt: string,
  value: string,
  read: (text: string) => unknown,
): Promise<string | undefined> {
  return await window.showInputBox({
    title,
    prompt,
    value,
    ignoreFocusOut: true,
    validateInput: (text) => {
      try {
        read(text);
        return undefined;
      } catch (error) {
        return describeError(error);
      }
    },
  });
}

function promptOf(shape: Shape): string {
  if (shape === 'connections') return l10n.t('How many connections?');
  if (shape !== 'stages') return l10n.t('How many requests per second?');
  return l10n.t('TIME@LEVEL or TIME@FROM..TO with commas; with /s the levels are requests per second.');
}

function startOf(shape: Shape, { model }: LoadProfile): string {
  if (shape === 'connections') return String(model.kind === 'closed' ? model.connections : model.maxConnections);
  return shape === 'stages' ? '5s@8,10s@8..64,5s@64' : '100';
}

/** Fails with `bad-profile` and `bad-stages`. */
function withAmount(settings: LoadProfile, shape: Shape, text: string): LoadProfile {
  const connections = settings.model.kind === 'closed' ? settings.model.connections : settings.model.maxConnections;
  const maxConnections = Math.max(MOST_CONNECTIONS, connections);
  const staged = shape === 'stages' ? parseStages(text, l10n.t('The list')) : null;
  const model = ((): LoadModel => {
    if (staged?.kind === 'closed')
      return { kind: 'closed', connections: staged.peak, pipelining: 1, stages: staged.stages };
    if (staged) {
      return { kind: 'open', ratePerS: staged.peak, arrivals: 'constant', maxConnections, stages: staged.stages };
    }
    const amount = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : 0;
    return shape === 'connections'
      ? { kind: 'closed', connections: amount, pipelining: 1 }
      : { kind: 'open', ratePerS: amount, arrivals: shape === 'poisson' ? 'poisson' : 'constant', maxConnections };
  })();
  const durationMs = staged ? stagesMs(staged.stages) : settings.stop.durationMs;
  const profile: LoadProfile = { ...settings, model, stop: { durationMs, requests: null } };
  checkProfile(profile);
  return profile;
}

/** Fails with `bad-duration`. */
function withTime(profile: LoadProfile, text: string): LoadProfile {
  const durationMs = parseTime(text);
  if (durationMs === null || durationMs < 100 || durationMs > LOAD_LIMITS.durationMs) {
    throw new UserError('bad-duration', l10n.t('Write a time like 10s, 500ms or 2m, not “{0}”.', text));
  }
  return { ...profile, stop: { durationMs, requests: null } };
}
