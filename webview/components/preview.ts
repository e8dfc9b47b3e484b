import { formatBytes, formatLatency } from '../../src/core/report/format';
import type { SingleResponse } from '../../src/core/model/request';
import type { PreviewAdvice } from '../../src/core/request/advice';
import { readableBody } from '../readableBody';
import { el, show, type View } from './dom';

/** The answer to the one request that was sent before the load. */
export interface PreviewModel {
  readonly response: SingleResponse | null;
  /** What it means, where it was asked for by itself. */
  readonly advice: PreviewAdvice | null;
  /** A problem is best understood from the answer, so it is opened with it. */
  readonly hasProblem: boolean;
}

/** Status, size, headers and the first bytes of the body, folded until asked for. */
export function createPreview(): View<PreviewModel> {
  const facts = el('span', { class: 'dim' });
  const body = el('pre', { tabindex: '0', 'aria-label': 'Body of the answer' });
  const headers = el('dl', { class: 'headers' });
  const cut = el('p', { class: 'note' });
  const meaning = el('p', { class: 'meaning', role: 'status' });
  const element = el(
    'details',
    { class: 'preview' },
    el('summary', {}, el('span', { class: 'summary-title' }, 'Preview answer'), facts),
    meaning,
    cut,
    body,
    headers,
  );
  let shown = '';
  let hadProblem = false;
  let told: PreviewAdvice | null = null;
  show(meaning, false);

  return {
    element,
    update: ({ response, advice, hasProblem }) => {
      show(element, response !== null);
      if (advice !== told) {
        told = advice;
        meaning.textContent = advice?.sentence ?? '';
        meaning.classList.toggle('is-doubtful', advice?.level === 'doubtful');
        show(meaning, advice !== null);
        if (advice) element.open = true;
      }
      if (hasProblem && !hadProblem) element.open = true;
      hadProblem = hasProblem;
      const next = JSON.stringify(response);
      if (!response || next === shown) return;
      shown = next;
      const { status, statusText, bodyBytes, truncated, durationMs } = response;
      const size = `${truncated ? 'more than ' : ''}${formatBytes(bodyBytes)}`;
      facts.textContent = `${status} ${statusText} · ${formatLatency(durationMs)} · ${size}`;
      body.textContent = readableBody(response);
      show(body, response.bodyText !== '');
      cut.textContent = cutNote(response);
      show(cut, cut.textContent !== '');
      headers.replaceChildren(
        ...response.headers.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]),
      );
    },
  };
}

function cutNote({ bodyText, bodyBytes, truncated }: SingleResponse): string {
  if (bodyText === '') return bodyBytes === 0 ? 'The body is empty.' : 'The body is not text.';
  return truncated ? 'The first part of the body; the rest is not shown.' : '';
}
