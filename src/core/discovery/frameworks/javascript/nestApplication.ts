import { settle, textOf, type CallSite, type ClassValue, type ObjectValue, type Value } from '../../evaluate/values';
import { EMPTY_PATH, type PathPiece, type Place, type RouterNode } from '../../graph';
import { pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { joinExpress, parseExpressPath } from './expressPath';
import { dictOf, entryOf, flattenValues } from './handlers';
import { bare, versionsOf, type Controller, type ControllerRoute } from './nestControllers';

/** What one evaluation knows of NestJS. */
export interface NestState {
  readonly controllers: Map<ClassValue, { readonly controller: Controller; readonly alone: RouterNode }>;
  /** The argument of `@Module({...})`. */
  readonly modules: Map<ClassValue, Value>;
  readonly apps: NestApp[];
  /** True when applications that come up now must mount at once. */
  isFinished: boolean;
  /** Values that configuration files return, by their whole name. */
  readonly settings: Map<string, Value>;
}

export interface NestApp {
  readonly object: ObjectValue;
  readonly module: Value;
  prefix: { readonly piece: PathPiece; readonly place: Place } | null;
  excluded: readonly Exclusion[];
  versioning: { readonly prefix: string; readonly byDefault: readonly (string | null)[] | null; place: Place } | null;
  isMounted: boolean;
}

interface Exclusion {
  readonly pattern: RegExp;
  readonly method: string;
}

interface Step {
  readonly piece: PathPiece;
  readonly place: Place;
}

/** The paths that `setGlobalPrefix(..., { exclude })` leaves out. */
export function exclusionsOf(value: Value | undefined): Exclusion[] {
  return (value ? flattenValues(value) : []).map((one) => {
    const path = dictOf(one) ? entryOf(one, 'path') : one;
    const method = dictOf(one) ? entryOf(one, 'method') : undefined;
    const source = textOf(path ?? one)
      .text.replace(/^\/|\/$/g, '')
      .replaceAll(/\{?\/?\*\w+\}?|\(\.\*\)|\*/g, '\u0001')
      .replaceAll(/:\w+(?:\([^)]*\))?/g, '\u0002')
      .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('\u0001', '.*')
      .replaceAll('\u0002', '[^/]+');
    const name = method?.t === 'symbol' ? method.path.replace(/^.*\./, '') : 'ALL';
    return { pattern: new RegExp(`^${source}$`), method: name };
  });
}

/** `enableVersioning({ type: VersioningType.URI })` puts versions into paths; the other types do not. */
export function versioningOf(options: Value | undefined, site: CallSite): NestApp['versioning'] {
  const type = entryOf(options, 'type');
  if (type?.t === 'symbol' && !type.path.endsWith('.URI')) return null;
  const prefix = entryOf(options, 'prefix');
  const text = prefix?.t === 'str' ? prefix.text : prefix?.t === 'const' && prefix.value === false ? '' : 'v';
  return { prefix: text, byDefault: versionsOf(entryOf(options, 'defaultVersion')), place: site.place };
}

/** Mounts every controller of the modules that an application imports. */
export function mountApp(app: NestApp, state: NestState, model: FrameworkModel, host: ModelHost): void {
  if (app.isMounted || !app.object.router) return;
  app.isMounted = true;
  const tree = new ModuleTree(state, host);
  tree.add(app.module);
  for (const [cls, module] of tree.controllers) {
    const known = state.controllers.get(cls);
    if (!known) continue;
    // It is not alone: its routes stand below the application.
    known.alone.routes.splice(0);
    const below = (module && tree.prefixes.get(module)) ?? [];
    mountController(app, known.controller, below, model, host);
  }
}

function mountController(
  app: NestApp,
  controller: Controller,
  below: readonly Step[],
  model: FrameworkModel,
  host: ModelHost,
): void {
  const groups = new Map<string, { steps: Step[]; routes: ControllerRoute[] }>();
  for (const path of controller.paths) {
    for (const route of controller.routes) {
      const given = route.versions ?? controller.versions ?? app.versioning?.byDefault ?? [null];
      for (const version of app.versioning ? given : [null]) {
        const whole = [...below.map(({ piece }) => piece.template), path.template, route.path.template];
        const isExcluded = excludes(app, whole.reduce(joinExpress, ''), route);
        const steps: Step[] = app.prefix && !isExcluded ? [app.prefix] : [];
        if (version !== null && app.versioning) {
          const template = `${app.versioning.prefix}${version}`;
          steps.push({ piece: { ...EMPTY_PATH, template }, place: app.versioning.place });
        }
        steps.push(...below);
        if (path.template !== '') steps.push({ piece: path, place: controller.place });
        const key = steps.map(({ piece }) => piece.template).join('\n');
        const group = groups.get(key) ?? { steps, routes: [] };
        group.routes.push(route);
        groups.set(key, group);
      }
    }
  }
  for (const { steps, routes } of groups.values()) {
    let router = app.object.router;
    for (const { piece, place } of steps) {
      const child = host.router(model, 'part', { kind: 'router', site: { args: [], place, isNew: false } }).router;
      if (router && child) host.addMount(router, { child, prefix: piece, place });
      router = child;
    }
    if (router) for (const route of routes) addRoute(router, route, EMPTY_PATH, host);
  }
}

/** Adds a route of a controller to a router, below a path. */
export function addRoute(router: RouterNode, route: ControllerRoute, below: PathPiece, host: ModelHost): void {
  const { methods, handler, registration, query } = route;
  const path: PathPiece = {
    template: joinExpress(below.template, route.path.template),
    parameters: [...below.parameters, ...route.path.parameters],
    notes: [...below.notes, ...route.path.notes],
  };
  host.addRoute(router, { methods, path, handler, registration, query });
}

function excludes(app: NestApp, template: string, route: ControllerRoute): boolean {
  const path = template.replace(/^\//, '');
  return app.excluded.some(
    ({ pattern, method }) => pattern.test(path) && (method === 'ALL' || route.methods.some((one) => one === method)),
  );
}

/** Which controllers a module brings in, with those that it imports, and the prefixes of RouterModule. */
class ModuleTree {
  readonly controllers = new Map<ClassValue, ClassValue | undefined>();
  readonly prefixes = new Map<ClassValue, readonly Step[]>();
  readonly #seen = new Set<Value>();

  constructor(
    readonly state: NestState,
    readonly host: ModelHost,
  ) {}

  add(raw: Value): void {
    const value = settle(raw);
    if (this.#seen.has(value) || this.#seen.size > 5000) return;
    this.#seen.add(value);
    if (value.t === 'union') for (const option of value.options) this.add(option);
    else if (value.t === 'list') for (const item of value.items) this.add(item);
    else if (value.t === 'class') this.#addOptions(this.state.modules.get(value), value);
    else if (value.t === 'dict') {
      const module = value.entries.get('module');
      const cls = module && settle(module);
      if (cls) this.add(cls);
      this.#addOptions(value, cls?.t === 'class' ? cls : undefined);
    } else if (value.t === 'object' && value.type === 'routes') {
      const place = value.attrs.get('place');
      this.#addPrefixes(value.attrs.get('routes'), [], place?.t === 'dict' ? placeOf(place) : { file: '', line: 0 });
    }
  }

  #addOptions(options: Value | undefined, module: ClassValue | undefined): void {
    for (const controller of flattenValues(entryOf(options, 'controllers') ?? { t: 'list', items: [], open: false })) {
      if (controller.t === 'class') this.controllers.set(controller, module);
    }
    const imports = entryOf(options, 'imports');
    if (imports) this.add(imports);
  }

  #addPrefixes(routes: Value | undefined, above: readonly Step[], place: Place): void {
    for (const route of routes ? flattenValues(routes) : []) {
      const path = entryOf(route, 'path');
      const module = route.t === 'class' ? route : entryOf(route, 'module');
      const piece = path ? bare(pathOf(path, parseExpressPath)) : EMPTY_PATH;
      const steps = piece.template === '' ? above : [...above, { piece, place }];
      if (module?.t === 'class') this.prefixes.set(module, steps);
      const children = entryOf(route, 'children');
      if (children) this.#addPrefixes(children, steps, place);
    }
  }
}

function placeOf(value: Value): Place {
  const [file, line] = [entryOf(value, 'file'), entryOf(value, 'line')];
  return {
    file: file?.t === 'str' ? file.text : '',
    line: line?.t === 'const' && typeof line.value === 'number' ? line.value : 0,
  };
}
