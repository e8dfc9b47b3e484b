import {
  provideVSCodeDesignSystem,
  vsCodeBadge,
  vsCodeButton,
  vsCodeDivider,
  vsCodeLink,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

export type ButtonKind = 'primary' | 'secondary';

/** A one-line text field; its accessible name is the label that it was made with. */
export interface TextInput {
  readonly element: HTMLElement;
  value: string;
  isInvalid: boolean;
}

/** Defines the toolkit's elements; called once before the first of them is made. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeBadge(),
    vsCodeButton(),
    vsCodeDivider(),
    vsCodeLink(),
    vsCodeProgressRing(),
    vsCodeTextField(),
  );
}

/** A button; `accessibleName` replaces its text for those who do not see where it stands. */
export function button(text: string, kind: ButtonKind, onClick: () => void, accessibleName?: string): HTMLElement {
  const element = make('vscode-button', text);
  setButtonKind(element, kind);
  if (accessibleName !== undefined) element.setAttribute('aria-label', accessibleName);
  element.addEventListener('click', onClick);
  return element;
}

/** Makes a button the one to press, or one among others. */
export function setButtonKind(element: HTMLElement, kind: ButtonKind): void {
  element.setAttribute('appearance', kind);
}

/** Switches a button off without hiding it. */
export function setDisabled(element: HTMLElement, isDisabled: boolean): void {
  element.toggleAttribute('disabled', isDisabled);
}

/** A link that does something on this page's behalf instead of going somewhere. */
export function actionLink(text: string, title: string, onClick: () => void): HTMLElement {
  const element = make('vscode-link', text);
  element.setAttribute('href', '#');
  element.title = title;
  element.addEventListener('click', (event) => {
    event.preventDefault();
    onClick();
  });
  return element;
}

/** The toolkit names a field without text of its own "Text field" whenever it is connected; this keeps the name that says what it is for. */
function keepLabel(element: HTMLElement, label: string): void {
  const name = (): void => {
    if (element.getAttribute('aria-label') !== label) element.setAttribute('aria-label', label);
  };
  name();
  new MutationObserver(name).observe(element, { attributes: true, attributeFilter: ['aria-label'] });
}

/** A text field. `onInput` hears every keystroke, `onEnter` the Enter key. */
export function textInput(label: string, onInput: () => void, onEnter: () => void): TextInput {
  const element = make('vscode-text-field', '') as HTMLElement & { value: string };
  keepLabel(element, label);
  element.addEventListener('input', onInput);
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') onEnter();
  });
  return {
    element,
    get value() {
      return element.value;
    },
    set value(text) {
      element.value = text;
    },
    get isInvalid() {
      return element.getAttribute('aria-invalid') === 'true';
    },
    set isInvalid(isInvalid) {
      element.setAttribute('aria-invalid', String(isInvalid));
      element.classList.toggle('invalid', isInvalid);
    },
  };
}

/** A short remark beside a title. */
export function badge(text: string): HTMLElement {
  return make('vscode-badge', text);
}

/** A thin line between parts of the page. */
export function divider(): HTMLElement {
  return make('vscode-divider', '');
}

/** A ring that turns while something is under way; decoration, since the words beside it say what. */
export function progressRing(): HTMLElement {
  const element = make('vscode-progress-ring', '');
  element.setAttribute('aria-hidden', 'true');
  return element;
}

function make(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
