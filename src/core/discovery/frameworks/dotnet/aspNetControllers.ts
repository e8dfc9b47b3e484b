import type { EndpointMethod, Parameter } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { str, textOf, type CallSite, type ClassValue, type FuncValue } from '../../evaluate/values';
import { annotationsOf, annotationValue, type Annotation } from '../annotations';
import { methodNamed } from '../arguments';
import { inheritedMethods, isConcrete, lineage, type InheritedMethod } from '../hierarchy';
import type { FrameworkModel, ModelHost } from '../model';
import { parseAspNetPath } from './aspNetPath';
import { signatureParameters, withSignature } from './csharpTypes';

/** A pattern of `MapControllerRoute`, for actions without a route of their own. */
export interface Convention {
  readonly pattern: string;
  readonly area: string | null;
}

/** One way to reach an action: its methods, and the template that its attribute gives, if any. */
interface Selector {
  readonly methods: readonly EndpointMethod[];
  readonly template: string | null;
  readonly notes: readonly string[];
  readonly line: number;
}

/** The patterns of `MapControllerRoute`, in their order; of one evaluation. */
export function conventions(host: ModelHost): Convention[] {
  return host.state('aspnet conventions', (): Convention[] => []);
}

/** What holds the routes of controllers; applications mount it. */
export function controllersRouter(model: FrameworkModel, host: ModelHost): RouterNode {
  return host.state(
    'aspnet controllers',
    () => host.router(model, 'controllers', { kind: 'app' }).router as RouterNode,
  );
}

/** Registers the actions of every controller. */
export function registerControllers(model: FrameworkModel, host: ModelHost): void {
  for (const cls of host.state('aspnet classes', (): ClassValue[] => [])) {
    if (isController(cls, host)) registerController(model, cls, host);
  }
}

function attributes(
  host: ModelHost,
  scope: ClassValue | FuncValue,
  decorators: ClassValue['cls']['decorators'],
): Annotation[] {
  return annotationsOf(host, scope, decorators).map((one) => ({
    ...one,
    symbol: one.symbol.slice(one.symbol.lastIndexOf('.') + 1).replace(/Attribute$/, ''),
  }));
}

function isController(cls: ClassValue, host: ModelHost): boolean {
  if (!isConcrete(cls) || cls.cls.modifiers?.includes('static')) return false;
  const marks = lineage(cls).flatMap((one) => attributes(host, one, one.cls.decorators).map(({ symbol }) => symbol));
  if (marks.includes('NonController')) return false;
  if (marks.includes('ApiController') || marks.includes('Controller')) return true;
  const isDerived = host.extends(cls, (symbol) => /(?:^|\.)Controller(?:Base)?$/.test(symbol));
  return isDerived || (cls.cls.name.endsWith('Controller') && marks.includes('Route'));
}

function registerController(model: FrameworkModel, cls: ClassValue, host: ModelHost): void {
  const { file, line, name } = cls.cls;
  const holder = lineage(cls).find((one) => routesOf(host, one).length > 0);
  const classRoutes = holder ? routesOf(host, holder) : [];
  const own = lineage(cls).flatMap((one) => attributes(host, one, one.cls.decorators));
  const area = own.find(({ symbol }) => symbol === 'Area');
  const tokens = new Map([
    ['controller', name.replace(/Controller$/, '')],
    ['area', area ? textOf(annotationValue(area, 'value') ?? str('')).text : ''],
  ]);
  const versions = own
    .filter(({ symbol }) => symbol === 'ApiVersion')
    .map((one) => textOf(annotationValue(one, 'value') ?? str('')).text);
  const site: CallSite = { args: [], place: { file, line: classRoutes[0]?.line ?? line }, isNew: false };
  const parent = controllersRouter(model, host);
  for (const method of inheritedMethods(host, cls)) {
    if (!isAction(method, host)) continue;
    const selectors = selectorsOf(method, host);
    const action = new Map([...tokens, ['action', actionName(method, host)]]);
    for (const selector of selectors) {
      for (const path of pathsOf(selector, classRoutes, action, host)) {
        addAction(model, parent, path, selector, method, versions, site, host);
      }
    }
  }
}

/** Paths of a selector: below each route of the class, or what a convention makes of an action without any. */
function pathsOf(
  selector: Selector,
  classRoutes: readonly Annotation[],
  tokens: ReadonlyMap<string, string>,
  host: ModelHost,
): { prefix: PathPiece | null; path: PathPiece; line: number | null }[] {
  const { template } = selector;
  const parse = (text: string): PathPiece => ({ ...parseAspNetPath(replaced(text, tokens)), notes: selector.notes });
  if (template !== null && /^~?\//.test(template)) return [{ prefix: null, path: parse(template), line: null }];
  if (classRoutes.length > 0) {
    return classRoutes.map((route) => {
      const given = textOf(annotationValue(route, 'value', 'Template') ?? str(''));
      const prefix: PathPiece = { ...parseAspNetPath(replaced(given.text, tokens)), notes: given.notes };
      return { prefix, path: template === null ? EMPTY_PATH : parse(template), line: route.line };
    });
  }
  if (template !== null) return [{ prefix: null, path: parse(template), line: null }];
  return conventions(host)
    .filter(({ area, pattern }) =>
      (area ?? '') === ''
        ? (tokens.get('area') === '' || pattern.includes('{area')) &&
          !(pattern.includes('{area') && tokens.get('area') === '')
        : area === tokens.get('area'),
    )
    .map(({ pattern }) => ({
      prefix: null,
      path: { ...parseAspNetPath(conventional(pattern, tokens)), notes: [] },
      line: null,
    }));
}

/** `{controller=Home}/{action=Index}/{id?}` for one action. */
function conventional(pattern: string, tokens: ReadonlyMap<string, string>): string {
  return pattern.replace(
    /\{(controller|action|area)(?:[:=?][^}]*)?\}/g,
    (whole, name: string) => tokens.get(name) ?? whole,
  );
}

/** `[controller]` and its like; `[[` is a bracket. */
function replaced(text: string, tokens: ReadonlyMap<string, string>): string {
  return text.replace(/\[\[|\]\]|\[(\w+)\]/g, (whole, name?: string) => {
    if (name === undefined) return whole.charAt(0);
    return tokens.get(name.toLowerCase()) ?? whole;
  });
}

function addAction(
  model: FrameworkModel,
  parent: RouterNode,
  { prefix, path, line }: { prefix: PathPiece | null; path: PathPiece; line: number | null },
  selector: Selector,
  { implementation, declarations }: InheritedMethod,
  versions: readonly string[],
  site: CallSite,
  host: ModelHost,
): void {
  const place = { file: site.place.file, line: line ?? site.place.line };
  let router = parent;
  if (prefix && prefix.template !== '') {
    const known = host.state('aspnet prefixes', () => new Map<string, RouterNode>());
    const key = `${place.file}:${String(place.line)}:${prefix.template}`;
    const child =
      known.get(key) ??
      (host.router(model, 'controller', { kind: 'router', site: { ...site, place } }).router as RouterNode);
    if (!known.has(key)) host.addMount(parent, { child, prefix, place });
    known.set(key, child);
    router = child;
  }
  const inPath = [...(prefix?.parameters ?? []), ...path.parameters].map((parameter): Parameter => {
    return parameter.name.toLowerCase() === 'version' && versions.length > 0
      ? { ...parameter, type: 'enum', enumValues: versions }
      : parameter;
  });
  const told = signatureParameters(host, implementation, inPath);
  host.addRoute(router, {
    methods: selector.methods,
    path: { ...path, parameters: withSignature(inPath, told) },
    handler: host.handler(implementation, site),
    registration: { file: (declarations[0] ?? implementation).fn.file, line: selector.line },
    query: told.filter((parameter) => parameter.in === 'query'),
  });
}

function isAction({ implementation, declarations }: InheritedMethod, host: ModelHost): boolean {
  const { fn, owner } = implementation;
  if (!fn.modifiers?.includes('public') || fn.isStatic || fn.name === 'constructor') return false;
  if (owner?.cls.modifiers?.includes('interface') || fn.modifiers.includes('abstract')) return false;
  return !declarations.some((one) =>
    attributes(host, one, one.fn.decorators).some(({ symbol }) => symbol === 'NonAction'),
  );
}

function actionName({ implementation, declarations }: InheritedMethod, host: ModelHost): string {
  const given = declarations
    .flatMap((one) => attributes(host, one, one.fn.decorators))
    .find(({ symbol }) => symbol === 'ActionName');
  const value = given && annotationValue(given, 'value');
  return value ? textOf(value).text : implementation.fn.name.replace(/Async$/, '');
}

function routesOf(host: ModelHost, cls: ClassValue): Annotation[] {
  return attributes(host, cls, cls.cls.decorators).filter(({ symbol }) => symbol === 'Route');
}

/** What the attributes of an action, or of the method that it overrides, say. */
function selectorsOf({ declarations, implementation }: InheritedMethod, host: ModelHost): Selector[] {
  for (const one of declarations) {
    const all = attributes(host, one, one.fn.decorators).filter(
      ({ symbol }) => symbol === 'Route' || symbol === 'AcceptVerbs' || /^Http[A-Z]/.test(symbol),
    );
    if (all.length === 0) continue;
    const given = all.map((attribute) => ({
      attribute,
      template: templateOf(attribute),
      methods: methodsOf(attribute),
    }));
    const silent = given.filter(({ template }) => template === null);
    const common = silent.flatMap(({ methods }) => methods);
    const spoken = given.filter(({ template }) => template !== null);
    const routes = spoken.map(({ attribute, template, methods }): Selector => {
      const own = methods.length > 0 ? methods : common;
      return {
        methods: own.length > 0 ? own : ['ANY'],
        template: template?.text ?? null,
        notes: template?.notes ?? [],
        line: attribute.line,
      };
    });
    const hasRoute = all.some(({ symbol }) => symbol === 'Route');
    if (hasRoute || common.length === 0) return routes;
    return [...routes, { methods: common, template: null, notes: [], line: silent[0]?.attribute.line ?? one.fn.line }];
  }
  return [{ methods: ['ANY'], template: null, notes: [], line: implementation.fn.line }];
}

function templateOf(attribute: Annotation): { text: string; notes: readonly string[] } | null {
  const value =
    attribute.symbol === 'AcceptVerbs'
      ? annotationValue(attribute, 'Route')
      : annotationValue(attribute, 'value', 'template');
  return value && !(value.t === 'const' && value.value === null) ? textOf(value) : null;
}

function methodsOf(attribute: Annotation): EndpointMethod[] {
  if (attribute.symbol === 'AcceptVerbs') {
    return attribute.args.flatMap(({ name, value }) =>
      name === undefined ? (methodNamed(textOf(value).text) ?? []) : [],
    );
  }
  const method = methodNamed(attribute.symbol.replace(/^Http/, ''));
  return method ? [method] : [];
}
