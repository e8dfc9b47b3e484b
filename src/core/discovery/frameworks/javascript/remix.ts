import type { EndpointMethod, Parameter } from '../../../model/endpoint';
import { settle, str, textOf, type Value } from '../../evaluate/values';
import type { PathPiece } from '../../graph';
import type { FrameworkModel, ModelHost } from '../model';
import { lastName, pathOf } from '../arguments';
import { parseColonPath } from './colonPath';
import { joinExpress } from './expressPath';
import { addExport, baseFromConfig, pathOfSegments, testedMethods, type Base } from './fileRoutes';
import { argsOf, flattenValues } from './handlers';

const CONFIGS = [
  'react-router.config.ts',
  'react-router.config.js',
  'vite.config.ts',
  'vite.config.js',
  'remix.config.js',
];
const ROUTE_FILE = /^(.*\/)?app\/routes\/(.+)\.[jt]sx?$/;
const CONFIG_FILE = /^(.*\/)?app\/routes\.[jt]s$/;
const ENDINGS = ['', '.ts', '.tsx', '.js', '.jsx'];

/** Remix and React Router: resource routes, which are route modules with a loader or an action and nothing to show. */
export const remix: FrameworkModel = {
  id: 'react-router',
  languages: ['javascript'],
  packages: [
    '@remix-run/node',
    '@remix-run/route-config',
    '@react-router/dev',
    '@react-router/fs-routes',
    'react-router',
  ],
  prefilter:
    /\bexport\s+(?:async\s+)?(?:function|const|let)\s+(?:loader|action)\b|@(?:react-router\/dev|remix-run\/route-config)/,
  configFiles: /(?:^|\/)(?:react-router|remix|vite)\.config\.[cm]?[jt]s$|(?:^|\/)app\/routes\.[jt]s$/,
  registrars: [],
  join: joinExpress,

  callSymbol(symbol, site, host) {
    if (!/^@(?:react-router\/dev|remix-run\/route-config)/.test(symbol)) return undefined;
    const args = argsOf(site);
    const name = lastName(symbol);
    const children = args.find((value) => value.t === 'list');
    const make = (path: Value | undefined, file: Value | undefined): Value =>
      host.object(remix, 'route', [
        ['path', path ?? str('')],
        ['file', file ?? str('')],
        ['children', children ?? { t: 'list', items: [], open: false }],
      ]);
    if (name === 'route') return make(args[0], args[1]);
    if (name === 'index') return make(undefined, args[0]);
    if (name === 'layout') return make(undefined, undefined);
    return name === 'prefix' ? make(args[0], undefined) : undefined;
  },

  finish(host, files) {
    for (const file of files) {
      const config = CONFIG_FILE.exec(file);
      if (config) addConfigured(file, `${config[1] ?? ''}app`, host);
      const place = ROUTE_FILE.exec(file);
      if (!place || hasOwnConfig(`${place[1] ?? ''}app`, host)) continue;
      addModule(file, (place[1] ?? '').replace(/\/$/, ''), flatPath(place[2] ?? ''), host);
    }
  },
};

/** True when `app/routes.ts` lists the routes itself, so that names of files say nothing. */
function hasOwnConfig(app: string, host: ModelHost): boolean {
  const text = host.files.text(`${app}/routes.ts`) ?? host.files.text(`${app}/routes.js`);
  return text !== undefined && !/\bflatRoutes\s*\(/.test(text);
}

/** The routes of `app/routes.ts`. */
function addConfigured(file: string, app: string, host: ModelHost): void {
  const routes = host.exported(file, 'default');
  const visit = (value: Value, above: PathPiece): void => {
    for (const one of flattenValues(value)) {
      const object = host.objectOf(one);
      if (object?.type !== 'route') continue;
      const own = pathOf(object.attrs.get('path'), (text) => parseColonPath(text, { brackets: '()', star: '*' }));
      const path: PathPiece = {
        template: joinExpress(above.template, own.template),
        parameters: [...above.parameters, ...own.parameters],
        notes: [...above.notes, ...own.notes],
      };
      const name = textOf(object.attrs.get('file') ?? str('')).text.replace(/^\.\//, '');
      const found = ENDINGS.map((ending) => `${app}/${name}${ending}`).find(
        (one) => name !== '' && host.files.has(one),
      );
      if (found !== undefined && host.load(found, file)) addModule(found, app.replace(/\/?app$/, ''), path, host);
      visit(settle(object.attrs.get('children') ?? str('')), path);
    }
  };
  if (routes) visit(routes, { template: '/', parameters: [], notes: [] });
}

/** A module without anything to show answers with its loader and its action. */
function addModule(file: string, root: string, path: PathPiece, host: ModelHost): void {
  if (host.exported(file, 'default')) return;
  const route = { file, root, base: baseOf(root, host), path };
  addExport(remix, route, 'loader', ['GET'], host);
  const action = host.exported(file, 'action');
  const tested = action ? testedMethods(action, host) : [];
  const methods: readonly EndpointMethod[] = tested.length > 0 ? tested : ['POST', 'PUT', 'PATCH', 'DELETE'];
  addExport(remix, route, 'action', methods, host);
}

/**
 * The path that the name of a route file means.
 *
 * Examples: `users.$id` is `/users/{id}`; `_auth.login` is `/login`; `a_.b` is `/a/b`; `files.$` ends in a catch-all;
 * `($lang).x` has an optional `{lang}`; `sitemap[.]xml` is `/sitemap.xml`; `users.$id/route` is the first again.
 */
function flatPath(name: string): PathPiece {
  const whole = name.replace(/\/(?:route|index)$/, '').replaceAll('/', '.');
  return pathOfSegments(segmentsOf(whole), (segment) => {
    if (segment === 'index' || /^_/.test(segment)) return undefined;
    const isOptional = /^\(.*\)$/.test(segment);
    const bare = (isOptional ? segment.slice(1, -1) : segment).replace(/_$/, '');
    if (bare === '$') return { template: '{**}', parameters: [parameter('*', false, true)] };
    if (bare.startsWith('$')) {
      return { template: `{${bare.slice(1)}}`, parameters: [parameter(bare.slice(1), !isOptional, false)] };
    }
    return { template: bare.replaceAll(/\[([^\]]*)\]/g, '$1'), parameters: [] };
  });
}

function parameter(name: string, required: boolean, isMany: boolean): Parameter {
  if (isMany) return { name, in: 'path', type: 'path', required, catchAll: true };
  return { name, in: 'path', type: 'string', required };
}

/** Splits at dots that no square brackets escape. */
function segmentsOf(name: string): string[] {
  return name.match(/(?:\[[^\]]*\]|[^.[])+/g) ?? [];
}

function baseOf(root: string, host: ModelHost): Base {
  const known = host.state('react-router', () => new Map<string, Base>());
  let base = known.get(root);
  if (!base) known.set(root, (base = baseFromConfig(root, CONFIGS, 'basename', host)));
  return base;
}
