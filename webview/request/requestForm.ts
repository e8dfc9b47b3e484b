import type { DraftFault, RequestDraft } from '../../src/core/model/requestDraft';
import { el, show, type View } from '../components/dom';
import { button, setDisabled } from '../components/toolkit';
import type { PageRequest, PageToHost } from '../../src/protocol/page';
import { createDraftFields, type DraftFields } from './draftFields';
import { draftSentence, isSameDraft } from './draftWords';
import { createSavedRequests } from './savedRequests';

export interface RequestModel {
  readonly request: PageRequest | null;
  readonly isBusy: boolean;
}

export interface RequestHandlers {
  /** Tells the host something. */
  readonly ask: <Name extends keyof PageToHost>(name: Name, params: PageToHost[Name]['params']) => void;
  /** Asks the host for something; undefined when it did not answer, which has been said. */
  readonly query: <Name extends keyof PageToHost>(
    name: Name,
    params: PageToHost[Name]['params'],
  ) => Promise<PageToHost[Name]['result'] | undefined>;
  readonly onRun: (draft: RequestDraft) => void;
}

/** The form that edits what is sent. */
export interface RequestForm extends View<RequestModel> {
  /** Somebody has changed something that the host does not know of. */
  isChanged(): boolean;
  /** Hands over the draft once nothing is wrong with it; otherwise the first field that is wrong gets the keyboard. */
  submit(onReady: (draft: RequestDraft) => void): void;
}

/** How long nobody types before what was typed is looked at. */
const PAUSE_MS = 150;

/**
 * What is sent for the endpoint, folded until it is asked for. The host says what is wrong; what it proposes is taken over only
 * while nobody has typed something else, so that an update never eats a half-filled form.
 */
export function createRequestForm({ ask, query, onRun }: RequestHandlers): RequestForm {
  const about = el('span', { class: 'dim' });
  const holder = el('div', {});
  const message = el('p', { class: 'note', role: 'status' });
  const preview = button('Preview', 'secondary', () => submit((draft) => ask('request/preview', draft)));
  const run = button('Benchmark', 'primary', () => submit(onRun), 'Benchmark with this request');
  const saved = createSavedRequests({
    onChoose: (chosen) => take(chosen?.draft ?? proposed),
    onSave: (name) => submit((draft) => ask('request/save', { name, draft })),
    onDelete: (name) => ask('request/delete', { name }),
  });
  const body = el(
    'div',
    { class: 'request-body', role: 'group', 'aria-label': 'Request' },
    ...[saved.element, holder, message, el('div', { class: 'row' }, preview, run)],
  );
  const summary = el('summary', {}, el('span', { class: 'summary-title' }, 'Request'), about);
  const element = el('details', { class: 'request' }, summary, body);
  let fields: DraftFields | null = null;
  let shape = '';
  let proposed: RequestDraft | null = null;
  let timer = 0;
  let asked = 0;

  const say = (): void => {
    about.textContent = fields && proposed ? `${draftSentence(fields.read())}${isChanged() ? ' · changed' : ''}` : '';
  };
  const isChanged = (): boolean => fields !== null && proposed !== null && !isSameDraft(fields.read(), proposed);
  const take = (draft: RequestDraft | null): void => {
    if (!fields || !draft) return;
    fields.write(draft);
    changed();
  };
  const changed = (): void => {
    say();
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void check(), PAUSE_MS);
  };
  const check = async (): Promise<readonly DraftFault[] | undefined> => {
    if (!fields) return undefined;
    const turn = ++asked;
    const faults = await query('request/check', fields.read());
    // Something was typed meanwhile: its own check is under way.
    if (faults && turn === asked) fields.setFaults(faults);
    return faults;
  };
  const submit = (onReady: (draft: RequestDraft) => void): void => {
    window.clearTimeout(timer);
    const draft = fields?.read();
    if (draft === undefined) return;
    void check().then((faults) => {
      const wrong = faults?.find(({ blocks }) => blocks);
      if (faults && !wrong) onReady(draft);
      if (!wrong) return;
      element.open = true;
      fields?.focus(wrong.field);
    });
  };

  const skeleton = (): void => {
    message.textContent = 'Looking for a schema…';
    void query('request/skeleton', null).then((text) => {
      const isThere = text !== null && text !== undefined;
      message.textContent = isThere
        ? 'The body is one that the schema allows.'
        : 'No OpenAPI document of the folder, and none of the running server, says what the body is.';
      if (isThere) fields?.writeBody(text);
    });
  };

  return {
    element,
    isChanged,
    submit,
    update: ({ request, isBusy }) => {
      show(element, request !== null);
      if (!request) return;
      const { draft, saved: list } = request;
      const next = JSON.stringify([request.path, request.parameters, request.methods]);
      if (next !== shape || !fields) {
        shape = next;
        fields = createDraftFields(request, {
          onChange: changed,
          onSkeleton: skeleton,
          onStore: (name, kind) => ask('request/storeSecret', { name, kind }),
          onAddLogin: () => ask('request/addLogin', null),
        });
        holder.replaceChildren(fields.element);
        proposed = null;
        message.textContent = '';
      }
      fields.update(request);
      const isTouched = isChanged();
      if (!proposed || !isSameDraft(draft, proposed)) {
        proposed = draft;
        if (!isTouched && !isSameDraft(fields.read(), draft)) take(draft);
      }
      saved.update(list, isBusy);
      setDisabled(preview, isBusy);
      setDisabled(run, isBusy);
      say();
      if (!request.isAskedFor) return;
      element.open = true;
      fields.focus(null);
      ask('request/opened', null);
    },
  };
}
