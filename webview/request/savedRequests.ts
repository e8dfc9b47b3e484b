import type { SavedRequest } from '../../src/protocol/page';
import { el, show } from '../components/dom';
import { confirmingButton } from '../components/history';
import { button, setDisabled } from '../components/toolkit';
import { choice, faulted, labelled, setOptions, textBox } from './field';

export interface SavedHandlers {
  /** Null for what was sent last. */
  readonly onChoose: (saved: SavedRequest | null) => void;
  readonly onSave: (name: string | null) => void;
  readonly onDelete: (name: string | null) => void;
}

/** The requests that the team wrote down for the endpoint: choose, save, save under another name, delete. */
export interface SavedRequests {
  readonly element: HTMLElement;
  update(saved: readonly SavedRequest[], isBusy: boolean): void;
}

/** A name cannot begin with it, so that it can stand for what has no name. */
const LAST = '#last';
const NAMELESS = '#nameless';

export function createSavedRequests({ onChoose, onSave, onDelete }: SavedHandlers): SavedRequests {
  const select = choice([]);
  const name = faulted(textBox({ placeholder: 'unknown author' }), 'request-name');
  const save = button('Save', 'secondary', () => onSave(nameOf(select.value)), 'Save in the team file');
  const saveAs = button('Save as…', 'secondary', () => ask(form.hidden !== false));
  const remove = confirmingButton('Delete', 'Delete this request from the team file', () => {
    onDelete(nameOf(select.value));
    wanted = LAST;
  });
  const confirm = button('Save', 'primary', () => take(), 'Save under this name');
  const cancel = button('Cancel', 'secondary', () => ask(false));
  const form = el(
    'div',
    { class: 'fields save-as' },
    labelled('Name', 'without one it is taken when none is asked for', name),
    el('div', { class: 'row' }, confirm, cancel),
  );
  const chooser = labelled('Saved request', '', faulted(select, 'request-saved'));
  const element = el('div', { class: 'saved' }, chooser, el('div', { class: 'row' }, save, saveAs, remove), form);
  for (const each of [save, saveAs, remove, confirm, cancel]) each.classList.add('small');
  let known: readonly SavedRequest[] = [];
  let wanted: string | null = null;
  let busy = false;

  const arrange = (): void => {
    const isSaved = select.value !== LAST;
    show(save, isSaved);
    show(remove, isSaved);
    for (const each of [save, saveAs, remove, confirm]) setDisabled(each, busy);
  };
  const fault = (): string | null => {
    const text = name.input.value.trim();
    if (text !== '' && !/^[^\s#]+(?: [^\s#]+)*$/.test(text)) return 'Use words without “#”.';
    return null;
  };
  const check = (): void => {
    const sentence = fault();
    const isThere = known.some((each) => each.name === typedName());
    if (sentence !== null) name.setFault({ sentence, blocks: true });
    else name.setFault(isThere ? { sentence: 'Takes the place of the one that is there.', blocks: false } : null);
  };
  const typedName = (): string | null => (name.input.value.trim() === '' ? null : name.input.value.trim());
  const ask = (isOpen: boolean): void => {
    show(form, isOpen);
    saveAs.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) {
      check();
      name.input.focus();
    } else saveAs.focus();
  };
  const take = (): void => {
    if (fault() !== null) {
      name.input.focus();
      return;
    }
    wanted = keyOf(typedName());
    onSave(typedName());
    ask(false);
  };
  name.input.addEventListener('input', check);
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') ask(false);
    if (event.key === 'Enter' && event.target === name.input) take();
  });
  select.addEventListener('change', () => {
    arrange();
    onChoose(known.find((each) => keyOf(each.name) === select.value) ?? null);
  });
  show(form, false);

  return {
    element,
    update: (saved, isBusy) => {
      busy = isBusy;
      if (JSON.stringify(saved.map((each) => each.name)) !== JSON.stringify(known.map((each) => each.name))) {
        setOptions(select, [
          [LAST, 'As it was sent last'],
          ...saved.map((each) => [keyOf(each.name), each.name ?? 'Without a name'] as const),
        ]);
      } else if (select.options.length === 0) setOptions(select, [[LAST, 'As it was sent last']]);
      known = saved;
      // What was just saved is what is being edited.
      if (wanted !== null && [...select.options].some(({ value }) => value === wanted)) {
        select.value = wanted;
        wanted = null;
      }
      show(chooser, saved.length > 0);
      arrange();
    },
  };
}

function keyOf(name: string | null): string {
  return name ?? NAMELESS;
}

function nameOf(key: string): string | null {
  return key === NAMELESS ? null : key;
}
