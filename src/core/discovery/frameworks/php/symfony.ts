import type { EndpointMethod } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type Place, type RouterNode } from '../../graph';
import {
  settle,
  type ArgValue,
  type CallSite,
  type ClassValue,
  type FuncValue,
  type Value,
} from '../../evaluate/values';
import { annotationsOf, annotationValue, type Annotation } from '../annotations';
import { lastName, methodNamed } from '../arguments';
import { inheritedMethods, isConcrete } from '../hierarchy';
import type { FrameworkModel, ModelHost } from '../model';
import { methodTexts, typedByHandler } from './phpHandlers';
import { callConfigurator, configuratorInstance } from './symfonyConfigurator';
import { symfonyPath, symfonyRequirements } from './symfonyPath';
import { addYamlRoutes, prefixesOf } from './symfonyYaml';

/** Symfony: route attributes of controllers, with the prefixes of `config/routes`. */
export const symfony: FrameworkModel = {
  id: 'symfony',
  languages: ['php'],
  packages: ['Symfony', 'FOS.RestBundle'],
  prefilter: /\bSymfony\\Component\\Routing\b|\bRoutingConfigurator\b|\bFOS\\RestBundle\b/,
  registrars: ['add', 'controller'],
  join: (prefix, path) => (prefix.endsWith('/') && path.startsWith('/') ? prefix + path.slice(1) : prefix + path),
  callMethod: (object, name, site, host) => callConfigurator(symfony, object, name, site, host),
  instanceOf: (symbol, host) => configuratorInstance(symfony, symbol, host),

  classDefined(cls, _decorators, host) {
    if (cls.cls.file.endsWith('.php')) host.state('symfony classes', (): ClassValue[] => []).push(cls);
  },

  finish(host) {
    for (const cls of host.state('symfony classes', (): ClassValue[] => [])) {
      if (isConcrete(cls)) registerController(cls, host);
    }
    addYamlRoutes(symfony, host);
  },
};

function isRoute(symbol: string): boolean {
  return /^Symfony\.Component\.Routing\.(?:Attribute|Annotation)\.Route$/.test(symbol);
}

/** `#[Route]` and the shortcuts of FOSRestBundle (`#[Rest\Get]`). */
function routesOn(
  host: ModelHost,
  scope: ClassValue | FuncValue,
  decorators: ClassValue['cls']['decorators'],
): Annotation[] {
  return annotationsOf(host, scope, decorators).filter(
    ({ symbol }) => isRoute(symbol) || shortcut(symbol) !== undefined,
  );
}

function shortcut(symbol: string): EndpointMethod | undefined {
  return symbol.startsWith('FOS.RestBundle.Controller.Annotations.') ? methodNamed(lastName(symbol)) : undefined;
}

function registerController(cls: ClassValue, host: ModelHost): void {
  const { file, line } = cls.cls;
  const own = routesOn(host, cls, cls.cls.decorators);
  const methods = inheritedMethods(host, cls).flatMap(({ implementation, declarations }) => {
    const routes = declarations.slice(0, 1).flatMap((one) => routesOn(host, one, one.fn.decorators));
    return routes.map((route) => ({ implementation, route, declared: declarations[0] ?? implementation }));
  });
  const invoked = methods.length === 0 ? host.lookup(cls, '__invoke') : undefined;
  const invoke = invoked && host.functionOf(invoked);
  if (methods.length === 0 && !(invoke && own.length > 0)) return;
  const site: CallSite = { args: [], place: { file, line: own[0]?.line ?? line }, isNew: false };
  const app = applicationOf(host, file, site.place);
  if (invoke) {
    for (const route of own) addRoute(app, EMPTY_PATH, new Map(), [], route, invoke, invoke.fn.file, site, host);
    return;
  }
  const [global] = own;
  const requirements = symfonyRequirements(global && annotationValue(global, 'requirements'));
  for (const prefix of global ? pathsOf(global, requirements, new Set()) : [EMPTY_PATH]) {
    const child = host.router(symfony, 'controller', { kind: 'router', site, prefix });
    if (!child.router) continue;
    host.addMount(app, { child: child.router, prefix: EMPTY_PATH, place: site.place });
    const inherited = methodTexts(global && annotationValue(global, 'methods'));
    for (const { implementation, route, declared } of methods) {
      addRoute(child.router, prefix, requirements, inherited, route, implementation, declared.fn.file, site, host);
    }
  }
}

/** Every file that `config/routes` gives a prefix has an application of its own. */
function applicationOf(host: ModelHost, file: string, place: Place): RouterNode {
  const known = host.state('symfony applications', () => new Map<string, RouterNode>());
  const found = prefixesOf(host, file);
  const key = found ? `${found.place.file}:${found.place.line}` : '';
  const before = known.get(key);
  if (before) return before;
  const site: CallSite = { args: [], place: found?.place ?? place, isNew: false };
  const prefix: PathPiece = found?.prefix ?? EMPTY_PATH;
  const made = host.router(symfony, 'app', { kind: 'app', site, prefix }).router as RouterNode;
  known.set(key, made);
  return made;
}

function addRoute(
  router: RouterNode,
  prefix: PathPiece,
  outer: ReadonlyMap<string, string>,
  inherited: readonly string[],
  route: Annotation,
  func: FuncValue,
  declaredIn: string,
  site: CallSite,
  host: ModelHost,
): void {
  const requirements = new Map([...outer, ...symfonyRequirements(annotationValue(route, 'requirements'))]);
  const given = annotationValue(route, 'defaults');
  const defaults = new Set(given?.t === 'dict' ? given.entries.keys() : []);
  for (const param of func.fn.params) {
    if (param.default && param.target.k === 'name') defaults.add(param.target.name.replace(/^\$/, ''));
  }
  const own = shortcut(route.symbol);
  const texts = own ? [own] : [...inherited, ...methodTexts(annotationValue(positional(route), 'methods'))];
  const methods = [...new Set(texts.flatMap((text) => methodNamed(text) ?? []))];
  for (const path of pathsOf(route, requirements, defaults)) {
    const slashed = prefix.template === '' && !path.template.startsWith('/') ? `/${path.template}` : path.template;
    host.addRoute(router, {
      methods: methods.length > 0 ? methods : ['ANY'],
      path: {
        ...path,
        template: slashed,
        parameters: typedByHandler([...prefix.parameters, ...path.parameters], func),
      },
      handler: host.handler(func, site),
      registration: { file: declaredIn, line: route.line },
    });
  }
}

/** The parameters of the attribute that are given by place: path, name, requirements, options, defaults, host, methods. */
function positional(route: Annotation): Annotation {
  const names = ['path', 'name', 'requirements', 'options', 'defaults', 'host', 'methods'];
  let at = 0;
  const args = route.args.map((arg): ArgValue => {
    const name = arg.name ?? names[at++];
    return name === undefined ? arg : { ...arg, name };
  });
  return { ...route, args };
}

/** One path, or one per locale. */
function pathsOf(
  route: Annotation,
  requirements: ReadonlyMap<string, string>,
  defaults: ReadonlySet<string>,
): PathPiece[] {
  const given: Value | undefined = annotationValue(positional(route), 'path');
  const settled = given && settle(given);
  const items = settled?.t === 'dict' ? [...settled.entries.values()] : [settled];
  return items.map((item) => symfonyPath(item, requirements, defaults));
}
