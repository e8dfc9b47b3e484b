import { l10n, type Uri, type WorkspaceFolder } from 'vscode';
import type { Endpoint } from '../../core/model/endpoint';
import { UserError } from '../../util/errors';

/** An endpoint and where it is in this window. */
export interface LocatedEndpoint {
  readonly folder: WorkspaceFolder;
  readonly uri: Uri;
  readonly endpoint: Endpoint;
}

/** What a lens or a stored state carries: enough to find the endpoint again after edits. */
export interface EndpointReference {
  /** The workspace folder's URI as a string. */
  readonly folder: string;
  readonly id: string;
}

/** In the place of an endpoint's id where the page is about many endpoints of a folder. */
export const MANY_ENDPOINTS = 'many endpoints';

/** The reference that finds this endpoint again. */
export function referenceTo({ folder, endpoint }: LocatedEndpoint): EndpointReference {
  return { folder: folder.uri.toString(), id: endpoint.id };
}

/** Narrows what came in as a command's argument; undefined when it is something else. */
export function asReference(value: unknown): EndpointReference | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { folder, id } = value as Record<string, unknown>;
  return typeof folder === 'string' && typeof id === 'string' ? { folder, id } : undefined;
}

/** A registration that far above the definition is no decorator of it. */
const FARTHEST_DECORATOR_LINES = 20;

/** First and last line of the handler with its decorators, 1-based. A registering call elsewhere is not part of it. */
export function handlerSpan(endpoint: Endpoint): { readonly first: number; readonly last: number } {
  const distance = endpoint.line - endpoint.registrationLine;
  const first = distance > 0 && distance <= FARTHEST_DECORATOR_LINES ? endpoint.registrationLine : endpoint.line;
  return { first, last: Math.max(endpoint.endLine, endpoint.line) };
}

/** True when the 1-based line is the route's registration or lies in its handler. */
export function isOnRoute(endpoint: Endpoint, line: number): boolean {
  const { first, last } = handlerSpan(endpoint);
  return line === endpoint.registrationLine || (line >= first && line <= last);
}

/**
 * The endpoint after an edit that replaced lines `start` to `end` (0-based, inclusive) by text with `inserted` line breaks.
 * Used until the file has been parsed again.
 */
export function shiftLines(
  endpoint: Endpoint,
  edit: { readonly start: number; readonly end: number; readonly inserted: number },
): Endpoint {
  const delta = edit.inserted - (edit.end - edit.start);
  if (delta === 0) return endpoint;
  const move = (line: number): number => (line - 1 > edit.start ? Math.max(edit.start + 1, line + delta) : line);
  return {
    ...endpoint,
    line: move(endpoint.line),
    registrationLine: move(endpoint.registrationLine),
    endLine: move(endpoint.endLine),
  };
}

/** A command was about an endpoint that the code does not declare any more. */
export function endpointGone(): UserError {
  return new UserError(
    'endpoint-gone',
    l10n.t('The code does not declare this endpoint any more; choose another one.'),
  );
}
