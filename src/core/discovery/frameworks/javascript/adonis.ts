import type { EndpointMethod } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { settle, textOf, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { methodsOf, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { parseColonPath } from './colonPath';
import { joinExpress } from './expressPath';
import { argsOf, flattenValues, methodsOfVerb } from './handlers';

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'any']);
const ROUTER = /^(?:@adonisjs\/core\/services\/router|@ioc:Adonis\/Core\/Route)(?:\.default)?$/;

/** What a resource route is: name of the method, HTTP methods, path below the resource. */
const ACTIONS: readonly (readonly [action: string, methods: readonly EndpointMethod[], path: string])[] = [
  ['index', ['GET'], ''],
  ['create', ['GET'], '/create'],
  ['store', ['POST'], ''],
  ['show', ['GET'], '/:id'],
  ['edit', ['GET'], '/:id/edit'],
  ['update', ['PUT', 'PATCH'], '/:id'],
  ['destroy', ['DELETE'], '/:id'],
];

/** AdonisJS: routes, groups with a prefix, resources, controllers given as `[Controller, 'method']`. */
export const adonis: FrameworkModel = {
  id: 'adonisjs',
  languages: ['javascript'],
  packages: ['@adonisjs/core/services/router', '@ioc:Adonis/Core/Route'],
  prefilter: /@adonisjs\/core\/services\/router|@ioc:Adonis\/Core\/Route/,
  registrars: ['group', 'resource', 'get', 'post', 'put', 'patch', 'delete', 'any'],
  join: joinExpress,

  callSymbol(symbol, site, host) {
    const dot = symbol.lastIndexOf('.');
    const name = symbol.slice(dot + 1);
    if (!ROUTER.test(symbol.slice(0, dot))) return undefined;
    const args = argsOf(site);
    const [first, second, third] = args;
    const stack = stackOf(host);
    const above = stack[stack.length - 1];
    const router = host.router(adonis, 'routes', { kind: 'app', site }).router;
    if (!router || !first) return undefined;
    if (above) host.addMount(above, { child: router, prefix: EMPTY_PATH, place: site.place });
    if (name === 'group') {
      stack.push(router);
      host.call(first, [], site);
      stack.pop();
    } else if (VERBS.has(name) && second) addRoute(router, methodsOfVerb(name), first, second, site, host);
    else if (name === 'route' && second && third)
      addRoute(router, methodsOf(second, ['ANY']).methods, first, third, site, host);
    else if ((name === 'resource' || name === 'shallowResource') && second)
      addResource(router, first, second, site, host);
    const made = host.object(adonis, name === 'group' ? 'group' : 'route');
    return { ...made, router };
  },

  callMethod(object, name, site) {
    const args = argsOf(site);
    const [first] = args;
    if (name === 'prefix' && first && object.router) {
      object.router.prefix = pathOf(first, (text) => parsePath(text.startsWith('/') ? text : `/${text}`));
    }
    if (name === 'apiOnly') keep(object, (action) => action !== 'create' && action !== 'edit');
    const names = first ? flattenValues(first).map((one) => textOf(one).text) : [];
    if (name === 'only') keep(object, (action) => names.includes(action));
    if (name === 'except') keep(object, (action) => !names.includes(action));
    return object;
  },
};

/** The groups whose callbacks run now, outermost first. */
function stackOf(host: ModelHost): RouterNode[] {
  return host.state('adonisjs', (): RouterNode[] => []);
}

function parsePath(text: string): Omit<PathPiece, 'notes'> {
  return parseColonPath(text, { brackets: '()', star: '*' });
}

function addRoute(
  router: RouterNode,
  methods: readonly EndpointMethod[],
  path: Value,
  handler: Value,
  site: CallSite,
  host: ModelHost,
): void {
  const piece = pathOf(path, (text) => parsePath(text.startsWith('/') ? text : `/${text}`));
  host.addRoute(router, { methods, path: piece, handler: handlerOf(handler, site, host), registration: site.place });
}

/** `[Controller, 'method']`, `[() => import('./controller'), 'method']`, or a function. */
function handlerOf(value: Value, site: CallSite, host: ModelHost): ReturnType<ModelHost['handler']> {
  if (value.t === 'str') return namedHandler(value.text, site, host);
  if (value.t !== 'list') return host.handler(value, site);
  const [controller, name] = value.items.map(settle);
  const method = controller && actionOf(controller, name?.t === 'str' ? name.text : 'handle', site, host);
  return host.handler(method ?? controller ?? value, site);
}

/** `'#controllers/users_controller.show'`, and `'UsersController.show'` of AdonisJS 5, found by the name of its file. */
function namedHandler(text: string, site: CallSite, host: ModelHost): ReturnType<ModelHost['handler']> {
  const dot = text.lastIndexOf('.');
  const source = dot < 0 ? text : text.slice(0, dot);
  const ending = `/${source.replace(/^App\/Controllers\/Http\//, '')}.ts`;
  const [file] = source.startsWith('#')
    ? []
    : host.filesNamed(/\/Controllers\/Http\//).filter((one) => one.endsWith(ending));
  const module = file === undefined ? host.module(source, site.place.file) : host.load(file, site.place.file);
  const method = module && actionOf(settle(module), dot < 0 ? 'handle' : text.slice(dot + 1), site, host);
  return method ? host.handler(method, site) : { ...host.handler({ t: 'const', value: null }, site), name: text };
}

function actionOf(controller: Value, name: string, site: CallSite, host: ModelHost): Value | undefined {
  const loaded = controller.t === 'func' ? settle(host.call(controller, [], site)) : controller;
  const cls = loaded.t === 'module' ? host.exported(loaded.file, 'default') : loaded;
  const settled = cls && settle(cls);
  return settled?.t === 'class' ? host.lookup(settled, name) : undefined;
}

/** `resource('posts', Controller)`; `posts.comments` stands below one post. */
function addResource(router: RouterNode, path: Value, controller: Value, site: CallSite, host: ModelHost): void {
  const { text, notes } = textOf(path);
  const names = text.replace(/^\//, '').split('.');
  const above = names
    .map((name, at) => (at < names.length - 1 ? `/${name}/:${name.replace(/s$/, '')}_id` : `/${name}`))
    .join('');
  for (const [action, methods, rest] of ACTIONS) {
    const method = actionOf(controller, action, site, host);
    const handler = { ...host.handler(method ?? controller, site), ...(method ? {} : { name: action }) };
    host.addRoute(router, { methods, path: { ...parsePath(above + rest), notes }, handler, registration: site.place });
  }
}

/** Leaves only some of the routes of a resource. */
function keep(object: ObjectValue, isKept: (action: string) => boolean): void {
  const routes = object.router?.routes ?? [];
  const kept = routes.filter(({ handler }) => isKept(handler.name.replace(/^.*\./, '')));
  routes.splice(0, routes.length, ...kept);
}
