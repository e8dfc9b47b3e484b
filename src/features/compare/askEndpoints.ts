import { QuickPickItemKind, l10n, window, type QuickPickItem } from 'vscode';
import { isWritingMethod } from '../../core/request/consent';
import type { LocatedEndpoint } from '../../platform/vscode/endpoints';

interface EndpointItem extends QuickPickItem {
  readonly located?: LocatedEndpoint;
}

/**
 * Asks which endpoints to compare together, the ones that only read chosen beforehand; `effort` says for a number of them how
 * long that takes. Undefined when the person gave up.
 */
export async function askEndpoints(
  located: readonly LocatedEndpoint[],
  effort: (count: number) => string,
): Promise<readonly LocatedEndpoint[] | undefined> {
  const items = located.map((each) => itemOf(each));
  const [safe, writing] = [items.filter(isSafe), items.filter((item) => !isSafe(item))];
  const pick = window.createQuickPick<EndpointItem>();
  pick.title = l10n.t('Which endpoints did the change touch?');
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.items = [...safe, ...section(writing)];
  pick.selectedItems = safe;
  const tell = (): void => {
    pick.placeholder = effort(chosenOf(pick.selectedItems).length);
  };
  tell();
  try {
    return await new Promise((resolve) => {
      pick.onDidChangeSelection(tell);
      pick.onDidHide(() => resolve(undefined));
      pick.onDidAccept(() => {
        const chosen = chosenOf(pick.selectedItems);
        if (chosen.length > 0) resolve(chosen);
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

function itemOf(located: LocatedEndpoint): EndpointItem {
  const { method, path, file, line } = located.endpoint;
  return { located, label: `${method} ${path}`, description: `${file}:${line}` };
}

function isSafe({ located }: EndpointItem): boolean {
  const method = located?.endpoint.method;
  return method === 'ANY' || (method !== undefined && !isWritingMethod(method));
}

function section(writing: readonly EndpointItem[]): readonly EndpointItem[] {
  const label = l10n.t('May change data with every request');
  return writing.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...writing];
}

function chosenOf(items: readonly EndpointItem[]): readonly LocatedEndpoint[] {
  return items.flatMap(({ located }) => located ?? []);
}
