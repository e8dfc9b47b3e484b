import { HOLE } from '../graph';
import { dict, settle, str, textOf, unknown, type CallSite, type StrValue, type Value } from './values';

/** Classes whose objects are asked for variables of the environment. */
const READERS = new Set(['environs.Env', 'environ.Env', 'environ.FileAwareEnv', 'starlette.config.Config']);

/** Configuration libraries of Python: what they answer with when nothing is configured. Undefined for everything else. */
export function callPythonLibrary(path: string, site: CallSite): Value | undefined {
  const first = positional(site, 0);
  switch (path) {
    case 'os.environ.get':
    case 'os.getenv':
    case 'decouple.config':
    case 'prettyconf.config':
      return first && environment(textOf(first).text, positional(site, 1) ?? named(site, 'default'));
    case 're.compile':
      return first?.t === 'str' ? { t: 'regex', source: first.text, flags: '' } : undefined;
    case 'traitlets.Unicode':
    case 'traitlets.CUnicode':
      return first?.t === 'str' ? trait(first) : undefined;
    case 'urllib.parse.urlparse':
    case 'urllib.parse.urlsplit':
      return first?.t === 'str' ? partsOfUrl(first) : undefined;
    case 'pydantic.Field':
    case 'pydantic.fields.Field':
    case 'sqlmodel.Field':
    case 'dataclasses.field':
    case 'attr.ib':
    case 'attrs.field':
      return named(site, 'default') ?? first;
    default:
      break;
  }
  if (READERS.has(path)) return { t: 'symbol', path: `${path}()` };
  // A call of the object, or of one of its methods (`env.str('X', '/x')`).
  const reader = path.replace(/\(\)(?:\.\w+)?$/, '');
  if (reader === path || !READERS.has(reader)) return undefined;
  const fallback =
    named(site, 'default') ?? positional(site, path.endsWith('()') && reader.startsWith('starlette') ? 2 : 1);
  return first?.t === 'str' ? environment(first.text, fallback) : undefined;
}

function positional(site: CallSite, at: number): Value | undefined {
  const value = site.args.filter(({ name }) => name === undefined)[at]?.value;
  return value && settle(value);
}

function named(site: CallSite, name: string): Value | undefined {
  const value = site.args.find((arg) => arg.name === name)?.value;
  return value && settle(value);
}

/** The address that a service is told to be reached at: its path is what every route begins with. */
function partsOfUrl({ text, notes }: StrValue): Value | undefined {
  const found = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)/.exec(text);
  if (!found || text.includes(HOLE)) return undefined;
  const [, scheme = '', netloc = '', path = ''] = found;
  return dict(Object.entries({ scheme, netloc, path }).map(([name, part]) => [name, str(part, notes)]));
}

/** What a configurable class begins with, until a configuration says otherwise. */
function trait({ text, notes }: StrValue): Value {
  const sentence = `A setting of the program decides a part of the path; ${JSON.stringify(text)} is its default in the code.`;
  return str(text, text === '' ? notes : [...notes, sentence]);
}

function environment(name: string, fallback: Value | undefined): Value {
  const value = fallback && settle(fallback);
  if (value?.t !== 'str') return unknown(`the environment variable ${name}`);
  const sentence = `The environment variable ${name} decides a part of the path; ${JSON.stringify(value.text)} is its default in the code.`;
  return str(value.text, [...value.notes, sentence]);
}
