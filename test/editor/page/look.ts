import type { OpenPage } from './harness';

/** What the page asked the extension for, in order: name and parameters. */
export async function requests(open: OpenPage): Promise<unknown[][]> {
  const { sent } = await open.seen();
  return sent.filter(({ name }) => name !== 'page/ready').map(({ name, params }) => [name, params]);
}

/** How many pixels each visible canvas has painted. */
export async function paintedPixels({ page }: OpenPage): Promise<number[]> {
  return await page.evaluate<number[]>(`[...document.querySelectorAll('canvas')]
    .filter((canvas) => canvas.offsetParent !== null)
    .map((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let painted = 0;
      for (let at = 3; at < data.length; at += 4) if (data[at] > 0) painted += 1;
      return painted;
    })`);
}

/** The cells of a table's body, row by row, as text. */
export async function tableCells({ page }: OpenPage, label: string): Promise<string[][]> {
  await page.locator(`table[aria-label="${label}"] tbody tr`).first().waitFor({ state: 'attached' });
  return await page.evaluate<string[][]>(`[...document.querySelectorAll('table[aria-label="${label}"] tbody tr')]
    .map((row) => [...row.cells].map((cell) => cell.textContent))`);
}

/** Elements that stick out of the window to the right, scrolled tables left aside. */
export async function stickingOut({ page }: OpenPage): Promise<string[]> {
  return await page.evaluate<string[]>(`[...document.querySelectorAll('main *')]
    .filter((element) => !element.closest('.as-table, .visually-hidden, .change-word, .uplot'))
    .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((element) => element.tagName + '.' + element.className)`);
}

/** The name of what has the keyboard focus; empty when nothing has. */
export async function focused({ page }: OpenPage): Promise<string> {
  return await page.evaluate<string>(`(() => {
    const at = document.activeElement;
    return at === document.body ? '' : (at.getAttribute('aria-label') ?? at.textContent).trim();
  })()`);
}
