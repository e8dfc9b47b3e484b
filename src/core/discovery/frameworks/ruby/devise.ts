import type { EndpointMethod } from '../../../model/endpoint';
import { EMPTY_PATH, type RouterNode } from '../../graph';
import { settle, type CallSite, type Value } from '../../evaluate/values';
import { methodNamed } from '../arguments';
import { camelized, singular } from '../inflections';
import type { FrameworkModel, ModelHost } from '../model';
import { plainArguments } from './rackApps';
import { actionHandler, below, namesIn, slashedPiece, textArgument, type RailsScope } from './railsScope';

/** One route of Devise: method, path below that of its part, action. `{x}` is the word that `path_names` gives for x. */
type Drawn = readonly [methods: readonly EndpointMethod[], path: string, action: string];

/** What Devise's own documentation lists, by the name of its controller; the model's module that asks for it first. */
const PARTS: Readonly<Record<string, readonly [module: string, routes: readonly Drawn[]]>> = {
  sessions: [
    'database_authenticatable',
    [
      [['GET'], '{sign_in}', 'new'],
      [['POST'], '{sign_in}', 'create'],
      [['DELETE'], '{sign_out}', 'destroy'],
    ],
  ],
  passwords: [
    'recoverable',
    [
      [['GET'], '{password}/new', 'new'],
      [['GET'], '{password}/edit', 'edit'],
      [['PATCH', 'PUT'], '{password}', 'update'],
      [['POST'], '{password}', 'create'],
    ],
  ],
  registrations: [
    'registerable',
    [
      [['GET'], '{registration}/{cancel}', 'cancel'],
      [['GET'], '{registration}/{sign_up}', 'new'],
      [['GET'], '{registration}/{edit}', 'edit'],
      [['PATCH', 'PUT'], '{registration}', 'update'],
      [['DELETE'], '{registration}', 'destroy'],
      [['POST'], '{registration}', 'create'],
    ],
  ],
  confirmations: [
    'confirmable',
    [
      [['GET'], '{confirmation}/new', 'new'],
      [['GET'], '{confirmation}', 'show'],
      [['POST'], '{confirmation}', 'create'],
    ],
  ],
  unlocks: [
    'lockable',
    [
      [['GET'], '{unlock}/new', 'new'],
      [['GET'], '{unlock}', 'show'],
      [['POST'], '{unlock}', 'create'],
    ],
  ],
};

/** What the generator of Devise writes into a model. */
const USUAL = ['database_authenticatable', 'registerable', 'recoverable'];

/** What the class of a resource says of Devise. */
interface Asked {
  readonly modules: readonly string[];
  readonly providers: readonly string[];
  readonly notes: readonly string[];
}

/** `devise_for :users`: the routes that the gem draws for what the model asks for. */
export function devise(model: FrameworkModel, scope: RailsScope, site: CallSite, host: ModelHost): void {
  for (const name of plainArguments(site).flatMap(namesIn)) {
    const path = textArgument(site, 'path', host) ?? name;
    const parent = below(model, scope.router, slashedPiece({ template: path, parameters: [], notes: [] }), site, host);
    const asked = askedBy(textArgument(site, 'class_name', host) ?? singular(name), site, host);
    const only = namesIn(host.argument(site, null, 'only'));
    const skipped = namesIn(host.argument(site, null, 'skip'));
    const isDrawn = (part: string): boolean =>
      (only.length === 0 || only.includes(part)) && !skipped.includes(part) && !skipped.includes('all');
    for (const [part, [module, routes]] of Object.entries(PARTS)) {
      if (!asked.modules.includes(module) || !isDrawn(part)) continue;
      for (const drawn of routes) add(parent, part, drawn, { scope, notes: asked.notes }, site, host);
    }
    if (!isDrawn('omniauth_callbacks')) continue;
    for (const provider of asked.providers) {
      const ways: readonly Drawn[] = [
        [['POST'], `auth/${provider}`, 'passthru'],
        [['GET', 'POST'], `auth/${provider}/callback`, provider],
      ];
      for (const drawn of ways) add(parent, 'omniauth_callbacks', drawn, { scope, notes: asked.notes }, site, host);
    }
  }
}

function add(
  router: RouterNode,
  part: string,
  [methods, path, action]: Drawn,
  { scope, notes }: { readonly scope: RailsScope; readonly notes: readonly string[] },
  site: CallSite,
  host: ModelHost,
): void {
  const names = entriesOf(host.argument(site, null, 'path_names'));
  const words = path.replace(/\{(\w+)\}/g, (_whole, key: string) => {
    return names.get(key) ?? scope.pathNames.get(key) ?? (key === 'registration' ? '' : key);
  });
  const given = entriesOf(host.argument(site, null, 'controllers')).get(part);
  const module = textArgument(site, 'module', host) ?? (scope.module === '' ? 'devise' : scope.module);
  const controller = given ?? `${module}/${part}`;
  const handler = actionHandler(controller, action, site, host);
  const isOfGem = handler.name === `${controller}#${action}`;
  const via = action === 'destroy' && part === 'sessions' ? namesIn(host.argument(site, null, 'sign_out_via')) : [];
  const outMethods = via.flatMap((one) => methodNamed(one) ?? []);
  host.addRoute(router, {
    methods: outMethods.length > 0 ? outMethods : methods,
    path: slashedPiece({ ...EMPTY_PATH, template: words.replaceAll(/\/{2,}/g, '/') }),
    handler,
    registration: site.place,
    notes: isOfGem
      ? [...notes, `The gem Devise draws this route for ${controller}#${action}, which is no method of the project.`]
      : notes,
  });
}

function entriesOf(value: Value | undefined): ReadonlyMap<string, string> {
  const settled = value && settle(value);
  const entries = settled?.t === 'dict' ? [...settled.entries] : [];
  return new Map(entries.map(([key, one]) => [key, namesIn(one)[0] ?? key]));
}

/** Reads `devise :database_authenticatable, ..., omniauth_providers: [...]` in the class of a resource. */
function askedBy(name: string, site: CallSite, host: ModelHost): Asked {
  const className = /^[A-Z]/.test(name) ? name.replaceAll('::', '.') : camelized(name);
  const cls = host.declared('ruby', className, site.place.file);
  const lines = cls?.t === 'class' ? (host.text(cls.cls.file) ?? '').split('\n') : [];
  const own = cls?.t === 'class' ? lines.slice(cls.cls.line - 1, cls.cls.endLine).join('\n') : '';
  const calls = [...own.replaceAll(/(?<=^|\s)#.*$/gm, '').matchAll(/^\s*devise[ (]((?:.*,\s*\n)*.*)/gm)].map(
    (match) => match[1] ?? '',
  );
  if (calls.length === 0) {
    const note = `What ${className.replaceAll('.', '::')} asks of Devise was not found; these are its usual routes.`;
    return { modules: USUAL, providers: [], notes: [note] };
  }
  const text = calls.join(',');
  const listed = /omniauth_providers:\s*(?:%[iw])?\[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return {
    modules: [...text.matchAll(/:(\w+)/g)].map((match) => match[1] ?? ''),
    providers: text.includes(':omniauthable') ? [...listed.matchAll(/\w+/g)].map(([word]) => word) : [],
    notes: [],
  };
}
