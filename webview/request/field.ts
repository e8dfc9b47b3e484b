import { el, show } from '../components/dom';

export type FieldInput = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What is wrong with a field: nothing, something that stops the request, or something worth a thought. */
export interface FieldFault {
  readonly sentence: string;
  readonly blocks: boolean;
}

/** An input with what is said of it below. */
export interface Faulted<Input extends FieldInput> {
  readonly input: Input;
  /** The place of the sentence; it belongs near the input. */
  readonly note: HTMLElement;
  setFault(fault: FieldFault | null): void;
}

/** Ties an input to the sentence below it, which is read out with the input. `id` is unique on the page. */
export function faulted<Input extends FieldInput>(input: Input, id: string): Faulted<Input> {
  const note = el('p', { class: 'field-fault', id: `${id}-fault` });
  show(note, false);
  input.id = id;
  input.setAttribute('aria-describedby', note.id);
  return {
    input,
    note,
    setFault: (fault) => {
      const sentence = fault?.sentence ?? '';
      if (note.textContent !== sentence) note.textContent = sentence;
      show(note, fault !== null);
      note.classList.toggle('is-thought', fault?.blocks === false);
      input.setAttribute('aria-invalid', String(fault?.blocks === true));
    },
  };
}

/** A label, an input and the sentence below it. `hint` stands beside the label and is part of its name. */
export function labelled<Input extends FieldInput>(
  label: string,
  hint: string,
  { input, note }: Faulted<Input>,
): HTMLElement {
  const name = el('span', { class: 'field-name' }, label);
  const about = hint === '' ? null : el('span', { class: 'dim field-hint' }, hint);
  return el('div', { class: 'field' }, el('label', { for: input.id }, name, ' ', about), input, note);
}

/** A one-line input. Nothing in it is guessed at: ids and tokens are no words. */
export function textBox(attributes: Readonly<Record<string, string>> = {}): HTMLInputElement {
  return el('input', { type: 'text', class: 'box', spellcheck: 'false', autocomplete: 'off', ...attributes });
}

/** Values to choose from while typing. */
export function choices(id: string, values: readonly string[]): HTMLDataListElement {
  return el('datalist', { id }, ...values.map((value) => el('option', { value })));
}

/** A list to choose one of; an option is its value and what is read. */
export function choice(options: readonly (readonly [value: string, text: string])[]): HTMLSelectElement {
  const select = el('select', { class: 'box' });
  setOptions(select, options);
  return select;
}

/** Other options; what was chosen stays chosen where it is still there. */
export function setOptions(
  select: HTMLSelectElement,
  options: readonly (readonly [value: string, text: string])[],
): void {
  const chosen = select.value;
  select.replaceChildren(...options.map(([value, text]) => el('option', { value }, text)));
  if (options.some(([value]) => value === chosen)) select.value = chosen;
}
