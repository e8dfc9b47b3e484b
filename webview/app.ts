import type { PageState, PageToHost } from '../src/protocol/page';
import { readColors } from './charts/colors';
import { createOverTime } from './charts/overTime';
import { createActions } from './components/actions';
import { createComparing } from './components/comparing';
import { el, show } from './components/dom';
import { createHeader } from './components/header';
import { createHistory } from './components/history';
import { createMany } from './components/many';
import { createPreview } from './components/preview';
import { createProblem } from './components/problem';
import { createProgress } from './components/progress';
import { createResult } from './components/result';
import { createRequestForm } from './request/requestForm';
import { createSideBySide } from './components/sideBySide';
import { createSweep } from './components/sweep';
import { createVariants } from './components/variants';
import { createLiveTiles } from './components/tiles';
import { divider } from './components/toolkit';
import type { VerdictHandlers } from './components/verdict';
import { isBusy, shownRun } from './state';
import { announcement, subjectOf } from './words';

/** Asks the host for something; failures are the sender's to show. */
export type Ask = <Name extends keyof PageToHost>(name: Name, params: PageToHost[Name]['params']) => void;

/** Asks the host for an answer; undefined when there is none, which has been said. */
export type Query = <Name extends keyof PageToHost>(
  name: Name,
  params: PageToHost[Name]['params'],
) => Promise<PageToHost[Name]['result'] | undefined>;

/** The whole page. */
export interface App {
  update(state: PageState): void;
  /** Shows a sentence about something that did not work, until the next update that changes something. */
  tell(sentence: string): void;
}

const NOTHING_YET = [
  'Nothing measured yet.',
  'Right-click a route handler in your code and choose Endpoint Profiler › Benchmark Endpoint, or click “Benchmark” above the handler.',
];

/**
 * Builds the page into `root`; `ask` is null where nobody answers, in a file, and what asks is left out there. Parts are built once and told what to show, so that
 * focus and open folds survive updates.
 */
export function createApp(root: HTMLElement, ask: Ask | null, query: Query | null = null): App {
  const colors = readColors(root);
  const header = createHeader(ask && (() => ask('source/reveal', null)));
  const actions = createActions({
    onRun: (load, compare) => {
      if (compare || !request?.isChanged()) ask?.('run/start', { ...load, compare });
      else request.submit((draft) => ask?.('run/start', { ...load, compare, request: draft }));
    },
    onCompareCommit: () => ask?.('compare/commit', null),
    onCancel: () => ask?.('run/cancel', null),
    onExport: (format) => ask?.('run/export', { format }),
  });
  const request =
    ask &&
    query &&
    createRequestForm({
      ask,
      query,
      onRun: (draft) => {
        const load = actions.readLoad();
        if (load) ask('run/start', { ...load, compare: false, request: draft });
      },
    });
  const notice = el('p', { class: 'fault', role: 'alert' });
  const status = el('div', { class: 'visually-hidden', role: 'status' });
  const progress = createProgress();
  const problem = createProblem((action) => ask?.('problem/act', { action }));
  const liveTiles = createLiveTiles();
  const liveChart = createOverTime(colors);
  const live = el('div', {}, liveTiles.element, liveChart.element);
  const comparing = createComparing();
  const handlersOf = (of: 'runs' | 'sideBySide'): VerdictHandlers | null =>
    ask && {
      onConfirm: () => ask('compare/confirm', null),
      onGoOn: () => ask('compare/goOn', null),
      onCopy: () => ask('compare/copy', { of }),
    };
  const sideBySide = createSideBySide(handlersOf('sideBySide'));
  const result = createResult(colors, handlersOf('runs'));
  const preview = createPreview();
  const history = createHistory({
    onOpen: (id) => ask?.('run/open', { id }),
    onCompare: (id) => ask?.('compare/with', { id }),
    onDelete: (id) => ask?.('run/delete', { id }),
  });
  const many = createMany({
    onEndpoint: (id) => ask?.('many/endpoint', { id }),
    onBack: () => ask?.('many/back', null),
    onOpen: (id) => ask?.('many/open', { id }),
    onDelete: (id) => ask?.('many/delete', { id }),
    onCopy: () => ask?.('many/copy', null),
    onSave: () => ask?.('many/save', null),
  });
  const sweep = createSweep(colors, {
    onOpen: (id) => ask?.('sweep/open', { id }),
    onLay: (id, isLaid) => ask?.('sweep/lay', { id, isLaid }),
    onDelete: (id) => ask?.('sweep/delete', { id }),
  });
  const variants = createVariants(
    ask && { onOpen: (id) => ask('run/open', { id }), onCopy: () => ask('variants/copy', null) },
  );
  const empty = el('p', { class: 'empty' });
  const rule = divider();
  root.append(
    status,
    header.element,
    ...(ask ? [actions.element] : []),
    ...(request ? [request.element] : []),
    notice,
    progress.element,
    problem.element,
    empty,
    live,
    comparing.element,
    variants.element,
    many.element,
    sideBySide.element,
    result.element,
    sweep.element,
    rule,
    preview.element,
    ...(ask ? [history.element] : []),
  );
  let previous: PageState | null = null;

  return {
    update: (state) => {
      const { activity } = state;
      const run = shownRun(state);
      header.update(state);
      actions.update(state);
      request?.update({ request: state.request ?? null, isBusy: isBusy(state) });
      progress.update(activity);
      problem.update(activity.kind === 'problem' ? activity.problem : null);
      show(live, activity.kind === 'running');
      if (activity.kind === 'running') {
        liveTiles.update(activity.live);
        const { series, usage } = activity.live;
        liveChart.update({ series, usage, plannedMs: state.load.durationS * 1000 });
      }
      comparing.update(activity.kind === 'comparing' ? activity.live : null);
      sideBySide.update({ kept: isBusy(state) ? null : (state.sideBySide ?? null), run });
      variants.update({ variants: state.variants ?? null, isBusy: isBusy(state), run });
      many.update(isBusy(state) ? null : (state.many ?? null));
      show(result.element, run !== null);
      const { before, comparison, canConfirm } = state;
      if (run) result.update({ before, after: run, comparison, canConfirm });
      sweep.update({ sweeps: state.sweeps ?? null, isBusy: isBusy(state) });
      preview.update({
        response: state.preview,
        advice: state.previewAdvice ?? null,
        hasProblem: activity.kind === 'problem',
      });
      history.update({
        items: state.history,
        shownId: run?.id ?? null,
        beforeId: state.before?.id ?? null,
        isBusy: isBusy(state),
      });
      // An answer that was asked for is looked at beside what it is the answer to.
      const place = request && state.previewAdvice ? request.element : rule;
      if (place.nextElementSibling !== preview.element) place.after(preview.element);
      show(rule, state.preview !== null && place === rule);
      const hasOther =
        (state.sweeps?.list.length ?? 0) > 0 ||
        state.sideBySide !== undefined ||
        state.many != null ||
        state.variants !== undefined;
      show(empty, run === null && activity.kind === 'idle' && !hasOther);
      empty.textContent = subjectOf(state) === null ? NOTHING_YET.join(' ') : (NOTHING_YET[0] ?? '');
      const said = announcement(previous, state);
      if (said !== null) {
        status.textContent = said;
        notice.textContent = '';
      }
      previous = state;
    },
    tell: (sentence) => {
      notice.textContent = sentence;
    },
  };
}
