import type { LanguageFrontend } from '../frontend';
import { resolveJsImport } from './imports';
import { lowerBody } from './statements';

/** JavaScript and TypeScript with their JSX dialects, CommonJS and ES modules. */
export const javascript: LanguageFrontend = {
  id: 'javascript',
  owns: (file) => /\.[cm]?[jt]sx?$/.test(file),
  grammar: (file) => {
    if (/\.[cm]?ts$/.test(file)) return 'typescript';
    return file.endsWith('.tsx') ? 'tsx' : 'javascript';
  },
  lower: (tree, file) => ({ file, body: lowerBody(tree.root, file), syntaxErrorLine: tree.errorLine }),
  resolveImport: resolveJsImport,
  selfStyle: 'implied',
  selfName: 'this',
};
