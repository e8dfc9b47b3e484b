import { formatPercent, joinSegments } from './format';
import { concat, list, NULL, num, settle, str, textOf, unknown, type Value } from './values';

/** What Go's standard library and built-in functions do that routes are built with. Undefined for everything else. */
export function callGoLibrary(path: string, given: readonly Value[]): Value | undefined {
  const [first, second, third] = given;
  switch (path) {
    case 'fmt.Sprintf': {
      if (!first) return undefined;
      const template = textOf(first);
      return formatPercent(str(template.text.replaceAll(/%[+#]?[vq]/g, '%s'), template.notes), list(given.slice(1)));
    }
    case 'fmt.Sprint':
      return concat(given);
    case 'string':
      return first && textOf(first);
    case 'append':
      if (first?.t !== 'list') return first && list(given.slice(1), true);
      return list([...first.items, ...given.slice(1)], first.open);
    case 'strings.Join':
      if (first?.t !== 'list') return undefined;
      return concat(first.items.flatMap((item, at) => (at === 0 || !second ? [item] : [second, item])));
    case 'path.Join':
    case 'path/filepath.Join':
      return joinSegments(given);
    case 'net/url.JoinPath':
      return list([joinSegments(given), NULL]);
    case 'strings.ToLower':
      return first?.t === 'str' ? str(first.text.toLowerCase(), first.notes) : undefined;
    case 'strings.ToUpper':
      return first?.t === 'str' ? str(first.text.toUpperCase(), first.notes) : undefined;
    case 'strings.TrimSpace':
      return first?.t === 'str' ? str(first.text.trim(), first.notes) : undefined;
    case 'strings.TrimPrefix':
    case 'strings.TrimSuffix':
    case 'strings.TrimLeft':
    case 'strings.TrimRight':
    case 'strings.Trim':
      if (first?.t !== 'str' || second?.t !== 'str') return undefined;
      return str(trimmed(path, first.text, second.text), first.notes);
    case 'strings.ReplaceAll':
      if (first?.t !== 'str' || second?.t !== 'str' || third?.t !== 'str') return undefined;
      return str(first.text.replaceAll(second.text, third.text), [...first.notes, ...third.notes]);
    case 'os.Getenv':
      return first && unknown(`the environment variable ${textOf(first).text}`);
    case 'os.LookupEnv':
      return first && list([unknown(`the environment variable ${textOf(first).text}`), unknown('')]);
    case 'flag.String':
      return first && second?.t === 'str' ? flagValue(textOf(first).text, second.text) : undefined;
    case 'go:range':
      return first && pairsOf(first);
    default:
      return undefined;
  }
}

const METHOD_PACKAGES = /^(?:net\/http|github\.com\/(?:gofiber\/fiber|labstack\/echo|valyala\/fasthttp)(?:\/v\d+)?)$/;

/** A constant of a library. Examples: `http.MethodGet` and `echo.GET` are `GET`. */
export function goConstant(packagePath: string, name: string): Value | undefined {
  if (!METHOD_PACKAGES.test(packagePath)) return undefined;
  const method = /^Method([A-Z][a-z]+)$|^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT)$/.exec(name);
  return method ? str((method[1] ?? method[2] ?? '').toUpperCase()) : undefined;
}

function trimmed(path: string, text: string, part: string): string {
  const isExact = path.endsWith('fix');
  let [from, to] = [0, text.length];
  const starts = (): boolean => (isExact ? text.startsWith(part) : part.includes(text[from] ?? '\0'));
  const ends = (): boolean => (isExact ? text.endsWith(part) : part.includes(text[to - 1] ?? '\0'));
  if (isExact) {
    if (path.endsWith('Prefix')) return starts() ? text.slice(part.length) : text;
    return ends() ? text.slice(0, text.length - part.length) : text;
  }
  while (!path.endsWith('Right') && from < to && starts()) from++;
  while (!path.endsWith('Left') && to > from && ends()) to--;
  return text.slice(from, to);
}

function flagValue(name: string, fallback: string): Value {
  const sentence = `The flag -${name} decides a part of the path; ${JSON.stringify(fallback)} is its default in the code.`;
  return str(fallback, [sentence]);
}

/** What `range` gives: index and item, key and value. */
function pairsOf(value: Value): Value {
  const source = settle(value);
  if (source.t === 'list')
    return list(
      source.items.map((item, at) => list([num(at), item])),
      source.open,
    );
  if (source.t === 'dict')
    return list(
      [...source.entries].map(([key, item]) => list([str(key), item])),
      source.open,
    );
  return list([], true);
}
