import type { SyntaxNode } from '../../syntax';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', s: ' ', '0': '\0' };

/** The value of a string literal or text block. Examples: `"/a/{id:\\d+}"` is `/a/{id:\d+}`. */
export function lowerJavaString(node: SyntaxNode): string {
  const text = node.text;
  const isBlock = text.startsWith('"""');
  const inner = isBlock ? withoutMargin(text.slice(3, -3)) : text.slice(1, -1);
  return inner.replace(/\\(?:u+([0-9a-fA-F]{4})|(\n)|([\s\S]))/g, (_, code?: string, line?: string, one = '') => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return line === undefined ? (ESCAPES[String(one)] ?? String(one)) : '';
  });
}

function withoutMargin(text: string): string {
  const lines = text.replace(/^[ \t]*\r?\n/, '').split('\n');
  const margins = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const margin = Math.min(...margins);
  return lines.map((line) => line.slice(Number.isFinite(margin) ? margin : 0)).join('\n');
}
