import type { EndpointMethod, Parameter } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { textOf, type CallSite, type ClassValue, type FuncValue, type Value } from '../../evaluate/values';
import { annotationsOf, annotationValue, type Annotation } from '../annotations';
import { lastName, methodNamed, pathOf } from '../arguments';
import { parseBraces, patternParameter } from '../bracePath';
import { inheritedMethods, isConcrete, lineage, type InheritedMethod } from '../hierarchy';
import type { FrameworkModel, ModelHost } from '../model';
import { joinSlash } from '../joins';
import { configuredPrefix, javaConfig, moduleOf } from './javaConfig';
import { javaParameterType } from './javaTypes';
import { withTypes } from './springControllers';

const ROOT_SETTINGS = ['quarkus.http.root-path', 'quarkus.rest.path', 'quarkus.resteasy.path'];
const LOCATOR_DEPTH = 5;

/** JAX-RS (Jersey, RESTEasy, Quarkus): resource classes, sub-resources and the path of the application. */
export const jaxrs: FrameworkModel = {
  id: 'jax-rs',
  languages: ['java'],
  packages: ['javax.ws.rs', 'jakarta.ws.rs'],
  prefilter: /\b(?:javax|jakarta)\.ws\.rs\b/,
  registrars: [],
  join: joinSlash,
  classDefined(cls, _decorators, host) {
    if (cls.cls.file.endsWith('.java')) classesOf(host).push(cls);
  },
  finish(host) {
    for (const cls of classesOf(host)) {
      if (!isConcrete(cls) || isClient(cls, host)) continue;
      const path = lineage(cls).flatMap((one) => pathOn(host, one, one.cls.decorators) ?? [])[0];
      if (!path) continue;
      const parent = applicationOf(host, cls.cls.file);
      const prefix = pathOf(annotationValue(path, 'value'), parseJaxRsPath);
      registerResource(host, cls, parent, prefix, { file: cls.cls.file, line: path.line }, 0);
    }
  },
};

function classesOf(host: ModelHost): ClassValue[] {
  return host.state('jax-rs classes', (): ClassValue[] => []);
}

function isClient(cls: ClassValue, host: ModelHost): boolean {
  return annotationsOf(host, cls, cls.cls.decorators).some(({ symbol }) => lastName(symbol) === 'RegisterRestClient');
}

/** With `import jakarta.ws.rs.*` annotations of `java.lang` look as if they were of that package. */
function isJaxRs(symbol: string): boolean {
  return /^(?:javax|jakarta)\.ws\.rs\b(?!.*\.(?:Override|Deprecated|SuppressWarnings|SafeVarargs)$)/.test(symbol);
}

function pathOn(
  host: ModelHost,
  scope: ClassValue | FuncValue,
  decorators: ClassValue['cls']['decorators'],
): Annotation | undefined {
  return annotationsOf(host, scope, decorators).find(({ symbol }) => isJaxRs(symbol) && lastName(symbol) === 'Path');
}

/** The router of a module, behind `@ApplicationPath` and settings. */
function applicationOf(host: ModelHost, file: string): RouterNode {
  const known = host.state('jax-rs applications', () => new Map<string, RouterNode>());
  const base = moduleOf(file);
  const before = known.get(base);
  if (before) return before;
  const applications = classesOf(host).flatMap((cls) => {
    const [path] = annotationsOf(host, cls, cls.cls.decorators).filter(
      ({ symbol }) => isJaxRs(symbol) && lastName(symbol) === 'ApplicationPath',
    );
    return path && moduleOf(cls.cls.file) === base ? [{ cls, path }] : [];
  });
  const [first] = applications;
  const settings = configuredPrefix(javaConfig(host, file), ROOT_SETTINGS);
  const place = first ? { file: first.cls.cls.file, line: first.path.line } : (settings?.place ?? { file, line: 1 });
  const own = first ? pathOf(annotationValue(first.path, 'value'), parseJaxRsPath) : EMPTY_PATH;
  const notes =
    applications.length > 1 ? ['Several applications are declared; which of them serves it is not known.'] : [];
  const root = settings?.prefix ?? EMPTY_PATH;
  const prefix: PathPiece = {
    template: own.template === '' ? root.template : joinSlash(root.template, own.template.replace(/\/+$/, '')),
    parameters: [],
    notes: [...root.notes, ...own.notes, ...notes],
  };
  const site: CallSite = { args: [], place, isNew: false };
  const made = host.router(jaxrs, 'application', { kind: 'app', site, prefix }).router as RouterNode;
  known.set(base, made);
  return made;
}

function registerResource(
  host: ModelHost,
  cls: ClassValue,
  parent: RouterNode,
  prefix: PathPiece,
  place: CallSite['place'],
  depth: number,
): void {
  const site: CallSite = { args: [], place, isNew: false };
  const { router } = host.router(jaxrs, 'resource', { kind: 'router', site });
  if (!router || depth > LOCATOR_DEPTH) return;
  host.addMount(parent, { child: router, prefix, place });
  for (const method of inheritedMethods(host, cls)) registerMethod(host, method, router, prefix, site, depth);
}

function registerMethod(
  host: ModelHost,
  { implementation, declarations }: InheritedMethod,
  router: RouterNode,
  prefix: PathPiece,
  site: CallSite,
  depth: number,
): void {
  // Annotations on a method replace all that it would have inherited.
  const declared = declarations.find((one) =>
    annotationsOf(host, one, one.fn.decorators).some(({ symbol, cls }) => isJaxRs(symbol) || cls !== null),
  );
  if (!declared) return;
  const annotations = annotationsOf(host, declared, declared.fn.decorators);
  const methods = annotations.flatMap((annotation) => httpMethodOf(host, annotation) ?? []);
  const path = annotations.find(({ symbol }) => isJaxRs(symbol) && lastName(symbol) === 'Path');
  const piece = path ? pathOf(annotationValue(path, 'value'), parseJaxRsPath) : EMPTY_PATH;
  const line = (path ?? annotations[0])?.line ?? declared.fn.line;
  if (methods.length === 0) {
    const target = path && resourceClass(host, implementation);
    if (target) registerResource(host, target, router, piece, { file: declared.fn.file, line }, depth + 1);
    return;
  }
  const typed = parametersOf(host, declared);
  host.addRoute(router, {
    methods,
    path: { ...piece, parameters: withTypes([...prefix.parameters, ...piece.parameters], typed) },
    handler: host.handler(implementation, site),
    registration: { file: declared.fn.file, line },
    query: typed.filter((parameter) => parameter.in === 'query'),
  });
}

/** `@GET`, or an annotation of the workspace with `@HttpMethod("LINK")` on it. */
function httpMethodOf(host: ModelHost, { symbol, cls }: Annotation): EndpointMethod | undefined {
  if (!cls) return isJaxRs(symbol) ? methodNamed(lastName(symbol)) : undefined;
  const [named] = annotationsOf(host, cls, cls.cls.decorators).filter((one) => lastName(one.symbol) === 'HttpMethod');
  const value = named && annotationValue(named, 'value');
  return value && methodNamed(textOf(value).text);
}

/** The class that a sub-resource locator hands on to: by its declared result. */
function resourceClass(host: ModelHost, func: FuncValue): ClassValue | undefined {
  const type = func.fn.returns;
  if (!type) return undefined;
  const isClassOf = type.k === 'index' && type.object.k === 'name' && type.object.name === 'Class';
  const value = host.evaluateIn(func, isClassOf ? type.index : type);
  return value.t === 'class' ? value : undefined;
}

function parametersOf(host: ModelHost, func: FuncValue): Parameter[] {
  return func.fn.params.flatMap((param): Parameter[] => {
    const annotations = annotationsOf(host, func, param.decorators);
    const [given] = annotations.filter(({ symbol }) => /(?:^|\.)(?:Rest)?(?:Path|Query)(?:Param)?$/.test(symbol));
    if (!given) return [];
    const named = annotationValue(given, 'value');
    const own = param.target.k === 'name' ? param.target.name : '';
    const [fallback] = annotations.filter(({ symbol }) => lastName(symbol) === 'DefaultValue');
    const value: Value | undefined = fallback && annotationValue(fallback, 'value');
    const isPath = /Path(?:Param)?$/.test(given.symbol);
    return [
      {
        name: named?.t === 'str' && named.text !== '' ? named.text : own,
        in: isPath ? 'path' : 'query',
        required: isPath,
        ...javaParameterType(host, func, param.type),
        ...(value?.t === 'str' ? { default: value.text } : {}),
      },
    ];
  });
}

/** Parses a path of JAX-RS. Examples: `/a/{id: \d+}` is `/a/{id}` with an integer; `{rest: .*}` is `{rest*}`. */
function parseJaxRsPath(text: string): Omit<PathPiece, 'notes'> {
  const rooted = text === '' || text.startsWith('/') ? text : `/${text}`;
  return parseBraces(rooted, (inner) => {
    const colon = inner.indexOf(':');
    if (colon < 0) return patternParameter(inner.trim(), undefined);
    return patternParameter(inner.slice(0, colon).trim(), inner.slice(colon + 1).trim());
  });
}
