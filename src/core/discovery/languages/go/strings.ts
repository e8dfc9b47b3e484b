import type { SyntaxNode } from '../../syntax';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

/** The value of a string literal. Examples: `"a\n"` ends in a newline; the backslash in `` `\d` `` stays. */
export function lowerGoString(node: SyntaxNode): string {
  if (node.type === 'raw_string_literal') return node.text.slice(1, -1).replaceAll('\r', '');
  return node.named.map((piece) => (piece.type === 'escape_sequence' ? unescaped(piece.text) : piece.text)).join('');
}

function unescaped(text: string): string {
  const code = /^\\(?:x([\da-f]{2})|u([\da-f]{4})|U0*([\da-f]{1,5}))$/i.exec(text);
  if (code) return String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '0', 16));
  const octal = /^\\([0-7]{3})$/.exec(text);
  if (octal) return String.fromCodePoint(Number.parseInt(octal[1] ?? '0', 8));
  return ESCAPES[text.slice(1)] ?? text.slice(1);
}
