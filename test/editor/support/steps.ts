import type { EditorWindow } from './editorWindow';

/** Keeps a picture of where a step stood when it failed. */
export async function step(window: EditorWindow, name: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    await window.screenshot(`failed-${name}`);
    throw error;
  }
}

/** Accepts what is proposed for every parameter that is asked for, until `done` is on the screen. */
export async function acceptProposals(window: EditorWindow, done: { isVisible(): Promise<boolean> }): Promise<void> {
  const giveUpAt = Date.now() + 90_000;
  while (Date.now() < giveUpAt && !(await done.isVisible())) {
    if (await window.input().isVisible()) await window.page.keyboard.press('Enter');
    await window.page.waitForTimeout(300);
  }
}
