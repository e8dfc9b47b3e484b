import type { LanguageFrontend, ImportTarget, SourceFiles } from '../frontend';
import { resolveDeclaredName } from '../declaredNames';
import { declaredRubyNames } from './declares';
import { lowerRuby } from './lower';

/** Ruby. Constants are found wherever the workspace defines them, as an autoloader does. */
export const ruby: LanguageFrontend = {
  id: 'ruby',
  owns: (file) => /\.(?:rb|ru)$/.test(file),
  grammar: () => 'ruby',
  lower: lowerRuby,
  resolveImport: resolveRuby,
  visibleNames: 'scope',
  moduleScope: () => [],
  declares: declaredRubyNames,
  hasBareMembers: true,
  isClassBodySelf: true,
  selfStyle: 'implied',
  selfName: 'self',
};

/** Examples: `./users` (of `require_relative`) from `api/app.rb` is `api/users.rb`; `sinatra/base` is a library. */
function resolveRuby(source: string, fromFile: string, files: SourceFiles): ImportTarget {
  if (source.startsWith('./') || source.startsWith('../')) {
    const parts = fromFile.split('/').slice(0, -1);
    for (const part of source.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '.') parts.push(part);
    }
    const path = parts.join('/');
    const file = files.has(path) ? path : `${path}.rb`;
    return files.has(file) ? { kind: 'file', file } : { kind: 'library', symbol: source };
  }
  return resolveDeclaredName(source, 'ruby', files);
}
