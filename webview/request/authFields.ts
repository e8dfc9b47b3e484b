import type { DraftAuth } from '../../src/core/model/requestDraft';
import type { PageRequest } from '../../src/protocol/page';
import { el, show } from '../components/dom';
import { button } from '../components/toolkit';
import { choice, faulted, labelled, setOptions, textBox, type FieldFault } from './field';

/** What a way of saying who asks is called, and what the name of its header, parameter or cookie begins as. */
const WAYS: readonly (readonly [kind: DraftAuth['kind'], label: string, name: string | null])[] = [
  ['none', 'None', null],
  ['bearer', 'Bearer token', null],
  ['basic', 'User and password', null],
  ['header', 'API key in a header', 'X-API-Key'],
  ['query', 'API key in the query', 'api_key'],
  ['cookie', 'Cookie', 'session'],
  ['login', 'Token of a login', null],
];
const NAMES: Readonly<Record<string, string>> = { header: 'Header', query: 'Parameter', cookie: 'Cookie' };

export interface AuthHandlers {
  readonly onChange: () => void;
  readonly onStore: (name: string, kind: DraftAuth['kind']) => void;
  readonly onAddLogin: () => void;
}

/** Who asks: the way, and the name of the secret. No value of a secret is ever typed or shown here. */
export interface AuthFields {
  readonly element: HTMLElement;
  read(): DraftAuth;
  write(auth: DraftAuth): void;
  /** What there is to choose from. */
  update(known: Pick<PageRequest, 'secrets' | 'logins'>): void;
  setFaults(faultOf: (field: string) => FieldFault | null): void;
}

export function createAuthFields({ onChange, onStore, onAddLogin }: AuthHandlers): AuthFields {
  const way = choice(WAYS.map(([kind, label]) => [kind, label]));
  const name = faulted(textBox({ 'aria-required': 'true' }), 'request-auth-name');
  const secret = faulted(textBox({ placeholder: 'token', list: 'request-secrets' }), 'request-auth-secret');
  const login = faulted(choice([]), 'request-auth-login');
  const known = el('datalist', { id: 'request-secrets' });
  const about = el('p', { class: 'note' });
  const store = button('Store secret…', 'secondary', () => onStore(secretName(), kindOf()));
  const describe = button('New login…', 'secondary', onAddLogin);
  for (const each of [store, describe]) each.classList.add('small');
  const nameField = labelled('Name', '', name);
  const nameLabel = nameField.querySelector('.field-name');
  const secretField = labelled('Secret', 'its name', secret);
  const loginField = labelled('Login', '', login);
  secretField.append(el('div', { class: 'row' }, store), about);
  loginField.append(el('div', { class: 'row' }, describe));
  const wayField = labelled('Who asks', '', faulted(way, 'request-auth'));
  const element = el('div', { class: 'fields' }, wayField, nameField, secretField, known, loginField);
  let secrets: readonly string[] = [];

  const kindOf = (): DraftAuth['kind'] => WAYS.find(([kind]) => kind === way.value)?.[0] ?? 'none';
  const secretName = (): string => referenceOf(secret.input.value).replace(/^\w+:/, '');
  const arrange = (): void => {
    const kind = kindOf();
    const hasName = kind in NAMES;
    show(nameField, hasName);
    if (nameLabel) nameLabel.textContent = NAMES[kind] ?? '';
    show(secretField, kind !== 'none' && kind !== 'login');
    show(loginField, kind === 'login');
    const reference = referenceOf(secret.input.value);
    const isStored = secrets.includes(secretName());
    store.textContent = isStored ? 'Store another value…' : 'Store secret…';
    show(store, reference.startsWith('secret:') && secretName() !== '');
    about.textContent = aboutSecret(reference, isStored);
  };
  way.addEventListener('change', () => {
    name.input.value = WAYS.find(([kind]) => kind === way.value)?.[2] ?? '';
    if (secret.input.value === '') secret.input.value = secrets[0] ?? 'token';
    arrange();
    onChange();
  });
  for (const { input } of [name, secret, login]) {
    input.addEventListener('input', () => {
      arrange();
      onChange();
    });
  }
  arrange();

  return {
    element,
    read: () => {
      const kind = kindOf();
      const reference = referenceOf(secret.input.value);
      switch (kind) {
        case 'none':
          return { kind };
        case 'login':
          return { kind, login: login.input.value };
        case 'bearer':
        case 'basic':
          return { kind, reference };
        default:
          return { kind, name: name.input.value.trim(), reference };
      }
    },
    write: (auth) => {
      way.value = auth.kind;
      name.input.value = 'name' in auth ? auth.name : '';
      secret.input.value = 'reference' in auth ? shownReference(auth.reference) : '';
      if (auth.kind === 'login') {
        // A login that is not described any more is shown, so that it can be seen what is wrong.
        if (![...login.input.options].some(({ value }) => value === auth.login)) {
          login.input.append(el('option', { value: auth.login }, `${auth.login} (not described)`));
        }
        login.input.value = auth.login;
      }
      arrange();
    },
    update: ({ secrets: stored, logins }) => {
      secrets = stored;
      known.replaceChildren(...stored.map((value) => el('option', { value })));
      setOptions(
        login.input,
        logins.map(({ name: each, about: asks }) => [each, `${each} (${asks})`] as const),
      );
      arrange();
    },
    setFaults: (faultOf) => {
      name.setFault(faultOf('auth.name'));
      secret.setFault(faultOf('auth.reference'));
      login.setFault(faultOf('auth.login'));
    },
  };
}

/** Examples: `token` → `secret:token`; `${env:TOKEN}` → `env:TOKEN` */
function referenceOf(text: string): string {
  const trimmed = text.trim();
  const [, inside] = /^\$\{((?:secret|env):.*)\}$/.exec(trimmed) ?? [];
  return inside ?? `secret:${trimmed}`;
}

function shownReference(reference: string): string {
  return reference.startsWith('secret:') ? reference.slice('secret:'.length) : `\${${reference}}`;
}

function aboutSecret(reference: string, isStored: boolean): string {
  if (reference === 'secret:') return '';
  const named = `The request refers to it as \${${reference}}.`;
  if (reference.startsWith('env:')) return `${named} Its value is in an environment file of the folder.`;
  return isStored
    ? `${named} Its value is in the secret storage of VS Code.`
    : `${named} It has no value yet: VS Code asks for it, and keeps it in its secret storage.`;
}
