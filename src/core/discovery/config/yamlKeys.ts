/** One scalar of a YAML or properties file by its dotted key; list items are `key[0]`. */
export interface ConfigEntry {
  readonly key: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

/**
 * The scalars of a YAML file that is made of nested maps and lists, as configuration files are. Anchors, tags, block
 * scalars and flow maps are passed over. Only the first document is read: later ones hold for profiles.
 *
 * Examples: `server:\n  port: 80` is `server.port` with `80`; `a: [x, y]` is `a[0]` with `x` and `a[1]` with `y`.
 */
export function readYamlKeys(text: string): ConfigEntry[] {
  const found: ConfigEntry[] = [];
  const stack: { readonly indent: number; readonly key: string; items: number }[] = [{ indent: -1, key: '', items: 0 }];
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    if (/^(?:---|\.\.\.)/.test(raw)) {
      if (found.length > 0) break;
      continue;
    }
    let rest = raw.replace(/(?:^|\s)#.*$/, '');
    if (rest.trim() === '') continue;
    let indent = rest.length - rest.trimStart().length;
    rest = rest.trim();
    while (rest === '-' || rest.startsWith('- ')) {
      const holder = parentOf(stack, indent, true);
      const key = `${holder.key}[${String(holder.items++)}]`;
      const inner = rest.slice(1).trimStart();
      stack.push({ indent, key, items: 0 });
      indent += rest.length - inner.length;
      rest = inner;
      if (rest !== '' && !/^[^\s:'"[{][^:]*:(?:\s|$)/.test(rest)) addScalar(found, key, rest, at + 1);
    }
    const pair = /^(?:"([^"]*)"|'([^']*)'|([^\s:#'"[{][^:]*?)):(?:\s+(.*))?$/.exec(rest);
    if (!pair) continue;
    const name = pair[1] ?? pair[2] ?? pair[3] ?? '';
    const holder = parentOf(stack, indent, false);
    const key = holder.key === '' ? name : `${holder.key}.${name}`;
    const value = pair[4]?.trim() ?? '';
    if (value !== '') addScalar(found, key, value, at + 1);
    else stack.push({ indent, key, items: 0 });
  }
  return found;
}

/** Leaves what is not above a line of this indent; a list may stand as far left as the key that holds it. */
function parentOf<T extends { readonly indent: number; readonly key: string }>(
  stack: T[],
  indent: number,
  isItem: boolean,
): T {
  for (;;) {
    const top = stack[stack.length - 1] as T;
    const isAbove = top.indent < indent || (isItem && top.indent === indent && !top.key.endsWith(']'));
    if (isAbove || stack.length === 1) return top;
    stack.pop();
  }
}

function addScalar(found: ConfigEntry[], key: string, text: string, line: number): void {
  const items = /^\[(.*)\]$/.exec(text)?.[1];
  if (items !== undefined) {
    items.split(',').forEach((item, at) => found.push({ key: `${key}[${at}]`, value: unquoted(item.trim()), line }));
  } else if (!/^[|>{&*!]/.test(text)) found.push({ key, value: unquoted(text), line });
}

function unquoted(text: string): string {
  return /^(['"])(.*)\1$/.exec(text)?.[2] ?? text;
}

/** The entries of a Java properties file. Examples: `server.port = 80` and `server.port: 80` are the same. */
export function readProperties(text: string): ConfigEntry[] {
  return text.split(/\r?\n/).flatMap((raw, at) => {
    const pair = /^\s*([^\s#!=:][^\s=:]*)\s*[=:\s]\s*(.*?)\s*$/.exec(raw);
    return pair ? [{ key: pair[1] ?? '', value: pair[2] ?? '', line: at + 1 }] : [];
  });
}
