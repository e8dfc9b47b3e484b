import type { EndpointMethod, Parameter } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece } from '../../graph';
import { textOf, type CallSite, type ClassValue, type FuncValue, type Value } from '../../evaluate/values';
import { annotationsOf, annotationValue, findAnnotations, type Annotation } from '../annotations';
import { lastName, methodNamed } from '../arguments';
import { parseBraces, patternParameter, type Placeholder } from '../bracePath';
import { inheritedMethods, isConcrete, lineage } from '../hierarchy';
import type { FrameworkModel, ModelHost } from '../model';
import { joinSlash } from '../joins';
import { configuredPrefix, javaConfig, resolvePlaceholders, type JavaConfig } from './javaConfig';
import { isOptionalType, javaParameterType } from './javaTypes';
import { withTypes } from './springControllers';

const METHODS = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'Trace', 'CustomHttpMethod']);

/** Micronaut: controllers with URI templates. */
export const micronaut: FrameworkModel = {
  id: 'micronaut',
  languages: ['java'],
  packages: ['io.micronaut'],
  prefilter: /\bio\.micronaut\.http\.annotation\b/,
  registrars: [],
  join: (prefix, path) => (path === '/' ? prefix : joinSlash(prefix, path)),
  classDefined(cls, _decorators, host) {
    if (cls.cls.file.endsWith('.java')) host.state('micronaut classes', (): ClassValue[] => []).push(cls);
  },
  finish(host) {
    for (const cls of host.state('micronaut classes', (): ClassValue[] => [])) {
      if (!isConcrete(cls)) continue;
      const [controller] = lineage(cls).flatMap((one) =>
        findAnnotations(host, one, one.cls.decorators, (symbol) => isMicronaut(symbol, 'Controller')),
      );
      if (controller) registerController(host, cls, controller);
    }
  },
};

function isMicronaut(symbol: string, name: string): boolean {
  return symbol.startsWith('io.micronaut') && lastName(symbol) === name;
}

function registerController(host: ModelHost, cls: ClassValue, controller: Annotation): void {
  const config = javaConfig(host, cls.cls.file);
  const context = configuredPrefix(config, ['micronaut.server.context-path']);
  const site: CallSite = { args: [], place: { file: cls.cls.file, line: controller.line }, isNew: false };
  const [prefix = EMPTY_PATH] = pathsIn(annotationValue(controller, 'value'), config, '/');
  const own = prefix.template === '/' ? EMPTY_PATH : prefix;
  const { router } = host.router(micronaut, 'controller', { kind: context ? 'router' : 'app', site, prefix: own });
  if (!router) return;
  if (context) {
    const app = host.router(micronaut, 'app', {
      kind: 'app',
      site: { ...site, place: context.place },
      prefix: context.prefix,
    });
    if (app.router) host.addMount(app.router, { child: router, prefix: EMPTY_PATH, place: site.place });
  }
  for (const { implementation, declarations } of inheritedMethods(host, cls)) {
    for (const declared of declarations) {
      const mappings = mappingsOn(host, declared);
      for (const mapping of mappings) {
        const { methods, paths } = readMapping(mapping, config);
        for (const path of paths) {
          const inPath = [...own.parameters, ...path.parameters];
          const typed = parametersOf(host, declared, inPath, methods.includes('GET'));
          host.addRoute(router, {
            methods,
            path: { ...path, parameters: withTypes(inPath, typed).filter((one) => one.in === 'path') },
            handler: host.handler(implementation, site),
            registration: { file: declared.fn.file, line: mapping.line },
            query: typed.filter((parameter) => parameter.in === 'query'),
          });
        }
      }
      if (mappings.length > 0) break;
    }
  }
}

function mappingsOn(host: ModelHost, func: FuncValue): Annotation[] {
  return findAnnotations(
    host,
    func,
    func.fn.decorators,
    (symbol) => symbol.startsWith('io.micronaut') && METHODS.has(lastName(symbol)),
  );
}

function readMapping(mapping: Annotation, config: JavaConfig): { methods: EndpointMethod[]; paths: PathPiece[] } {
  const custom = annotationValue(mapping, 'method');
  const name = custom ? textOf(custom).text : lastName(mapping.symbol);
  const given = annotationValue(mapping, 'uris') ?? annotationValue(mapping, 'value', 'uri');
  return { methods: [methodNamed(name) ?? 'ANY'], paths: pathsIn(given, config, '/') };
}

function pathsIn(given: Value | undefined, config: JavaConfig, fallback: string): PathPiece[] {
  const items = given?.t === 'list' ? given.items : given ? [given] : [];
  if (items.length === 0) return [{ template: fallback, parameters: [], notes: [] }];
  return items.map((item) => {
    const { text, notes } = textOf(item);
    const resolved = resolvePlaceholders(text, config);
    return { ...parseMicronautPath(resolved.text), notes: [...notes, ...resolved.notes] };
  });
}

/** Path variables and, of what is left, what a request without a body can only bring as a query. */
function parametersOf(host: ModelHost, func: FuncValue, inPath: readonly Parameter[], isGet: boolean): Parameter[] {
  return func.fn.params.flatMap((param): Parameter[] => {
    const annotations = annotationsOf(host, func, param.decorators);
    const has = (name: string): Annotation | undefined => annotations.find(({ symbol }) => lastName(symbol) === name);
    const named = has('PathVariable') ?? has('QueryValue');
    const text = named && annotationValue(named, 'value', 'name');
    const name = text?.t === 'str' ? text.text : param.target.k === 'name' ? param.target.name : '';
    const known = inPath.find((parameter) => parameter.name === name);
    const type = javaParameterType(host, func, param.type);
    if (known?.in === 'path') return [{ name, in: 'path', required: known.required, ...type }];
    const isQuery = known !== undefined || has('QueryValue') !== undefined;
    if (!isQuery && !(isGet && annotations.length === 0 && type.type !== 'unknown')) return [];
    const fallback = named && annotationValue(named, 'defaultValue');
    const isOptional =
      isOptionalType(param.type) ||
      has('Nullable') !== undefined ||
      fallback !== undefined ||
      known?.required === false;
    return [{ name, in: 'query', required: !isOptional, ...type }];
  });
}

/**
 * Parses a URI template of Micronaut (RFC 6570 with its own additions).
 *
 * Examples: `/a/{id}{?max,q}` is `/a/{id}` with two query parameters; `{/opt}` an optional segment; `{+path}` and
 * `{path:.*}` the rest; `{id:4}` is at most four characters.
 */
function parseMicronautPath(text: string): Omit<PathPiece, 'notes'> {
  const rooted = text === '' || text.startsWith('/') ? text : `/${text}`;
  return parseBraces(rooted, (inner): Placeholder => {
    const operator = /^[?&/#+.;]/.exec(inner)?.[0] ?? '';
    const names = inner.slice(operator.length).split(',');
    if (operator === '#' || operator === ';') return { template: '', parameters: [] };
    if (operator === '?' || operator === '&') {
      const query = names.map((name): Parameter => {
        return { name: name.replace(/\*$/, ''), in: 'query', type: 'string', required: false };
      });
      return { template: '', parameters: query };
    }
    const name = names[0] ?? '';
    const colon = name.indexOf(':');
    const pattern = colon < 0 || /^\d+$/.test(name.slice(colon + 1)) ? undefined : name.slice(colon + 1);
    const bare = (colon < 0 ? name : name.slice(0, colon)).replace(/[*?]$/, '');
    const isOptional = operator === '/' || name.endsWith('?');
    const made = patternParameter(bare, operator === '+' ? '.*' : pattern, !isOptional);
    return { ...made, template: `${operator === '/' || operator === '.' ? operator : ''}${made.template}` };
  });
}
