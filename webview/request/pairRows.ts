import { el } from '../components/dom';
import { button } from '../components/toolkit';
import { faulted, textBox, type FieldFault } from './field';

type Pair = readonly [name: string, value: string];

/** Rows of a name and a value, with one more at a click. */
export interface PairRows {
  readonly element: HTMLElement;
  read(): readonly Pair[];
  write(pairs: readonly Pair[]): void;
  /** The fault of the row at a place among those that were read; null takes it away. */
  setFaults(faultAt: (index: number) => FieldFault | null): void;
}

interface Row {
  readonly element: HTMLElement;
  readonly name: HTMLInputElement;
  readonly value: HTMLInputElement;
  fill(pair: Pair): void;
  setFault(fault: FieldFault | null): void;
}

/** `noun` is what a row is: "header". Rows without a name and a value are not read. */
export function createPairRows(noun: string, onChange: () => void): PairRows {
  let made = 0;
  const rows: Row[] = [];
  const list = el('div', { class: 'pairs' });
  const add = button(`Add ${noun}`, 'secondary', () => {
    append('', '').name.focus();
    onChange();
  });
  add.classList.add('small');
  const element = el('div', {}, list, add);

  function append(name: string, value: string): Row {
    const row = createRow(noun, `request-${noun.replace(/\W+/g, '-')}-${++made}`, onChange, () => {
      const at = rows.indexOf(row);
      rows.splice(at, 1);
      row.element.remove();
      (rows[at] ?? rows[at - 1])?.name.focus();
      if (rows.length === 0) add.focus();
      onChange();
    });
    row.fill([name, value]);
    rows.push(row);
    list.append(row.element);
    return row;
  }
  const read = (): readonly Row[] => rows.filter(({ name, value }) => name.value.trim() !== '' || value.value !== '');

  return {
    element,
    read: () => read().map(({ name, value }) => [name.value.trim(), value.value] as const),
    write: (pairs) => {
      while (rows.length > pairs.length) rows.pop()?.element.remove();
      pairs.forEach(([name, value], at) => {
        (rows[at] ?? append(name, value)).fill([name, value]);
      });
    },
    setFaults: (faultAt) => {
      for (const row of rows) row.setFault(null);
      read().forEach((row, at) => row.setFault(faultAt(at)));
    },
  };
}

function createRow(noun: string, id: string, onChange: () => void, onRemove: () => void): Row {
  const name = textBox({ placeholder: 'name' });
  const field = faulted(textBox({ placeholder: 'value' }), id);
  const { input: value, note } = field;
  const remove = button('✕', 'secondary', onRemove);
  const say = (): void => {
    const called = name.value.trim() === '' ? `new ${noun}` : `${noun} ${name.value.trim()}`;
    name.setAttribute('aria-label', `Name of the ${noun}`);
    value.setAttribute('aria-label', `Value of the ${called}`);
    remove.setAttribute('aria-label', `Remove the ${called}`);
  };
  say();
  name.addEventListener('input', () => {
    say();
    onChange();
  });
  value.addEventListener('input', onChange);
  remove.classList.add('small');
  const element = el('div', { class: 'pair' }, name, value, remove, note);
  return {
    element,
    name,
    value,
    fill: ([filledName, filledValue]) => {
      name.value = filledName;
      value.value = filledValue;
      say();
    },
    setFault: (fault) => field.setFault(fault),
  };
}
