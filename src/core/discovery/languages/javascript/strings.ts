import type { Expr } from '../../ir';
import type { SyntaxNode } from '../../syntax';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', '\n': '' };

/** The value of a quoted string. Examples: `'a\n'` ends in a newline; `'\d'` is `d`. */
export function lowerJsString(node: SyntaxNode): string {
  return node.named.map(pieceText).join('');
}

/** Lowers a template string. Examples: `/a/${id}/b` is a template of `/a/`, `id`, `/b`; without `${}` it is a constant. */
export function lowerTemplate(node: SyntaxNode, lower: (inner: SyntaxNode | undefined) => Expr): Expr {
  const { line } = node;
  const parts = node.named.map((piece): Expr => {
    if (piece.type === 'template_substitution') return lower(piece.named[0]);
    return { k: 'const', value: pieceText(piece), line };
  });
  if (parts.every((part) => part.k === 'const')) {
    return { k: 'const', value: parts.map((part) => String(part.value)).join(''), line };
  }
  return { k: 'template', parts, line };
}

function pieceText(piece: SyntaxNode): string {
  if (piece.type !== 'escape_sequence') return piece.text;
  const code = /^\\(?:x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]{1,5})\})$/i.exec(piece.text);
  if (code) return String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '0', 16));
  const one = piece.text.slice(1);
  return ESCAPES[one] ?? one;
}
