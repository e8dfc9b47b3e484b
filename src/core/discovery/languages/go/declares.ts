import { goNamespace } from './imports';

const TOP = /^func (\w+)|^func \([^)]*?\*?(\w+)(?:\[[^\]]*\])?\) (\w+)|^(?:type|var|const) (\w+(?:, *\w+)*)/gm;
const GROUP = /^(?:type|var|const) \($([\s\S]*?)^\)/gm;
const GROUPED = /^(?:\t| {1,4})(\w+(?:, *\w+)*)(?=$|[\s=])/gm;

/**
 * The names of a file that its package sees, from the text alone: it relies on top-level declarations beginning a line, as
 * gofmt writes them.
 *
 * Examples: `func (s *Server) show()` in `a/b.go` is `/a.Server#show`; `var x, y int` is `/a.x` and `/a.y`.
 */
export function declaredGoNames(text: string, file: string): string[] {
  const scope = goNamespace(file, isOuterTest(text, file));
  const names: string[] = [];
  const add = (list: string): void => {
    for (const name of list.split(',')) names.push(`${scope}.${name.trim()}`);
  };
  for (const [, name, owner, method, list] of text.matchAll(TOP)) {
    if (owner !== undefined) add(`${owner}#${method ?? ''}`);
    else add(name ?? list ?? '');
  }
  for (const [, body = ''] of text.matchAll(GROUP)) {
    for (const [, list = ''] of body.matchAll(GROUPED)) add(list);
  }
  return names;
}

/** True for `package x_test`, which does not see the names of `x`. */
export function isOuterTest(text: string, file: string): boolean {
  return file.endsWith('_test.go') && /^package \w+_test\b/m.test(text);
}
