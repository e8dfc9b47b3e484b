import {
  dict,
  list,
  num,
  settle,
  str,
  textOf,
  unknown,
  type CallSite,
  type ObjectValue,
  type Value,
} from '../../evaluate/values';
import { EMPTY_PATH } from '../../graph';
import { lastName, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { readByProperties } from './defaults';
import { joinExpress, parseExpressPath } from './expressPath';
import { argsOf, dictOf, entryOf } from './handlers';
import { addRoute, exclusionsOf, mountApp, versioningOf, type NestApp, type NestState } from './nestApplication';
import { bare, controllerOf, decorationsOf } from './nestControllers';

const DECORATORS = new Set([
  ...['Controller', 'Module', 'Version', 'Param', 'Query', 'RequestMapping'],
  ...['Get', 'Post', 'Put', 'Delete', 'Patch', 'Options', 'Head', 'All', 'Sse'],
]);

/** NestJS: controllers, modules, global prefixes, versions in the path, RouterModule, configuration with defaults. */
export const nestjs: FrameworkModel = {
  id: 'nestjs',
  languages: ['javascript'],
  packages: ['@nestjs/common', '@nestjs/core', '@nestjs/config', 'nest-router'],
  prefilter: /['"]@nestjs\/(?:common|core|config)['"]|['"]nest-router['"]/,
  registrars: ['setGlobalPrefix', 'enableVersioning'],
  join: joinExpress,
  normalise: (path) => (path.length > 1 ? path.replace(/\/+$/, '') : path),

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    const [first] = argsOf(site);
    if (DECORATORS.has(name) || (name.endsWith('Pipe') && site.isNew)) return called('decorator', name, site, host);
    if (name === 'applyDecorators') return called('decorators', name, site, host);
    if (/NestFactory\.create$/.test(symbol)) return first && createApp(first, site, host);
    if (name === 'forwardRef') return first && host.call(first, [], site);
    if (/RouterModule\.(?:register|forRoutes)$/.test(symbol)) {
      const place = dict([
        ['file', str(site.place.file)],
        ['line', num(site.place.line)],
      ]);
      return (
        first &&
        host.object(nestjs, 'routes', [
          ['routes', first],
          ['place', place],
        ])
      );
    }
    if (name === 'registerWhen') return first;
    if (name === 'registerAs') return registerSettings(textOf(first ?? str('')).text, site.args[1]?.value, site, host);
    if (/ConfigModule\.forRoot$/.test(symbol)) {
      const load = entryOf(first, 'load');
      for (const one of load?.t === 'list' ? load.items : []) registerSettings('', one, site, host);
      const described = entryOf(entryOf(first, 'validationSchema'), 'properties');
      for (const [key, value] of readByProperties(described).entries) stateOf(host).settings.set(key, value);
      const validate = entryOf(first, 'validate');
      if (validate) registerSettings('', validate, site, host);
    }
    return undefined;
  },

  callMethod(object, name, site, host) {
    const [first, second] = argsOf(site);
    if (object.type === 'config')
      return name === 'get' || name === 'getOrThrow' ? setting(first, second, host) : undefined;
    const app = stateOf(host).apps.find((one) => one.object === object);
    if (!app || !object.router) return undefined;
    if (name === 'setGlobalPrefix' && first) {
      app.prefix = { piece: bare(pathOf(first, parseExpressPath)), place: site.place };
      app.excluded = exclusionsOf(entryOf(second, 'exclude'));
    } else if (name === 'enableVersioning') app.versioning = versioningOf(first, site);
    else if (name === 'get' || name === 'resolve') return fromContainer(first, site, host);
    else if ((name === 'listen' || name === 'init') && stateOf(host).isFinished) {
      mountApp(app, stateOf(host), nestjs, host);
    }
    return ['listen', 'init', 'get'].includes(name) ? undefined : object;
  },

  instanceOf(symbol, host) {
    return lastName(symbol) === 'ConfigService' ? host.object(nestjs, 'config') : undefined;
  },

  classDefined(cls, decorators, host) {
    if (decorators.length === 0) return;
    const state = stateOf(host);
    const module = decorators.flatMap((one) => decorationsOf(one, host)).find(({ name }) => name === 'Module');
    const [options] = module?.args ?? [];
    if (options) state.modules.set(cls, options);
    const controller = controllerOf(cls, decorators, host);
    if (!controller) return;
    const site = { args: [], place: controller.place, isNew: false };
    const alone = host.router(nestjs, 'controller', { kind: 'router', site }).router;
    if (!alone) return;
    state.controllers.set(cls, { controller, alone });
    for (const path of controller.paths) for (const route of controller.routes) addRoute(alone, route, path, host);
  },

  finish(host) {
    const state = stateOf(host);
    state.isFinished = true;
    for (const app of state.apps) mountApp(app, state, nestjs, host);
  },
};

function stateOf(host: ModelHost): NestState {
  return host.state('nestjs', () => ({
    controllers: new Map(),
    modules: new Map(),
    apps: [],
    isFinished: false,
    settings: new Map(),
  }));
}

/** What a decorator, or another call of the library, was given. */
function called(type: string, name: string, site: CallSite, host: ModelHost): ObjectValue {
  return host.object(nestjs, type, [
    ['name', str(name)],
    ['args', list(site.args.map(({ value }) => value))],
  ]);
}

function createApp(module: Value, site: CallSite, host: ModelHost): ObjectValue {
  const object = host.router(nestjs, 'app', { kind: 'app', site, prefix: EMPTY_PATH });
  const app: NestApp = { object, module, prefix: null, excluded: [], versioning: null, isMounted: false };
  stateOf(host).apps.push(app);
  return object;
}

/** `app.get(ConfigService)`, and of the workspace's own classes an object. */
function fromContainer(token: Value | undefined, site: CallSite, host: ModelHost): Value | undefined {
  if (token?.t === 'symbol' && lastName(token.path) === 'ConfigService') return host.object(nestjs, 'config');
  if (token?.t === 'class') return host.call(token, [], { ...site, isNew: true });
  const object = token && host.objectOf(token);
  return object?.type === 'namespace' ? object.attrs.get('value') : undefined;
}

/** Keeps what a configuration file returns, so that `config.get('app.prefix')` finds it. */
function registerSettings(namespace: string, factory: Value | undefined, site: CallSite, host: ModelHost): Value {
  const known = factory && host.objectOf(factory);
  if (known?.type === 'namespace') return known;
  const value = factory ? settle(host.call(factory, [], site)) : unknown('');
  const keep = (name: string, one: Value): void => {
    stateOf(host).settings.set(name, one);
    for (const [key, inner] of dictOf(one)?.entries ?? []) keep(name === '' ? key : `${name}.${key}`, inner);
  };
  keep(namespace, value);
  const made = host.object(nestjs, 'namespace', [['value', value]]);
  made.attrs.set('KEY', str(namespace));
  return made;
}

/** A setting: what a configuration file says, else the default in the code with a sentence. */
function setting(key: Value | undefined, fallback: Value | undefined, host: ModelHost): Value {
  const name = key ? textOf(key).text : '';
  const known = stateOf(host).settings.get(name);
  if (known) return settle(known);
  if (fallback?.t !== 'str') return unknown(`the setting ${name}`);
  const sentence = `The setting ${name} decides a part of the path; ${JSON.stringify(fallback.text)} is its default in the code.`;
  return str(fallback.text, [...fallback.notes, sentence]);
}
