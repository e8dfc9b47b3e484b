import type { DocumentSelector } from 'vscode';

/** The documents that can declare routes. */
export const SOURCE_DOCUMENTS: DocumentSelector = [
  'python',
  'javascript',
  'typescript',
  'javascriptreact',
  'typescriptreact',
  'java',
  'ruby',
  'php',
  'csharp',
  'go',
  'rust',
];
