import { Hover, l10n, MarkdownString, type HoverProvider, type Position, type TextDocument } from 'vscode';
import { handlerSpan } from '../../platform/vscode/endpoints';
import type { EndpointIndex } from '../../platform/vscode/endpointIndex';
import { describeEndpoint } from './describeEndpoint';

/** On the lines between registration and head of a handler: where its prefix comes from, and what is not known of it. */
export class EndpointHover implements HoverProvider {
  readonly #index: EndpointIndex;

  constructor(index: EndpointIndex) {
    this.#index = index;
  }

  provideHover(document: TextDocument, { line }: Position): Hover | undefined {
    const here = this.#index
      .inFile(document.uri)
      .filter(({ endpoint }) =>
        isOnHead(line + 1, handlerSpan(endpoint).first, endpoint.line, endpoint.registrationLine),
      )
      // A route that is what its own line says needs no second telling.
      .filter(({ endpoint }) => endpoint.prefixes.length > 0 || endpoint.notes.length > 0);
    if (here.length === 0) return undefined;
    return new Hover(
      here.map(({ endpoint }) => {
        const text = new MarkdownString();
        text.appendText(describeEndpoint(endpoint, l10n).join('\n'));
        return text;
      }),
    );
  }
}

function isOnHead(line: number, first: number, definition: number, registration: number): boolean {
  return line === registration || (line >= first && line <= definition);
}
