import type { LanguageFrontend } from '../frontend';
import { resolveDeclaredName } from '../declaredNames';
import { declaredJavaTypes } from './declares';
import { lowerJava } from './lower';

/** Java. */
export const java: LanguageFrontend = {
  id: 'java',
  owns: (file) => file.endsWith('.java'),
  grammar: () => 'java',
  lower: lowerJava,
  resolveImport: (source, _fromFile, files) => resolveDeclaredName(source, 'java', files),
  visibleNames: 'scope',
  moduleScope: () => [],
  declares: declaredJavaTypes,
  hasBareMembers: true,
  isTyped: true,
  selfStyle: 'implied',
  selfName: 'this',
};
