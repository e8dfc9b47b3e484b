import type { Expr } from '../../ir';
import type { SyntaxNode } from '../../syntax';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', $: '$', '"': '"', '\\': '\\' };

/** A string in single quotes is as it stands but for `\'` and `\\`; others may hold variables. */
export function lowerPhpString(node: SyntaxNode, lower: (inner: SyntaxNode) => Expr): Expr {
  const { line } = node;
  if (node.type === 'string') {
    return { k: 'const', value: node.text.replace(/^b?'|'$/g, '').replace(/\\(['\\])/g, '$1'), line };
  }
  const inner = node.type === 'heredoc' || node.type === 'nowdoc' ? node.child('value') : node;
  const parts = (inner?.named ?? []).map((part): Expr => {
    if (part.type === 'string_content' || part.type === 'nowdoc_string') {
      return { k: 'const', value: part.text, line: part.line };
    }
    if (part.type !== 'escape_sequence') return lower(part);
    const one = part.text.slice(1);
    return { k: 'const', value: ESCAPES[one] ?? part.text, line: part.line };
  });
  if (parts.every((part) => part.k === 'const')) {
    return { k: 'const', value: parts.map((part) => String(part.value)).join(''), line };
  }
  return { k: 'template', parts, line };
}
