import { settle, textOf, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import type { FrameworkModel, ModelHost } from '../model';
import { fileIn } from './laravel';
import { currentGroup, laravelPath, laravelState, routerOfFile } from './laravelState';

/** What a chain such as `Route::prefix('a')->middleware('b')` has said so far. */
interface Pending {
  prefix: PathPiece;
  controller: Value | null;
  namespace: string | null;
  readonly patterns: Map<string, string>;
}

function pendings(host: ModelHost): Map<ObjectValue, Pending> {
  return host.state('laravel pending', () => new Map<ObjectValue, Pending>());
}

/** The beginning of a chain; `attributes` is the array of `Route::group([...], ...)`. */
export function pendingWith(model: FrameworkModel, attributes: Value | undefined, host: ModelHost): ObjectValue {
  const object = host.object(model, 'pending');
  const pending: Pending = { prefix: EMPTY_PATH, controller: null, namespace: null, patterns: new Map() };
  pendings(host).set(object, pending);
  const settled = attributes && settle(attributes);
  if (settled?.t === 'dict') {
    for (const [key, value] of settled.entries) apply(pending, key, [settle(value)]);
  }
  return object;
}

/** A further call of a chain. `last` registers what comes at its end. */
export function callPending(
  model: FrameworkModel,
  object: ObjectValue,
  name: string,
  site: CallSite,
  host: ModelHost,
  last: () => Value | undefined,
): Value | undefined {
  const pending = pendings(host).get(object);
  if (!pending) return undefined;
  if (name === 'group') {
    openGroup(model, object, site.args[0]?.value, site, host);
    return undefined;
  }
  if (
    /^(?:get|post|put|patch|delete|options|any|match|view|redirect|(?:api)?[rR]esources?|(?:api)?[sS]ingleton)$/.test(
      name,
    )
  ) {
    return within(model, pending, site, host, last);
  }
  apply(
    pending,
    name,
    site.args.map(({ value }) => settle(value)),
  );
  return object;
}

function apply(pending: Pending, name: string, [first, second]: readonly Value[]): void {
  if (!first) return;
  if (name === 'prefix') {
    const added = laravelPath(first, pending.patterns);
    pending.prefix = {
      template: pending.prefix.template + added.template,
      parameters: [...pending.prefix.parameters, ...added.parameters],
      notes: [...pending.prefix.notes, ...added.notes],
    };
  } else if (name === 'controller') pending.controller = first;
  else if (name === 'namespace')
    pending.namespace = textOf(first)
      .text.replaceAll('\\', '.')
      .replace(/^\.+|\.+$/g, '');
  else if (name.startsWith('where'))
    for (const [key, pattern] of wherePatterns(name, first, second)) pending.patterns.set(key, pattern);
}

/** The patterns of `where('id', '[0-9]+')`, `where([...])`, `whereNumber('id')`, `whereIn('a', [...])` and the like. */
export function wherePatterns(name: string, first: Value, second: Value | undefined): [string, string][] {
  const fixed: Readonly<Record<string, string>> = {
    whereNumber: '[0-9]+',
    whereUuid: 'uuid',
    whereUlid: '[0-9a-z]{26}',
    whereAlpha: '[a-zA-Z]+',
    whereAlphaNumeric: '[a-zA-Z0-9]+',
  };
  const given = settle(first);
  if (given.t === 'dict') return [...given.entries].map(([key, value]) => [key, textOf(value).text]);
  const names = given.t === 'list' ? given.items.map((item) => textOf(item).text) : [textOf(given).text];
  const settled = second && settle(second);
  const pattern =
    name === 'whereIn' && settled?.t === 'list'
      ? settled.items.map((item) => textOf(item).text).join('|')
      : (fixed[name] ?? (settled ? textOf(settled).text : undefined));
  return pattern === undefined ? [] : names.map((one) => [one, pattern]);
}

/** Runs a group's closure, or puts the routes of a file below it. */
export function openGroup(
  model: FrameworkModel,
  object: ObjectValue,
  target: Value | undefined,
  site: CallSite,
  host: ModelHost,
): void {
  const pending = pendings(host).get(object);
  const settled = target && settle(target);
  if (!pending || !settled) return;
  const items = settled.t === 'list' ? settled.items.map(settle) : [settled];
  for (const item of items) {
    const file = fileIn(item, host);
    if (file === undefined) {
      within(model, pending, site, host, () => host.call(item, [host.object(model, 'router')], site));
      continue;
    }
    const parent = groupRouter(model, pending, site, host);
    host.addMount(parent, {
      child: routerOfFile(model, file, host),
      prefix: EMPTY_PATH,
      place: site.place,
      replacesOwn: true,
    });
  }
}

function groupRouter(model: FrameworkModel, pending: Pending, site: CallSite, host: ModelHost): RouterNode {
  const outer = currentGroup(model, site, host);
  const child = host.router(model, 'group', { kind: 'router', site }).router as RouterNode;
  host.addMount(outer.router, { child, prefix: pending.prefix, place: site.place });
  return child;
}

function within(
  model: FrameworkModel,
  pending: Pending,
  site: CallSite,
  host: ModelHost,
  work: () => Value | undefined,
): Value | undefined {
  const { open } = laravelState(host);
  const outer = currentGroup(model, site, host);
  const own = pending.namespace;
  open.push({
    router: groupRouter(model, pending, site, host),
    controller: pending.controller ?? outer.controller,
    namespaces:
      own === null
        ? outer.namespaces
        : [own, ...outer.namespaces.map((space) => `${space}.${own}`), ...outer.namespaces],
    patterns: new Map([...outer.patterns, ...pending.patterns]),
  });
  try {
    return work();
  } finally {
    open.pop();
  }
}
