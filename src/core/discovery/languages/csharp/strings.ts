import type { Expr } from '../../ir';
import type { SyntaxNode } from '../../syntax';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', b: '\b', f: '\f' };

/** Text in any of its forms. Examples: `@"a\b"` is `a\b`; `$"{A}/x"` is put together; `"\\d"` is `\d`. */
export function lowerCSharpString(node: SyntaxNode, lower: (inner: SyntaxNode) => Expr): Expr {
  const { line } = node;
  if (node.type === 'verbatim_string_literal') {
    return { k: 'const', value: node.text.slice(2, -1).replaceAll('""', '"'), line };
  }
  if (node.type === 'raw_string_literal') return { k: 'const', value: node.text.replace(/^"+|"+$/g, '').trim(), line };
  const isVerbatim = node.text.startsWith('$@') || node.text.startsWith('@$');
  const parts = node.named.flatMap((part): Expr[] => {
    switch (part.type) {
      case 'interpolation': {
        const inner = part.named.find(({ type }) => type !== 'interpolation_brace');
        return inner ? [lower(inner)] : [];
      }
      case 'interpolation_start':
      case 'interpolation_quote':
        return [];
      case 'escape_sequence':
        return [{ k: 'const', value: isVerbatim ? part.text : unescaped(part.text), line }];
      default:
        return [{ k: 'const', value: braces(part.text, node.type === 'interpolated_string_expression'), line }];
    }
  });
  if (parts.every((part) => part.k === 'const')) {
    return { k: 'const', value: parts.map((part) => String(part.value)).join(''), line };
  }
  return { k: 'template', parts, line };
}

/** In an interpolated string a brace is written twice. */
function braces(text: string, isInterpolated: boolean): string {
  return isInterpolated ? text.replaceAll('{{', '{').replaceAll('}}', '}') : text;
}

function unescaped(text: string): string {
  const one = text.slice(1);
  if (/^[uUx]/.test(one)) return String.fromCodePoint(Number.parseInt(one.slice(1), 16));
  return ESCAPES[one] ?? one;
}
