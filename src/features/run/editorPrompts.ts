import { l10n, window } from 'vscode';
import type { Prompts, Question } from '../../session/benchmarkOrder';

/** Asks in a modal dialog, so that nothing is sent by a stray click; "no" is what closing it means. */
export const editorPrompts: Prompts = {
  async confirm(question: Question, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    const { sentence, detail, yes } = wordsOf(question);
    const choice = await window.showWarningMessage(sentence, { modal: true, ...(detail ? { detail } : {}) }, yes);
    return choice === yes && !signal.aborted;
  },
};

function wordsOf(question: Question): { readonly sentence: string; readonly detail?: string; readonly yes: string } {
  switch (question.kind) {
    case 'host':
      return {
        sentence: question.sentence,
        detail: question.remember
          ? l10n.t('A yes is remembered for {0} in this workspace.', question.host)
          : l10n.t('You are asked again before every run.'),
        yes: l10n.t('Load This Host'),
      };
    case 'writes':
      return {
        sentence: question.sentence,
        detail: l10n.t('A yes is remembered for this endpoint in this workspace.'),
        yes: l10n.t('Write Data'),
      };
    case 'preview':
      return { sentence: question.sentence, yes: l10n.t('Benchmark Anyway') };
  }
}
