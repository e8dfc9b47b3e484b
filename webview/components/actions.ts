import { EXPORT_FORMATS, EXPORT_KINDS, type ExportFormat } from '../../src/core/report/exportKinds';
import type { PageState } from '../../src/protocol/page';
import type { LoadForm } from '../../src/protocol/page';
import { isBusy, shownRun } from '../state';
import { subjectOf } from '../words';
import { el, show, type View } from './dom';
import { createLoadFields } from './loadFields';
import { menuButton } from './menuButton';
import { button, setButtonKind } from './toolkit';

/** What the row of buttons can ask for. */
export interface ActionHandlers {
  readonly onRun: (load: LoadForm, compare: boolean) => void;
  readonly onCompareCommit: () => void;
  readonly onCancel: () => void;
  readonly onExport: (format: ExportFormat) => void;
}

export interface Actions extends View<PageState> {
  /** The load of the next run; null while a field cannot be used, which is shown then. */
  readLoad(): LoadForm | null;
}

/** Run, run and compare, cancel, export, and the load of the next run. */
export function createActions(handlers: ActionHandlers): Actions {
  const start = (compare: boolean): void => {
    const load = fields.read();
    if (load) handlers.onRun(load, compare);
  };
  let isRunning = false;
  const fields = createLoadFields(() => {
    if (!isRunning) start(false);
  });
  const run = button('Benchmark', 'primary', () => start(false));
  const rerun = button('Re-run and compare', 'secondary', () => start(true));
  const commit = button('Compare with commit…', 'secondary', handlers.onCompareCommit);
  const cancel = button('Cancel', 'secondary', handlers.onCancel);
  const exporter = menuButton(
    'Export',
    EXPORT_FORMATS.map((format) => ({
      text: EXPORT_KINDS[format].label,
      onChoose: () => handlers.onExport(format),
    })),
  );
  const element = el('div', { class: 'actions' }, run, rerun, commit, cancel, exporter, fields.element);

  return {
    element,
    readLoad: () => fields.read(),
    update: (state) => {
      const busy = isBusy(state);
      const shown = shownRun(state);
      const hadFocus = element.contains(document.activeElement) && !fields.element.contains(document.activeElement);
      isRunning = busy;
      show(element, subjectOf(state) !== null || busy);
      run.textContent = state.run ? 'Benchmark again' : 'Benchmark';
      setButtonKind(run, state.editedSince && shown ? 'secondary' : 'primary');
      setButtonKind(rerun, state.editedSince ? 'primary' : 'secondary');
      show(run, !busy);
      show(rerun, !busy && shown !== null);
      show(commit, !busy && state.endpoint !== null);
      show(cancel, busy);
      show(fields.element, !busy);
      show(exporter, shown !== null);
      fields.update(state.load);
      // A button that vanishes under the keyboard hands its place to the one that took over.
      if (hadFocus && document.activeElement === document.body) (busy ? cancel : run).focus();
    },
  };
}
