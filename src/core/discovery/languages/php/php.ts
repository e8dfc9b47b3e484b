import type { LanguageFrontend } from '../frontend';
import { resolveDeclaredName } from '../declaredNames';
import { declaredPhpNames } from './declares';
import { lowerPhp } from './lower';

/** PHP. Names of classes are put in full while lowering, because namespaces and `use` decide them by the text alone. */
export const php: LanguageFrontend = {
  id: 'php',
  owns: (file) => file.endsWith('.php') && !file.endsWith('.blade.php'),
  grammar: () => 'php',
  lower: lowerPhp,
  resolveImport: (source, _fromFile, files) => resolveDeclaredName(source, 'php', files),
  visibleNames: 'scope',
  moduleScope: (file) => {
    const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
    return [['__DIR__', { k: 'const', value: `/${folder}`, line: 0 }]];
  },
  declares: declaredPhpNames,
  isTyped: true,
  selfStyle: 'implied',
  selfName: '$this',
};
