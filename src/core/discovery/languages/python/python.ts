import type { LanguageFrontend } from '../frontend';
import { resolvePythonImport, resolvePythonSubmodule } from './imports';
import { lowerPython } from './lower';

/** Python 3. */
export const python: LanguageFrontend = {
  id: 'python',
  owns: (file) => file.endsWith('.py'),
  grammar: () => 'python',
  lower: lowerPython,
  resolveImport: resolvePythonImport,
  resolveSubmodule: resolvePythonSubmodule,
  selfStyle: 'listed',
  selfName: 'self',
};
