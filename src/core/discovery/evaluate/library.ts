import { callMethod, callValue } from './calls';
import { isOfType, isSubclass, typeOf } from './compare';
import { formatBraces, joinSegments } from './format';
import { callGoLibrary } from './goLibrary';
import type { Machine } from './machine';
import { getMember, setMember } from './members';
import { moduleValue, requiredValue, resolveImport } from './modules';
import { callPythonLibrary } from './pythonLibrary';
import { callListMethod, callTextMethod } from './plainMethods';
import { dict, list, num, settle, str, textOf, unknown, type CallSite, type Value } from './values';

/** What the standard libraries do that routes are built with. Undefined for everything else. */
export function callLibrary(machine: Machine, path: string, site: CallSite): Value | undefined {
  const given = site.args.map(({ value }) => settle(value));
  const [first, second, third] = given;
  switch (path) {
    case 'str':
    case 'String':
      return first && textOf(first);
    case 'list':
    case 'tuple':
    case 'set':
    case 'sorted':
    case 'reversed':
    case 'Array.from':
    case 'Object.freeze':
      if (path === 'Object.freeze') return first;
      if (first?.t === 'dict') return list([...first.entries.keys()].map((key) => str(key)));
      return first?.t === 'list' ? list(first.items, first.open) : (first ?? list([]));
    case 'dict':
    case 'Object.assign': {
      const entries = given.flatMap((value) => (value.t === 'dict' ? [...value.entries] : []));
      const named = site.args.flatMap(({ name, value }) => (name === undefined ? [] : [[name, value] as const]));
      if (path === 'Object.assign' && first && first.t !== 'dict') {
        for (const [name, value] of entries) setMember(machine, first, name, value);
        return first;
      }
      return dict([...entries, ...named]);
    }
    case 'Object.entries':
    case 'Object.keys':
    case 'Object.values':
      return first?.t === 'dict' ? entriesOf(first.entries, path.slice('Object.'.length)) : undefined;
    case 'enumerate':
      return first?.t === 'list' ? list(first.items.map((item, at) => list([num(at), item]))) : undefined;
    case 'zip':
      if (first?.t !== 'list' || second?.t !== 'list') return undefined;
      return list(first.items.map((item, at) => list([item, second.items[at] ?? unknown('')])));
    case 'range': {
      const [from, to] = second ? [numberOf(first), numberOf(second)] : [0, numberOf(first)];
      if (from === undefined || to === undefined) return undefined;
      return list(Array.from({ length: Math.min(Math.max(0, to - from), 100) }, (_, at) => num(from + at)));
    }
    case 'collections.defaultdict':
      return first ? { ...dict(second?.t === 'dict' ? second.entries : []), missing: first } : dict();
    case 'type':
      return first && !second ? typeOf(first) : undefined;
    case 'isinstance':
    case 'issubclass': {
      if (!first || !second) return undefined;
      const isAsked = path === 'issubclass' ? first.t === 'class' : true;
      const known = first.t === 'class' && path === 'issubclass' ? isSubclass(first, second) : isOfType(first, second);
      return isAsked && known !== null ? num(known) : undefined;
    }
    case 'getattr':
      return first && second?.t === 'str'
        ? attributeOr(getMember(machine, first, second.text), second, third)
        : undefined;
    case 'setattr':
      if (first && second?.t === 'str' && third) setMember(machine, first, second.text, third);
      return undefined;
    case 'functools.partial':
      // A function stays the handler that it is; anything else is called with what was given first.
      return first && first.t !== 'func' && first.t !== 'unknown' ? applied(machine, first, site) : first;
    case 'staticmethod':
    case 'asyncio.coroutine':
      return first;
    case 'functools.wraps':
      return { t: 'native', name: path, call: (applied) => applied.args[0]?.value ?? unknown('') };
    case 'path.join':
    case 'path.resolve':
    case 'path.posix.join':
    case 'posixpath.join':
    case 'os.path.join':
    case 'urllib.parse.urljoin':
      return joinSegments(given);
    case 'importlib.import_module':
    case 'import_module':
    case '__import__':
      if (first?.t !== 'str' || first.notes.length > 0) return undefined;
      return moduleValue(resolveImport(machine, first.text, site.place.file));
    case 'require': {
      if (first?.t !== 'str' || first.notes.length > 0) return undefined;
      return requiredValue(machine, moduleValue(resolveImport(machine, first.text, site.place.file)));
    }
    case 'url.fileURLToPath':
    case 'fileURLToPath':
      return first;
    case 'url.URL':
    case 'URL': {
      // `new URL('./routes', import.meta.url)` names a folder beside the file.
      if (first?.t !== 'str' || second?.t !== 'str' || !second.text.startsWith('/')) return undefined;
      return joinSegments([str(second.text.replace(/[^/]*$/, '')), first]);
    }
    case 'process.cwd':
      return str('/');
    case 'php.values':
      return first?.t === 'dict' ? list([...first.entries.values()], first.open) : first;
    case 'php.entries':
      if (first?.t === 'list')
        return list(
          first.items.map((item, at) => list([num(at), item])),
          first.open,
        );
      return first?.t === 'dict' ? entriesOf(first.entries, 'entries') : undefined;
    case 'dirname':
      return first?.t === 'str' ? str(first.text.replace(/\/[^/]*$/, ''), first.notes) : undefined;
    case 'os.path.dirname':
    case 'path.dirname':
      return first?.t === 'str' ? str(first.text.replace(/\/[^/]*$/, ''), first.notes) : undefined;
    case 'os.listdir':
    case 'fs.readdirSync':
    case 'readdirSync':
      return first?.t === 'str' ? list(namesIn(machine, first.text).map((name) => str(name))) : undefined;
    case 'pkgutil.iter_modules': {
      const folder = first?.t === 'list' ? first.items[0] && settle(first.items[0]) : first;
      if (folder?.t !== 'str') return undefined;
      const names = namesIn(machine, folder.text).filter((name) => name.endsWith('.py') && name !== '__init__.py');
      return list(names.map((name) => list([unknown(''), str(name.slice(0, -'.py'.length)), num(false)])));
    }
    default:
      return callPythonLibrary(path, site) ?? callGoLibrary(path, given);
  }
}

/** `getattr(settings, 'PREFIX', '/x')`: the text that is its default when the attribute is not known. */
function attributeOr(found: Value, name: Value, fallback: Value | undefined): Value {
  if (isKnown(found) || fallback?.t !== 'str' || name.t !== 'str') return found;
  const sentence = `${name.text} decides a part of the path; ${JSON.stringify(fallback.text)} is its default in the code.`;
  return str(fallback.text, [...fallback.notes, sentence]);
}

function isKnown(raw: Value): boolean {
  const value = settle(raw);
  if (value.t === 'union') return value.options.some(isKnown);
  return !['unknown', 'method', 'symbol'].includes(value.t);
}

function applied(machine: Machine, callee: Value, given: CallSite): Value {
  const before = given.args.slice(1);
  return {
    t: 'native',
    name: 'partial',
    call: (site) => {
      const later = new Set(site.args.flatMap(({ name }) => name ?? []));
      const kept = before.filter(({ name }) => name === undefined || !later.has(name));
      return callValue(machine, callee, { ...site, args: [...kept, ...site.args] });
    },
  };
}

/** Names of the source files in a folder that code reads at start; the path begins at the workspace folder. */
function namesIn(machine: Machine, path: string): string[] {
  const folder = joinNames(path);
  return machine.program.files.filesIn(folder).map((file) => file.slice(file.lastIndexOf('/') + 1));
}

/** A path without dots and leading slash. */
function joinNames(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function numberOf(value: Value | undefined): number | undefined {
  return value?.t === 'const' && typeof value.value === 'number' ? value.value : undefined;
}

function entriesOf(entries: ReadonlyMap<string, Value>, what: string): Value {
  const pairs = [...entries];
  if (what === 'keys') return list(pairs.map(([key]) => str(key)));
  if (what === 'values') return list(pairs.map(([, value]) => value));
  return list(pairs.map(([key, value]) => list([str(key), value])));
}

/** Methods of text, lists and dictionaries. Undefined for what has none of that name. */
export function callPlainMethod(machine: Machine, object: Value, name: string, site: CallSite): Value | undefined {
  const given = site.args.map(({ value }) => settle(value));
  const [first, second] = given;
  if (object.t === 'str')
    return name === 'format' ? formatBraces(object, site.args) : callTextMethod(object, name, given);
  if (object.t === 'list') {
    if (name === 'each_with_index')
      return callPlainMethod(
        machine,
        list(
          object.items.map((item, at) => list([item, num(at)])),
          object.open,
        ),
        'each',
        site,
      );
    const visit = (callee: Value, item: Value, at: number): Value =>
      callValue(machine, callee, { ...site, args: [{ value: item }, { value: num(at) }] });
    return callListMethod(object, name, given, visit);
  }
  if (object.t !== 'dict') return undefined;
  switch (name) {
    case 'items':
    case 'entries':
      return entriesOf(object.entries, 'entries');
    case 'keys':
    case 'values':
      return entriesOf(object.entries, name);
    case 'get':
      if (first?.t !== 'str') return undefined;
      return object.entries.get(first.text) ?? second ?? unknown(first.text);
    case 'set':
    case 'setdefault':
      if (first?.t === 'str' && second) object.entries.set(first.text, second);
      return object;
    case 'update':
      if (first?.t === 'dict') for (const [key, value] of first.entries) object.entries.set(key, value);
      return undefined;
    case 'each':
      callPlainMethod(machine, list([...object.entries].map(([key, value]) => list([str(key), value]))), 'each', site);
      return object;
    case 'forEach':
      for (const value of object.entries.values()) {
        callMethod(machine, list([value]), 'forEach', { ...site, args: site.args.slice(0, 1) });
      }
      return undefined;
    default:
      return undefined;
  }
}
