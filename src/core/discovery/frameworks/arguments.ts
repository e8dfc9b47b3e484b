import { HTTP_METHODS, type EndpointMethod, type HttpMethod } from '../../model/endpoint';
import { HOLE, type PathPiece } from '../graph';
import { settle, textOf, type StrValue, type Value } from '../evaluate/values';

/** Last segment of a dotted symbol. Examples: `flask.views.MethodView` is `MethodView`. */
export function lastName(symbol: string): string {
  return symbol.slice(symbol.lastIndexOf('.') + 1);
}

/** Method for the name of a shortcut (`get`, `delete`), or undefined. */
export function methodNamed(name: string): HttpMethod | undefined {
  const upper = name.toUpperCase();
  return HTTP_METHODS.find((method) => method === upper);
}

/**
 * The methods of a `methods=[...]` argument; `fallback` without one. When they are not all known, `ANY` with a sentence.
 *
 * Examples: `["get", "POST"]` gives GET and POST.
 */
export function methodsOf(
  value: Value | undefined,
  fallback: readonly EndpointMethod[],
): { methods: readonly EndpointMethod[]; notes: readonly string[] } {
  const settled = value && settle(value);
  if (!settled || (settled.t === 'const' && settled.value === null)) return { methods: fallback, notes: [] };
  const items = settled.t === 'list' ? settled.items : [settled];
  const methods = items.map((item) => methodNamed(nameOfMethod(settle(item))));
  const known = methods.filter((method) => method !== undefined);
  const isWhole = known.length === methods.length && known.length > 0 && !(settled.t === 'list' && settled.open);
  if (isWhole) return { methods: known, notes: [] };
  return { methods: ['ANY'], notes: ['Which methods it answers is not known from the code alone.'] };
}

/**
 * The methods that a list of texts and constants names; any when it names none.
 *
 * Examples: `[HttpMethods.Put, "get"]` gives PUT and GET; nothing gives ANY.
 */
export function methodsListed(value: Value | undefined): readonly EndpointMethod[] {
  const items = value?.t === 'list' ? value.items : [];
  const found = items.flatMap((item) => methodNamed(nameOfMethod(settle(item))) ?? []);
  return found.length > 0 ? found : ['ANY'];
}

/** A method may be text or a member of an enumeration. */
function nameOfMethod(value: Value): string {
  return (value.t === 'symbol' ? value.path : textOf(value).text).replace(/^.*\./, '');
}

/** A path argument parsed by the framework's own syntax. */
export function pathOf(value: Value | undefined, parse: (text: string) => Omit<PathPiece, 'notes'>): PathPiece {
  const text: StrValue = value ? textOf(value) : { t: 'str', text: '', notes: [] };
  return { ...parse(text.text), notes: text.notes };
}

/**
 * The paths of a route: several when a condition of the program chooses among texts that are all known, each with a sentence.
 *
 * Examples: what `"/a" if flag else "/b"` leaves is `/a` and `/b`.
 */
export function pathsOf(
  value: Value | undefined,
  parse: (text: string) => Omit<PathPiece, 'notes'>,
): readonly PathPiece[] {
  const settled = value && settle(value);
  const options = settled?.t === 'union' ? settled.options.map(settle) : [];
  const isKnown = options.every((option) => option.t === 'str' && !option.text.includes(HOLE));
  if (options.length < 2 || !isKnown) return [pathOf(value, parse)];
  const sentence = `One of ${options.length} paths; the program decides when it runs.`;
  return options.map((option) => {
    const piece = pathOf(option, parse);
    return { ...piece, notes: [...piece.notes, sentence] };
  });
}

/** The text of an optional prefix; undefined for none, null or an empty one. */
export function hasText(value: Value | undefined): value is Value {
  const settled = value && settle(value);
  return settled !== undefined && !(settled.t === 'const' && settled.value === null);
}
