import { Uri, l10n, window, type QuickPickItem } from 'vscode';
import { cancellableNotice } from './cancellableNotice';
import type { EndpointIndex } from './endpointIndex';
import { asReference, isOnRoute, type LocatedEndpoint } from './endpoints';

interface EndpointItem extends QuickPickItem {
  readonly located: LocatedEndpoint;
}

/** Finds out which endpoint a command is about, from whatever the menu, lens or key passed. */
export class EndpointTargets {
  readonly #index: EndpointIndex;

  constructor(index: EndpointIndex) {
    this.#index = index;
  }

  /**
   * The endpoint of a lens's reference, a tree item, a gutter line, or the cursor; asks when several methods share the
   * handler, and lists the routes of the file, else of the workspace, when none is there. Undefined when the person gave up.
   */
  async resolve(argument: unknown): Promise<LocatedEndpoint | undefined> {
    const direct = this.direct(argument);
    if (direct) return direct;
    const place = placeOf(argument);
    const editor = window.activeTextEditor;
    const uri = place?.uri ?? editor?.document.uri;
    const line = place?.line ?? (editor ? editor.selection.active.line + 1 : 1);
    // A window that has just been opened knows few of its routes.
    if (!(uri && this.#index.inFile(uri).length > 0) && !(await this.untilScanned())) return undefined;
    const inFile = uri ? this.#index.inFile(uri) : [];
    const here = inFile.filter(({ endpoint }) => isOnRoute(endpoint, line));
    if (here.length === 1) return here[0];
    if (here.length > 1) return this.pick(here);
    return this.pick(inFile.length > 0 ? nearestFirst(inFile, line) : this.#index.all());
  }

  /** The endpoint that the argument itself names, or undefined. */
  direct(argument: unknown): LocatedEndpoint | undefined {
    const reference = asReference(argument) ?? referenceOfTreeItem(argument);
    return reference && this.#index.find(reference);
  }

  /** Waits for the first scan, and says so; false when the person gave up. */
  async untilScanned(): Promise<boolean> {
    if (this.#index.isScanned) return true;
    return await cancellableNotice(l10n.t('The source files are still being read…'), async (signal) => {
      await this.#index.whenScanned(signal);
      return !signal.aborted;
    });
  }

  /** True when the cursor of the active editor is on a route. */
  isCursorOnRoute(): boolean {
    const editor = window.activeTextEditor;
    return editor !== undefined && this.#index.at(editor.document.uri, editor.selection.active.line + 1).length > 0;
  }

  /** Lets the person choose; undefined when they gave up. */
  async pick(among: readonly LocatedEndpoint[] = this.#index.all()): Promise<LocatedEndpoint | undefined> {
    const items = among.map((located): EndpointItem => {
      const { endpoint } = located;
      return {
        located,
        label: `${endpoint.method} ${endpoint.path}`,
        description: endpoint.handler,
        detail: `${endpoint.file}:${endpoint.line}`,
      };
    });
    const placeHolder =
      items.length > 0
        ? l10n.t('Type a part of the path or of the handler’s name')
        : this.#index.isScanned
          ? l10n.t('No endpoint was found in this workspace')
          : l10n.t('The source files are still being read');
    const chosen = await window.showQuickPick(items, { placeHolder, matchOnDescription: true, matchOnDetail: true });
    return chosen?.located;
  }
}

/** A tree item is a located endpoint of the moment it was drawn; its reference finds the one of now. */
function referenceOfTreeItem(value: unknown): ReturnType<typeof asReference> {
  if (typeof value !== 'object' || value === null || !('endpoint' in value) || !('folder' in value)) return undefined;
  const { folder, endpoint } = value as LocatedEndpoint;
  return { folder: folder.uri.toString(), id: endpoint.id };
}

/** What the menu of the line numbers passes. */
function placeOf(value: unknown): { readonly uri: Uri; readonly line: number } | undefined {
  if (typeof value !== 'object' || value === null || !('lineNumber' in value) || !('uri' in value)) return undefined;
  const { lineNumber, uri } = value;
  return typeof lineNumber === 'number' && uri instanceof Uri ? { uri, line: lineNumber } : undefined;
}

function nearestFirst(located: readonly LocatedEndpoint[], line: number): readonly LocatedEndpoint[] {
  const distance = ({ endpoint }: LocatedEndpoint): number => Math.abs(endpoint.line - line);
  return [...located].sort((left, right) => distance(left) - distance(right));
}
