import type { Expr } from '../../ir';
import type { LanguageFrontend } from '../frontend';
import { closeGaps } from './grammarGaps';
import { resolveJsImport } from './imports';
import { lowerBody } from './statements';

const EXPORTS: Expr = { k: 'name', name: 'exports', line: 0 };

function text(value: string): Expr {
  return { k: 'const', value, line: 0 };
}

/** JavaScript and TypeScript with their JSX dialects, CommonJS and ES modules. */
export const javascript: LanguageFrontend = {
  id: 'javascript',
  owns: (file) => /\.[cm]?[jt]sx?$/.test(file),
  grammar: (file) => {
    if (/\.[cm]?ts$/.test(file)) return 'typescript';
    return file.endsWith('.tsx') ? 'tsx' : 'javascript';
  },
  closeGaps,
  lower: (tree, file) => ({ file, body: lowerBody(tree.root, file), syntaxErrorLine: tree.errorLine }),
  resolveImport: resolveJsImport,
  visibleNames: 'exports',
  moduleScope: (file) => [
    ['exports', { k: 'dict', entries: [], line: 0 }],
    ['module', { k: 'dict', entries: [{ key: text('exports'), value: EXPORTS }], line: 0 }],
    ['__dirname', text(`/${file.slice(0, Math.max(0, file.lastIndexOf('/')))}`)],
    ['__filename', text(`/${file}`)],
  ],
  selfStyle: 'implied',
  selfName: 'this',
};
