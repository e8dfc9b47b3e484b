import type { Arg, Expr } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import type { RustContext } from './context';
import { macroName, pathExpression, segmentsOf } from './paths';
import { lowerFormat, lowerRustString } from './strings';

/**
 * Lowers what stands between the brackets of a macro or an attribute: names, paths, literals, calls and chains of them,
 * separated by commas. Anything else is unknown.
 *
 * Examples: `(a, b::c)` is two paths; `("/x", rank = 2)` a text and a named argument.
 */
export function macroArguments(tree: SyntaxNode | undefined, context: RustContext): Arg[] {
  const tokens = (tree?.all ?? []).filter(({ type }) => !type.endsWith('comment')).slice(1, -1);
  const groups: SyntaxNode[][] = [[]];
  for (const token of tokens) {
    if (token.type === ',') groups.push([]);
    else groups[groups.length - 1]?.push(token);
  }
  return groups
    .filter((group) => group.length > 0)
    .map((group): Arg => {
      const [first, second] = group;
      if (second?.type === '=' && first?.type === 'identifier') {
        return { name: first.text, value: tokenExpression(group.slice(2), context) };
      }
      return { value: tokenExpression(group, context) };
    });
}

/** `format!(...)`, `vec![...]`, `routes![...]` and whatever else has commas between expressions. */
export function lowerMacro(node: SyntaxNode, context: RustContext): Expr {
  const { line } = node;
  const name = node.child('macro')?.text.replace(/^.*::/, '') ?? '';
  const args = macroArguments(node.childOfType('token_tree'), context);
  const values = args.map(({ value }) => value);
  const [first] = values;
  switch (name) {
    case 'format':
      return first?.k === 'const' ? lowerFormat(String(first.value), values.slice(1), line) : unknownOf(values, line);
    case 'concat':
      return { k: 'template', parts: values, line };
    case 'vec':
    case 'services':
    case 'routes':
    case 'openapi_get_routes':
      return { k: 'list', items: values, line };
    case 'path':
      return lowerPathMacro(node, context);
    case 'env':
    case 'option_env':
      return { k: 'unknown', parts: [], line };
    default:
      return unknownOf(values, line);
  }
}

/** `warp::path!("a" / u32 / ..)` is a call of `path!` with a text, a type and a `null`. */
function lowerPathMacro(node: SyntaxNode, context: RustContext): Expr {
  const { line } = node;
  const segments = segmentsOf(node.child('macro'));
  const callee = pathExpression(
    [...segments.slice(0, -1), macroName(segments[segments.length - 1] ?? '')],
    line,
    context,
  );
  const tokens = (node.childOfType('token_tree')?.all ?? []).slice(1, -1);
  const groups: SyntaxNode[][] = [[]];
  for (const token of tokens) {
    if (token.type === '/') groups.push([]);
    else groups[groups.length - 1]?.push(token);
  }
  const args = groups.flatMap((group): Arg[] => {
    if (group.length === 0) return [];
    const isOpen = group.every(({ type }) => type.startsWith('.'));
    return [{ value: isOpen ? { k: 'const', value: null, line } : tokenExpression(group, context) }];
  });
  return { k: 'call', callee, args, line };
}

function unknownOf(parts: readonly Expr[], line: number): Expr {
  return { k: 'unknown', parts, line };
}

function tokenExpression(tokens: readonly SyntaxNode[], context: RustContext): Expr {
  const line = tokens.find((token) => token.isNamed)?.line ?? 0;
  let rest = tokens.filter(({ type }) => type !== '&' && type !== 'mutable_specifier');
  const [first] = rest;
  if (!first) return { k: 'unknown', parts: [], line };
  let value: Expr;
  if (first.type === 'string_literal' || first.type === 'raw_string_literal') {
    value = { k: 'const', value: lowerRustString(first), line };
    rest = rest.slice(1);
  } else if (first.type === 'integer_literal') {
    value = { k: 'const', value: Number.parseInt(first.text.replaceAll('_', ''), 10), line };
    rest = rest.slice(1);
  } else if (first.type === 'token_tree') {
    value = { k: 'list', items: macroArguments(first, context).map((arg) => arg.value), line };
    rest = rest.slice(1);
  } else {
    const segments: string[] = [];
    while (rest[0] && /^(?:identifier|crate|self|super|::|primitive_type|metavariable)$/.test(rest[0].type)) {
      if (rest[0].isNamed) segments.push(rest[0].text);
      rest = rest.slice(1);
    }
    if (segments.length === 0) return { k: 'unknown', parts: [], line };
    value = pathExpression(segments, line, context);
  }
  while (rest[0]) {
    const [one, two] = rest;
    if (one.type === 'token_tree') {
      value = { k: 'call', callee: value, args: macroArguments(one, context), line };
      rest = rest.slice(1);
    } else if (one.type === '.' && two?.type === 'identifier') {
      value = { k: 'member', object: value, name: two.text, line: two.line };
      rest = rest.slice(2);
    } else break;
  }
  return value;
}
