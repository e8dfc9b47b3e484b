import type { Expr } from '../../ir';
import type { SyntaxNode } from '../../syntax';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

/** The value of a string literal. Examples: `"a\n"` ends in a newline; in `r#"\d"#` the backslash stays. */
export function lowerRustString(node: SyntaxNode): string {
  return node.named.map((piece) => (piece.type === 'escape_sequence' ? unescaped(piece.text) : piece.text)).join('');
}

function unescaped(text: string): string {
  const code = /^\\(?:x([\da-f]{2})|u\{0*([\da-f]{1,5})\})$/i.exec(text);
  if (code) return String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? '0', 16));
  // A backslash at the end of a line leaves out the space that follows.
  if (/^\\\s/.test(text)) return '';
  return ESCAPES[text.slice(1)] ?? text.slice(1);
}

/**
 * What `format!` makes.
 *
 * Examples: `"{}/x/{id}"` with one argument is a template of that argument, `/x/` and `id`; `{{` is a brace.
 */
export function lowerFormat(template: string, args: readonly Expr[], line: number): Expr {
  const parts: Expr[] = [];
  const text = (value: string): void => {
    if (value !== '') parts.push({ k: 'const', value, line });
  };
  let next = 0;
  let end = 0;
  for (const match of template.matchAll(/\{\{|\}\}|\{(\w*)(?::[^{}]*)?\}/g)) {
    text(template.slice(end, match.index));
    end = match.index + match[0].length;
    const name = match[1];
    if (name === undefined) text(match[0].charAt(0));
    else if (name === '') parts.push(args[next++] ?? { k: 'unknown', parts: [], line });
    else if (/^\d+$/.test(name)) parts.push(args[Number(name)] ?? { k: 'unknown', parts: [], line });
    else parts.push({ k: 'name', name, line });
  }
  text(template.slice(end));
  return { k: 'template', parts, line };
}
