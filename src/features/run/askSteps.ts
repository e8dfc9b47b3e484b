import { QuickInputButtons, l10n, window } from 'vscode';
import type { RequestValues } from '../../core/model/request';
import { DisposableStore } from '../../util/disposable';
import type { RequestStep } from './requestSteps';

/** Asks step by step, with a way back; undefined when the person gave up. */
export async function askSteps(
  title: string,
  steps: readonly RequestStep[],
  initial: RequestValues,
): Promise<RequestValues | undefined> {
  let values = initial;
  for (let at = 0; at < steps.length;) {
    const step = steps[at];
    if (!step) break;
    const answer = await askOne(title, step, step.read(values), at + 1, steps.length);
    if (answer === undefined) return undefined;
    if (answer === 'back') at -= 1;
    else {
      values = step.write(values, answer.text);
      at += 1;
    }
  }
  return values;
}

function askOne(
  title: string,
  step: RequestStep,
  text: string,
  number: number,
  total: number,
): Promise<{ readonly text: string } | 'back' | undefined> {
  const store = new DisposableStore();
  const box = store.add(window.createInputBox());
  box.title = title;
  box.step = number;
  box.totalSteps = total;
  box.prompt = step.prompt;
  box.placeholder = step.placeholder;
  box.value = text;
  box.ignoreFocusOut = true;
  if (number > 1) box.buttons = [QuickInputButtons.Back];
  const validate = (): boolean => {
    box.validationMessage = step.check(box.value);
    return box.validationMessage === undefined;
  };
  return new Promise<{ readonly text: string } | 'back' | undefined>((resolve) => {
    store.add(box.onDidChangeValue(validate));
    store.add(box.onDidTriggerButton(() => resolve('back')));
    store.add(box.onDidHide(() => resolve(undefined)));
    store.add(
      box.onDidAccept(() => {
        if (validate()) resolve({ text: box.value });
      }),
    );
    box.show();
  }).finally(() => store.dispose());
}

/** The title above the input boxes. */
export function requestTitle(method: string, path: string): string {
  return l10n.t('Request: {0} {1}', method, path);
}
