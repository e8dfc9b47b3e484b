import type { Expr } from '../../ir';
import type { SyntaxNode } from '../../syntax';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

/**
 * Lowers a string literal, joined ones too.
 *
 * Examples: `"a" 'b'` is the constant `ab`; `f"/{x}"` a template of `/` and `x`; `r"\d"` keeps its backslash; `"{{"` of an
 * f-string is one brace.
 */
export function lowerPythonString(node: SyntaxNode, lower: (inner: SyntaxNode) => Expr): Expr {
  const { line } = node;
  const pieces = node.type === 'concatenated_string' ? node.named : [node];
  const parts = pieces.flatMap((piece) => lowerPiece(piece, lower));
  if (parts.every((part) => part.k === 'const')) {
    return { k: 'const', value: parts.map((part) => String(part.value)).join(''), line };
  }
  return { k: 'template', parts, line };
}

function lowerPiece(node: SyntaxNode, lower: (inner: SyntaxNode) => Expr): Expr[] {
  const { line } = node;
  const prefix = /^[a-z]*/i.exec(node.childOfType('string_start')?.text ?? '')?.[0].toLowerCase() ?? '';
  const parts: Expr[] = [];
  for (const child of node.named) {
    if (child.type === 'string_content') {
      let text = prefix.includes('r') ? child.text : unescape(child.text);
      if (prefix.includes('f')) text = text.replaceAll('{{', '{').replaceAll('}}', '}');
      parts.push({ k: 'const', value: text, line });
    } else if (child.type === 'interpolation') {
      const value = child.child('expression');
      parts.push(value ? lower(value) : { k: 'unknown', parts: [], line });
    }
  }
  return parts.length > 0 ? parts : [{ k: 'const', value: '', line }];
}

function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|([\s\S]))/gi,
    (whole, hex?: string, wide?: string, one?: string) => {
      const code = hex ?? wide;
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      return ESCAPES[one ?? ''] ?? whole;
    },
  );
}
