import type { Uri } from 'vscode';
import { HTTP_METHODS } from '../../core/model/endpoint';
import type { LocatedEndpoint } from '../../platform/vscode/endpoints';

/** Endpoints that are shown below one heading. */
export interface EndpointGroup {
  readonly key: string;
  readonly label: string;
  readonly folderName: string;
  /** The file, when grouped by file. */
  readonly uri: Uri | undefined;
  readonly members: readonly LocatedEndpoint[];
}

/**
 * Groups by file (members in the order of the file) or by the first segment of the path (members by path). Groups are
 * sorted by their label; folders of the workspace are never mixed.
 */
export function groupEndpoints(all: readonly LocatedEndpoint[], by: 'file' | 'path'): readonly EndpointGroup[] {
  const groups = new Map<string, EndpointGroup & { members: LocatedEndpoint[] }>();
  for (const located of all) {
    const label = by === 'file' ? located.endpoint.file : firstSegment(located.endpoint.path);
    const key = `${located.folder.uri.toString()} ${label}`;
    const group = groups.get(key) ?? {
      key,
      label,
      folderName: located.folder.name,
      uri: by === 'file' ? located.uri : undefined,
      members: [],
    };
    group.members.push(located);
    groups.set(key, group);
  }
  const order = by === 'file' ? byLine : byPath;
  for (const { members } of groups.values()) members.sort(order);
  return [...groups.values()].sort(
    (left, right) => left.folderName.localeCompare(right.folderName) || left.label.localeCompare(right.label),
  );
}

/** Examples: `/author/{id}` → `/author`, `/` → `/`, `{name*}` → `{name*}`. */
function firstSegment(path: string): string {
  return /^\/?[^/]*/.exec(path)?.[0] ?? path;
}

function byLine(left: LocatedEndpoint, right: LocatedEndpoint): number {
  return left.endpoint.line - right.endpoint.line || methodRank(left) - methodRank(right);
}

/** GET first, as people think of methods; what is no method of its own (`ANY`) before all. */
function methodRank({ endpoint }: LocatedEndpoint): number {
  return HTTP_METHODS.findIndex((method) => method === endpoint.method);
}

function byPath(left: LocatedEndpoint, right: LocatedEndpoint): number {
  return left.endpoint.path.localeCompare(right.endpoint.path) || byLine(left, right);
}
