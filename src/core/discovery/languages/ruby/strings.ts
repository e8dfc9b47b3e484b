import type { Expr } from '../../ir';
import type { SyntaxNode } from '../../syntax';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', s: ' ', e: '\u001b' };

/** Text or a symbol. Examples: `:id` and `id:` are `id`; `"/#{A}/x"` is put together of its parts. */
export function lowerRubyString(node: SyntaxNode, lower: (inner: SyntaxNode) => Expr): Expr {
  const { line } = node;
  if (node.type === 'simple_symbol') return { k: 'const', value: node.text.slice(1), line };
  if (node.type === 'hash_key_symbol') return { k: 'const', value: node.text, line };
  const parts = node.named.map((part): Expr => {
    if (part.type === 'interpolation' && part.named[0]) return lower(part.named[0]);
    if (part.type === 'string' || part.type === 'chained_string') return lower(part);
    return { k: 'const', value: part.type === 'escape_sequence' ? unescaped(part.text) : part.text, line };
  });
  if (parts.every((part) => part.k === 'const')) {
    return { k: 'const', value: parts.map((part) => String(part.value)).join(''), line };
  }
  return { k: 'template', parts, line };
}

function unescaped(text: string): string {
  const one = text.slice(1);
  return ESCAPES[one] ?? one;
}
