import type { HttpMethod } from '../../src/core/model/endpoint';
import { exampleFeed } from '../../src/core/request/exampleFeed';
import type { DraftFault, RequestDraft } from '../../src/core/model/requestDraft';
import type { PageRequest } from '../../src/protocol/page';
import { el, show } from '../components/dom';
import { button } from '../components/toolkit';
import { createAuthFields, type AuthHandlers } from './authFields';
import { choice, faulted, labelled, type FieldFault } from './field';
import { createPairRows } from './pairRows';
import { createParameterFields } from './parameterFields';

export interface DraftHandlers extends AuthHandlers {
  readonly onSkeleton: () => void;
}

/** Every field of a request. */
export interface DraftFields {
  readonly element: HTMLElement;
  read(): RequestDraft;
  write(draft: RequestDraft): void;
  writeBody(text: string): void;
  /** What there is to choose from. */
  update(request: PageRequest): void;
  setFaults(faults: readonly DraftFault[]): void;
  /** Puts the keyboard on the field of a fault, or on the first one. */
  focus(field: string | null): void;
}

/** Builds the fields for what the code says of an endpoint. */
export function createDraftFields(
  { path, parameters, methods }: PageRequest,
  { onSkeleton, ...handlers }: DraftHandlers,
): DraftFields {
  const { onChange } = handlers;
  const method = choice(methods.map((each) => [each, each]));
  const inPath = createParameterFields('path', path, parameters, onChange);
  const inQuery = createParameterFields('query', path, parameters, onChange);
  const moreQuery = createPairRows('query parameter', onChange);
  const headers = createPairRows('header', onChange);
  const auth = createAuthFields(handlers);
  const body = faulted(el('textarea', { class: 'box code', rows: '5', spellcheck: 'false' }), 'request-body');
  const skeleton = button(
    'Skeleton',
    'secondary',
    onSkeleton,
    'A body that the schema allows, in the place of this one',
  );
  skeleton.classList.add('small');
  const bodyField = labelled('Body', 'empty for none', body);
  bodyField.append(el('div', { class: 'row' }, skeleton));
  const methodField = labelled('Method', '', faulted(method, 'request-method'));
  show(methodField, methods.length > 1);
  const first = inPath.parameters[0]?.name;
  const hint = `Another value for each request: 1..1000, random:uuid, @ids.csv${
    first === undefined || exampleFeed({ path }, first) === '1..1000' ? '' : `, ${exampleFeed({ path }, first)}`
  }`;
  const group = (title: string, ...children: HTMLElement[]): HTMLElement =>
    el('fieldset', {}, el('legend', {}, title), ...children);
  const element = el(
    'div',
    { class: 'draft' },
    methodField,
    ...(inPath.parameters.length > 0 ? [group('Path', inPath.element)] : []),
    group('Query', inQuery.element, moreQuery.element),
    group('Headers', headers.element),
    group('Authorization', auth.element),
    bodyField,
    el('p', { class: 'note' }, hint),
  );
  const arrange = (): void => {
    const takesBody = !['GET', 'HEAD', 'TRACE', 'CONNECT'].includes(method.value);
    show(bodyField, takesBody || body.input.value !== '');
  };
  method.addEventListener('change', () => {
    arrange();
    onChange();
  });
  body.input.addEventListener('input', onChange);
  const queryNames = new Set(inQuery.parameters.map(({ name }) => name));

  const read = (): RequestDraft => ({
    method: methods.find((each) => each === method.value) ?? 'GET',
    path: Object.fromEntries(inPath.read()),
    query: [...inQuery.read(), ...moreQuery.read()],
    headers: headers.read(),
    auth: auth.read(),
    body: body.input.value,
  });

  return {
    element,
    read,
    write: (draft) => {
      method.value = draft.method satisfies HttpMethod;
      inPath.write(new Map(Object.entries(draft.path)));
      // The first of a name that the code knows has its field; what is there twice, or empty, has a row.
      const known = new Map<string, string>();
      const others = draft.query.filter(([name, value]) => {
        if (!queryNames.has(name) || known.has(name) || value === '') return true;
        known.set(name, value);
        return false;
      });
      inQuery.write(known);
      moreQuery.write(others);
      headers.write(draft.headers);
      auth.write(draft.auth);
      body.input.value = draft.body;
      arrange();
    },
    writeBody: (text) => {
      body.input.value = text;
      onChange();
    },
    update: (request) => auth.update(request),
    setFaults: (faults) => {
      const faultOf = (field: string): FieldFault | null => faults.find((each) => each.field === field) ?? null;
      const sent = inQuery.read();
      const places = [...sent.keys()];
      inPath.setFaults(({ name }) => faultOf(`path.${name}`));
      inQuery.setFaults(({ name }) => faultOf(`query[${places.indexOf(name)}]`) ?? faultOf(`query.${name}`));
      moreQuery.setFaults((at) => faultOf(`query[${sent.size + at}]`));
      headers.setFaults((at) => faultOf(`headers[${at}]`));
      auth.setFaults(faultOf);
      body.setFault(faultOf('body'));
    },
    focus: (field) => {
      const wrong = element.querySelector<HTMLElement>('[aria-invalid="true"]');
      const any = element.querySelector<HTMLElement>('.field:not([hidden]) .box, vscode-button');
      (field === null ? any : (wrong ?? any))?.focus();
    },
  };
}
