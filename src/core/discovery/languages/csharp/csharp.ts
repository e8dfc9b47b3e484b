import type { LanguageFrontend } from '../frontend';
import { resolveDeclaredName } from '../declaredNames';
import { declaredCSharpNames } from './declares';
import { lowerCSharp } from './lower';

/** C#. A type is known by its full name and, because usings can be global, by its bare name behind `*.`. */
export const csharp: LanguageFrontend = {
  id: 'csharp',
  owns: (file) => file.endsWith('.cs'),
  grammar: () => 'c-sharp',
  lower: lowerCSharp,
  resolveImport: (source, _fromFile, files) => resolveDeclaredName(source, 'csharp', files),
  visibleNames: 'scope',
  moduleScope: () => [],
  declares: declaredCSharpNames,
  hasBareMembers: true,
  isTyped: true,
  selfStyle: 'implied',
  selfName: 'this',
};
