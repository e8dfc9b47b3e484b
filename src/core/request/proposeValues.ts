import type { Endpoint, HttpMethod, Parameter } from '../model/endpoint';
import type { RequestValues } from '../model/request';
import type { DescribedValues } from './openApiValues';

/** A valid version 4 UUID that is easy to recognise in a log. */
const SAMPLE_UUID = '00000000-0000-4000-8000-000000000001';

/** Values for names that mean the same nearly everywhere; looked up in lower case without `_` and `-`. */
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ['limit', '20'],
  ['size', '20'],
  ['pagesize', '20'],
  ['perpage', '20'],
  ['count', '20'],
  ['offset', '0'],
  ['skip', '0'],
  ['page', '1'],
  ['year', '2024'],
  ['month', '1'],
  ['day', '1'],
  ['q', 'a'],
  ['query', 'a'],
  ['search', 'a'],
  ['name', 'a'],
  ['slug', 'a'],
  ['lang', 'en'],
  ['locale', 'en'],
  ['email', 'a@example.com'],
  ['username', 'a'],
]);

/**
 * Something to start from for everything that an endpoint asks for. What was used before wins, then what a document
 * describes, then the default in the code, then type and name. Optional query parameters without a default are left out.
 *
 * Examples: `/author/{id}` with `id: integer` → `{ id: '1' }`; `?limit=` → `20`.
 */
export function proposeValues(
  endpoint: Endpoint,
  remembered?: RequestValues,
  described: DescribedValues = {},
): RequestValues {
  const path: Record<string, string> = {};
  const query: [string, string][] = [];
  for (const parameter of endpoint.parameters) {
    if (parameter.in === 'path') {
      const before =
        remembered && Object.hasOwn(remembered.path, parameter.name) ? remembered.path[parameter.name] : undefined;
      path[parameter.name] = before ?? described.path?.[parameter.name] ?? proposeValue(parameter);
    } else if (!remembered && (parameter.required || parameter.default !== undefined)) {
      query.push([parameter.name, proposeValue(parameter)]);
    }
  }
  return {
    method: endpoint.method === 'ANY' ? (remembered?.method ?? 'GET') : endpoint.method,
    path,
    query: remembered?.query ?? withDescribed(query, described.query ?? []),
    headers: remembered?.headers ?? described.headers ?? [],
    ...(remembered?.feeds ? { feeds: remembered.feeds } : {}),
    body: remembered?.body ?? described.body ?? proposeBody(endpoint.method === 'ANY' ? 'GET' : endpoint.method),
  };
}

/** What a document describes takes the place of a guess, in the order of the code. */
function withDescribed(query: RequestValues['query'], described: RequestValues['query']): RequestValues['query'] {
  const told = new Map(described);
  const guessed = new Set(query.map(([name]) => name));
  return [
    ...query.map(([name, value]) => [name, told.get(name) ?? value] as const),
    ...described.filter(([name]) => !guessed.has(name)),
  ];
}

/** One value for one parameter, as text that can be sent; never empty. */
export function proposeValue(parameter: Parameter): string {
  if (parameter.default !== undefined && parameter.default !== '') return parameter.default;
  const first = parameter.enumValues?.[0];
  if (first !== undefined) return first;
  const known = BY_NAME.get(parameter.name.toLowerCase().replace(/[-_]/g, ''));
  switch (parameter.type) {
    case 'integer':
      return known !== undefined && /^\d+$/.test(known) ? known : '1';
    case 'number':
      return known !== undefined && /^\d+$/.test(known) ? known : '1.0';
    case 'boolean':
      return 'true';
    case 'uuid':
      return SAMPLE_UUID;
    case 'date':
      return '2024-01-01';
    case 'path':
      return 'index.html';
    default:
      return known ?? proposeText(parameter.name);
  }
}

function proposeText(name: string): string {
  if (/uuid|guid/i.test(name)) return SAMPLE_UUID;
  if (/(^|_)date$|Date$/.test(name)) return '2024-01-01';
  // An untyped id is a number more often than not: `/author/:id`.
  if (/(^|[_-])(id|pk|no|num|number|index)$|Id$/.test(name) || name.toLowerCase() === 'id') return '1';
  return 'a';
}

function proposeBody(method: HttpMethod): RequestValues['body'] {
  return method === 'POST' || method === 'PUT' || method === 'PATCH' ? { text: '{}' } : null;
}
