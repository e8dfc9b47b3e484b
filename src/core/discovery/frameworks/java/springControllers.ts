import type { EndpointMethod, Parameter } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { textOf, type CallSite, type ClassValue, type FuncValue, type Value } from '../../evaluate/values';
import { annotationsOf, annotationValue, findAnnotations, type Annotation } from '../annotations';
import { lastName, methodNamed } from '../arguments';
import { inheritedMethods, isConcrete, lineage } from '../hierarchy';
import type { FrameworkModel, ModelHost } from '../model';
import { configuredPrefix, javaConfig, moduleOf, type JavaConfig } from './javaConfig';
import { isOptionalType, javaParameterType } from './javaTypes';
import { springPath } from './springPath';

const PREFIX_SETTINGS = ['server.servlet.context-path', 'spring.mvc.servlet.path', 'spring.webflux.base-path'];

const MAPPINGS: Readonly<Record<string, EndpointMethod | null>> = {
  RequestMapping: null,
  GetMapping: 'GET',
  PostMapping: 'POST',
  PutMapping: 'PUT',
  DeleteMapping: 'DELETE',
  PatchMapping: 'PATCH',
  HttpExchange: null,
  GetExchange: 'GET',
  PostExchange: 'POST',
  PutExchange: 'PUT',
  DeleteExchange: 'DELETE',
  PatchExchange: 'PATCH',
};

/** Keeps a class until every module has run. */
export function rememberSpringClass(cls: ClassValue, host: ModelHost): void {
  if (isJava(cls)) host.state('spring classes', (): ClassValue[] => []).push(cls);
}

function isJava(cls: ClassValue): boolean {
  return cls.cls.file.endsWith('.java');
}

/** Registers the routes of every controller. */
export function registerSpringControllers(model: FrameworkModel, host: ModelHost): void {
  for (const cls of host.state('spring classes', (): ClassValue[] => [])) {
    const stereotype = isConcrete(cls) ? stereotypeOf(cls, host) : null;
    if (stereotype !== null) registerController(model, host, cls, stereotype);
  }
}

function stereotypeOf(cls: ClassValue, host: ModelHost): 'rest' | 'plain' | null {
  const names = findAnnotations(host, cls, cls.cls.decorators, (symbol) => symbol.startsWith('org.springframework'));
  const has = (name: string): boolean => names.some(({ symbol }) => lastName(symbol) === name);
  if (has('RestController')) return 'rest';
  if (has('Controller')) return has('ResponseBody') ? 'rest' : 'plain';
  return has('Component') && has('RequestMapping') ? 'plain' : null;
}

/** The router that holds what a module serves; prefixes stand before it. */
export function springApplication(model: FrameworkModel, host: ModelHost, file: string, group: string): RouterNode {
  const routers = host.state('spring applications', () => new Map<string, RouterNode>());
  const key = `${moduleOf(file)} ${group}`;
  const known = routers.get(key);
  if (known) return known;
  const given = configuredPrefix(javaConfig(host, file), PREFIX_SETTINGS);
  const site: CallSite = { args: [], place: given?.place ?? { file, line: 1 }, isNew: false };
  const made = host.router(model, 'app', { kind: 'app', site, prefix: given?.prefix ?? EMPTY_PATH }).router;
  if (made) routers.set(key, made);
  return made as RouterNode;
}

function registerController(
  model: FrameworkModel,
  host: ModelHost,
  cls: ClassValue,
  stereotype: 'rest' | 'plain',
): void {
  const { file } = cls.cls;
  const config = javaConfig(host, file);
  const classMapping = lineage(cls).flatMap((one) => mappingsOn(host, one, one.cls.decorators))[0];
  const app = springApplication(model, host, file, stereotype);
  for (const prefix of pathsOf(classMapping, config)) {
    const site: CallSite = { args: [], place: { file, line: classMapping?.line ?? cls.cls.line }, isNew: false };
    const { router } = host.router(model, 'controller', { kind: 'router', site, prefix });
    if (!router) continue;
    host.addMount(app, { child: router, prefix: EMPTY_PATH, place: site.place });
    for (const { implementation, declarations } of inheritedMethods(host, cls)) {
      const declared = declarations.find((one) => mappingsOn(host, one, one.fn.decorators).length > 0);
      if (!declared) continue;
      for (const mapping of mappingsOn(host, declared, declared.fn.decorators)) {
        const methods = [...new Set([...methodsIn(classMapping), ...methodsIn(mapping)])];
        const typed = parametersOf(host, declarations);
        for (const path of pathsOf(mapping, config)) {
          host.addRoute(router, {
            methods: methods.length > 0 ? methods : ['ANY'],
            path: { ...path, parameters: withTypes([...prefix.parameters, ...path.parameters], typed) },
            handler: host.handler(implementation, site),
            registration: { file: declared.fn.file, line: mapping.line },
            query: typed.filter((parameter) => parameter.in === 'query'),
          });
        }
      }
    }
  }
}

function mappingsOn(
  host: ModelHost,
  scope: ClassValue | FuncValue,
  decorators: ClassValue['cls']['decorators'],
): Annotation[] {
  return findAnnotations(
    host,
    scope,
    decorators,
    (symbol) => symbol.startsWith('org.springframework') && lastName(symbol) in MAPPINGS,
  );
}

function pathsOf(mapping: Annotation | undefined, config: JavaConfig): PathPiece[] {
  const given = mapping && annotationValue(mapping, 'value', 'path', 'url');
  if (!given) return [EMPTY_PATH];
  const items = given.t === 'list' ? given.items : [given];
  return items.length === 0 ? [EMPTY_PATH] : items.map((item) => springPath(item, config));
}

function methodsIn(mapping: Annotation | undefined): EndpointMethod[] {
  if (!mapping) return [];
  const fixed = MAPPINGS[lastName(mapping.symbol)];
  if (fixed) return [fixed];
  const given = annotationValue(mapping, 'method');
  const items = given?.t === 'list' ? given.items : given ? [given] : [];
  return items.flatMap((item) => methodNamed(lastName(item.t === 'symbol' ? item.path : textOf(item).text)) ?? []);
}

/** What the signature tells of path and query parameters; an overriding method may leave the annotations to the other. */
function parametersOf(host: ModelHost, declarations: readonly FuncValue[]): Parameter[] {
  const found: Parameter[] = [];
  for (const func of declarations) {
    for (const param of func.fn.params) {
      const own = param.target.k === 'name' ? param.target.name : '';
      for (const annotation of annotationsOf(host, func, param.decorators)) {
        const kind = lastName(annotation.symbol);
        if (kind !== 'PathVariable' && kind !== 'RequestParam') continue;
        const named = annotationValue(annotation, 'value', 'name');
        const name = named?.t === 'str' && named.text !== '' ? named.text : own;
        const where = kind === 'PathVariable' ? 'path' : 'query';
        if (found.some((one) => one.name === name && one.in === where)) continue;
        const fallback = annotationValue(annotation, 'defaultValue');
        const required = annotationValue(annotation, 'required');
        const isOptional = fallback !== undefined || isOptionalType(param.type) || isFalse(required);
        found.push({
          name,
          in: where,
          required: !isOptional,
          ...javaParameterType(host, func, param.type),
          ...(fallback?.t === 'str' ? { default: fallback.text } : {}),
        });
      }
    }
  }
  return found;
}

function isFalse(value: Value | undefined): boolean {
  return value?.t === 'const' && value.value === false;
}

/** Path parameters take their type from the signature unless the path says more. */
export function withTypes(inPath: readonly Parameter[], typed: readonly Parameter[]): Parameter[] {
  return inPath.map((parameter) => {
    const told = typed.find(({ name, in: where }) => where === 'path' && name === parameter.name);
    if (!told || told.type === 'unknown' || told.type === 'string' || parameter.catchAll) return parameter;
    return { ...parameter, type: told.type, ...(told.enumValues ? { enumValues: told.enumValues } : {}) };
  });
}
