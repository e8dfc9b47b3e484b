import type { LoadForm } from '../../src/protocol/page';
import { LOAD_LIMITS, readLoadField, readLoadForm, type LoadFieldName } from '../loadForm';
import { el, type View } from './dom';
import { textInput, type TextInput } from './toolkit';

const LABELS: Readonly<Record<LoadFieldName, string>> = { connections: 'Connections', durationS: 'Seconds' };
const NAMES = Object.keys(LOAD_LIMITS) as LoadFieldName[];

/** Two fields for the load of the next run. */
export interface LoadFields extends View<LoadForm> {
  /** What the fields say, or null while one of them cannot be used; then the fault is shown and the field focused. */
  read(): LoadForm | null;
}

/**
 * Builds the fields. What the host proposes is taken over only while nobody has typed something else, so that an update
 * never eats a half-typed number.
 */
export function createLoadFields(onEnter: () => void): LoadFields {
  const inputs = new Map<LoadFieldName, TextInput>();
  const faults = el('p', { class: 'fault', role: 'alert' });
  const proposed: Record<LoadFieldName, string> = { connections: '', durationS: '' };
  const element = el('div', { class: 'load-fields' });

  const text = (name: LoadFieldName): string => inputs.get(name)?.value ?? '';
  const check = (): void => {
    const sentences = NAMES.map((name) => {
      const reading = readLoadField(name, text(name));
      const input = inputs.get(name);
      if (input) input.isInvalid = 'fault' in reading;
      return 'fault' in reading ? `${LABELS[name]}: ${reading.fault}` : null;
    });
    const told = sentences.filter((sentence) => sentence !== null).join(' ');
    if (faults.textContent !== told) faults.textContent = told;
  };

  for (const name of NAMES) {
    const input = textInput(LABELS[name], check, onEnter);
    input.element.classList.add('load-field');
    inputs.set(name, input);
    element.append(el('label', {}, el('span', { class: 'dim', 'aria-hidden': 'true' }, LABELS[name]), input.element));
  }
  element.append(faults);

  return {
    element,
    update: (load) => {
      for (const name of NAMES) {
        const next = String(load[name]);
        const input = inputs.get(name);
        if (!input || next === proposed[name]) continue;
        const isTouched = input.value !== proposed[name];
        proposed[name] = next;
        if (!isTouched) input.value = next;
      }
      check();
    },
    read: () => {
      check();
      const form = readLoadForm({ connections: text('connections'), durationS: text('durationS') });
      if (!form)
        NAMES.map((name) => inputs.get(name))
          .find((input) => input?.isInvalid)
          ?.element.focus();
      return form;
    },
  };
}
