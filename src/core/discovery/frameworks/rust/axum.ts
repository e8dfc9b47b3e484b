import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { list, settle, str, textOf, unknown, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName, methodNamed, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { addDescribed, describe } from './describedHandlers';
import { addExtracted, joinNested, parseRustPath } from './rustPaths';

const VERB = /^(get|post|put|patch|delete|head|options|trace|connect|any)(?:_service)?$/;

/** Methods that leave the routes as they are. */
const SAME =
  /^(?:layer|route_layer|with_state|fallback|fallback_service|method_not_allowed_fallback|into_make_service\w*|without_v07_checks|merge_state)$/;

/** axum: routers nested and merged across functions and modules. Fallbacks are no routes. */
export const axum: FrameworkModel = {
  id: 'axum',
  languages: ['rust'],
  packages: ['axum', 'axum_extra', 'aide.axum', 'utoipa', 'utoipa_axum'],
  prefilter: /\baxum\b.*\b(?:Router|routing)\b|\bRouter(?:::<[^>]*>)?::(?:new|default)\(|\.(?:route|nest|merge)\(/,
  registrars: ['route', 'routes', 'nest', 'merge', 'route_service', 'nest_service'],
  join: joinNested,

  callSymbol(symbol, site, host) {
    if (symbol === 'utoipa.path') {
      const call = ({ args }: CallSite): Value => {
        const [handler] = args;
        if (handler) describe(site, handler.value, host);
        return handler?.value ?? unknown(symbol);
      };
      return { t: 'native', name: symbol, call };
    }
    if (/\b\w*Router\.(?:new|default|with_openapi)$/.test(symbol) && !symbol.includes('MethodRouter')) {
      return host.router(axum, 'router', { kind: 'app', site });
    }
    const name = lastName(symbol);
    if (symbol.endsWith('MethodRouter.new')) return host.object(axum, 'methods', [['all', list([])]]);
    const isRouting = VERB.test(name) || name === 'on' || name === 'on_service';
    return isRouting ? withMethod(host.object(axum, 'methods', [['all', list([])]]), name, site) : undefined;
  },

  callMethod(object, name, site, host) {
    if (object.type === 'static') return object;
    if (object.type === 'methods') return withMethod(object, name, site) ?? object;
    const { router } = object;
    if (!router) return undefined;
    const [first, second] = site.args.map(({ value }) => value);
    const last = second ?? first;
    switch (name) {
      case 'route':
        if (first && second) addRoutes(router, pathOf(first, parseRustPath), second, site, host);
        return object;
      case 'route_service':
        if (first && second) addExtracted(router, ['ANY'], pathOf(first, parseRustPath), second, site, host);
        return object;
      case 'routes':
        if (first) addDescribed(router, first, site, host);
        return object;
      case 'split_for_parts':
        return list([object, unknown('openapi')]);
      case 'merge':
      case 'nest':
      case 'nest_service': {
        const prefix = second && first ? pathOf(first, parseRustPath) : EMPTY_PATH;
        const child = last && host.objectOf(last);
        if (child?.router) {
          if (child.router !== router) host.addMount(router, { child: child.router, prefix, place: site.place });
        } else if (name === 'nest_service' && last && !isFiles(last)) {
          addExtracted(router, ['ANY'], below(prefix), last, site, host);
        }
        return object;
      }
      default:
        return SAME.test(name) ? object : undefined;
    }
  },

  instanceOf(symbol, host) {
    if (lastName(symbol) !== 'Router') return undefined;
    return host.router(axum, 'router', { kind: 'app', isHandedIn: true });
  },
};

/** `get(a).post(b)`: the object keeps pairs of method and handler. */
function withMethod(object: ObjectValue, name: string, site: CallSite): ObjectValue | undefined {
  const [first, second] = site.args.map(({ value }) => value);
  const all = object.attrs.get('all');
  if (all?.t !== 'list' || !first) return undefined;
  if (name === 'on' || name === 'on_service') {
    if (second) all.items.push(list([str(lastName(filterName(first)).toLowerCase()), second]));
    return object;
  }
  const verb = VERB.exec(name)?.[1];
  if (verb === undefined) return undefined;
  all.items.push(list([str(verb), first]));
  return object;
}

function filterName(value: Value): string {
  const settled = settle(value);
  return settled.t === 'symbol' ? settled.path : '';
}

function addRoutes(router: RouterNode, path: PathPiece, methods: Value, site: CallSite, host: ModelHost): void {
  const all = host.objectOf(methods)?.attrs.get('all');
  if (all?.t !== 'list') {
    addExtracted(router, ['ANY'], path, methods, site, host);
    return;
  }
  for (const pair of all.items) {
    const [verb, handler] = pair.t === 'list' ? pair.items : [];
    if (!verb || !handler) continue;
    addExtracted(router, [methodNamed(textOf(verb).text) ?? 'ANY'], path, handler, site, host);
  }
}

/** Files of a folder are no endpoints of the program's own. */
function isFiles(value: Value): boolean {
  const settled = settle(value);
  const name = settled.t === 'unknown' ? settled.name : settled.t === 'symbol' ? settled.path : '';
  return /Serve(?:Dir|File)/.test(name);
}

function below(prefix: PathPiece): PathPiece {
  const rest = parseRustPath('/*');
  return {
    template: joinNested(prefix.template, rest.template),
    parameters: [...prefix.parameters, ...rest.parameters],
    notes: prefix.notes,
  };
}
