import type { Expr } from '../../ir';
import type { LanguageFrontend } from '../frontend';
import { resolvePythonImport, resolvePythonSubmodule } from './imports';
import { lowerPython } from './lower';

function text(value: string): Expr {
  return { k: 'const', value, line: 0 };
}

/** Python 3. */
export const python: LanguageFrontend = {
  id: 'python',
  owns: (file) => file.endsWith('.py'),
  grammar: () => 'python',
  lower: lowerPython,
  resolveImport: resolvePythonImport,
  resolveSubmodule: resolvePythonSubmodule,
  visibleNames: 'scope',
  moduleScope: (file) => [
    ['__file__', text(`/${file}`)],
    ['__name__', text(file.replace(/(?:(?:^|\/)__init__)?\.py$/, '').replaceAll('/', '.'))],
    ['__path__', { k: 'list', items: [text(`/${file.slice(0, Math.max(0, file.lastIndexOf('/')))}`)], line: 0 }],
  ],
  selfStyle: 'listed',
  selfName: 'self',
};
