import { HTTP_METHODS } from '../../../model/endpoint';
import type { PathPiece } from '../../graph';
import type { FrameworkModel, ModelHost } from '../model';
import { joinExpress } from './expressPath';
import { addExport, baseFromConfig, bracketSegment, pathOfSegments, type Base } from './fileRoutes';

const CONFIGS = ['next.config.js', 'next.config.mjs', 'next.config.ts', 'next.config.cjs', 'next.config.mts'];
const ROUTE_FILE = /(?:^|\/)app\/(?:.*\/)?route\.[jt]sx?$/;
const API_FILE = /(?:^|\/)pages\/api\/.*\.[jt]sx?$/;
const METHODS = HTTP_METHODS.filter((method) => method !== 'TRACE' && method !== 'CONNECT');

/** Next.js: route handlers of the app folder and API routes of the pages folder, by the place of their files. */
export const nextjs: FrameworkModel = {
  id: 'nextjs',
  languages: ['javascript'],
  packages: ['next'],
  prefilter: /['"]next\/server['"]|\bNextApi(?:Request|Response|Handler)\b/,
  routeFiles: /(?:^|\/)(?:app\/(?:.*\/)?route|pages\/api\/.*)\.[jt]sx?$/,
  configFiles: /(?:^|\/)next\.config\.[cm]?[jt]s$/,
  registrars: [],
  join: joinExpress,

  finish(host, files) {
    for (const file of files) {
      if (ROUTE_FILE.test(file)) addRouteFile(file, host);
      else if (API_FILE.test(file)) addApiFile(file, host);
    }
  },
};

function addRouteFile(file: string, host: ModelHost): void {
  const { root, inner } = split(file, 'app', host);
  const segments = inner.slice(0, -1);
  if (segments.some((segment) => segment.startsWith('_'))) return;
  const route = { file, root, base: baseOf(root, host), path: pathOf(segments) };
  for (const method of METHODS) addExport(nextjs, route, method, [method], host);
}

function addApiFile(file: string, host: ModelHost): void {
  const { root, inner } = split(file, 'pages', host);
  if (!isNext(root, file, host) || /\.(?:test|spec|d)\.[jt]sx?$/.test(file)) return;
  const names = inner.map((name, at) => (at === inner.length - 1 ? name.replace(/\.[jt]sx?$/, '') : name));
  const segments = names.at(-1) === 'index' ? names.slice(0, -1) : names;
  addExport(nextjs, { file, root, base: baseOf(root, host), path: pathOf(segments) }, 'default', 'tested', host);
}

/** The project's folder and the way below its `app` or `pages` folder, which may stand in `src`. */
function split(file: string, folder: string, host: ModelHost): { root: string; inner: string[] } {
  const parts = file.split('/');
  const places = parts.flatMap((part, at) => (part === folder ? [at] : []));
  const rootAt = (at: number): string => parts.slice(0, parts[at - 1] === 'src' ? at - 1 : at).join('/');
  const best = places.find((at) => hasConfig(rootAt(at), host)) ?? places[0] ?? 0;
  return { root: rootAt(best), inner: parts.slice(best + 1) };
}

function within(root: string, name: string): string {
  return root === '' ? name : `${root}/${name}`;
}

function hasConfig(root: string, host: ModelHost): boolean {
  return CONFIGS.some((name) => host.files.has(within(root, name)));
}

/** A folder `pages/api` is Next.js only in a project of Next.js. */
function isNext(root: string, file: string, host: ModelHost): boolean {
  if (hasConfig(root, host)) return true;
  if (/"next"\s*:/.test(host.files.text(within(root, 'package.json')) ?? '')) return true;
  return /['"]next(?:\/[\w/-]+)?['"]|\bNextApi/.test(host.files.text(file) ?? '');
}

function baseOf(root: string, host: ModelHost): Base {
  const known = host.state('nextjs', () => new Map<string, Base>());
  let base = known.get(root);
  if (!base) known.set(root, (base = baseFromConfig(root, CONFIGS, 'basePath', host)));
  return base;
}

/** Groups `(x)` and slots `@x` leave no trace; `%5Fx` is `_x`. */
function pathOf(segments: readonly string[]): PathPiece {
  return pathOfSegments(segments, (segment) => {
    if (/^\([^.)][^)]*\)$/.test(segment) || segment.startsWith('@')) return undefined;
    return bracketSegment(segment.replaceAll(/%5F/gi, '_').replace(/^(?:\(\.{1,3}\))+/, ''));
  });
}
