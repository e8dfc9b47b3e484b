import type { LoadProfile } from '../../core/model/loadProfile';
import type { LoadForm } from '../../protocol/page';

/** The load of a profile as the panel's form shows it; 0 seconds for a run that ends by count. */
export function loadFormOf({ model, stop }: LoadProfile): LoadForm {
  return {
    connections: model.kind === 'closed' ? model.connections : model.maxConnections,
    durationS: (stop.durationMs ?? 0) / 1000,
  };
}

/** The profile with connections and duration of the form. */
export function withLoadForm(profile: LoadProfile, form: LoadForm): LoadProfile {
  return {
    ...profile,
    model: { kind: 'closed', connections: form.connections, pipelining: 1 },
    stop: { durationMs: form.durationS * 1000, requests: null },
  };
}

/** Whether nobody changed the form. */
export function isSameForm(a: LoadForm, b: LoadForm): boolean {
  return a.connections === b.connections && a.durationS === b.durationS;
}
