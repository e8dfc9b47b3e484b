import type { Problem, ProblemAction } from '../../src/protocol/page';
import { el, show, type View } from './dom';
import { button } from './toolkit';

const LABELS: Readonly<Record<ProblemAction, string>> = {
  retry: 'Try again',
  chooseServer: 'Choose server',
  startServer: 'Start server',
  editRequest: 'Change the request',
  showLog: 'Show log',
  compareAgain: 'Try again',
  proposeCommand: 'Choose a start command',
  editServers: 'Write one down',
};

/** Why nothing could be measured, and what can be done about it. */
export function createProblem(onAct: (action: ProblemAction) => void): View<Problem | null> {
  const sentence = el('p', { class: 'problem-sentence' });
  const buttons = el('div', { class: 'row' });
  const log = el('pre', { class: 'problem-log', tabindex: '0', 'aria-label': 'The end of the server’s log' });
  const element = el('section', { class: 'problem', 'aria-label': 'Problem' }, sentence, log, buttons);
  let shown = '';

  return {
    element,
    update: (problem) => {
      show(element, problem !== null);
      const next = JSON.stringify(problem);
      if (!problem || next === shown) return;
      shown = next;
      sentence.textContent = problem.sentence;
      log.textContent = problem.log?.join('\n') ?? '';
      show(log, problem.log !== undefined);
      buttons.replaceChildren(
        ...problem.actions.map((action, index) =>
          button(LABELS[action], index === 0 ? 'primary' : 'secondary', () => onAct(action)),
        ),
      );
    },
  };
}
