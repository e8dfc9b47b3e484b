import type { CallSite, ObjectValue, Value } from '../../evaluate/values';
import type { ModelHost } from '../model';
import { dottedName } from './dottedName';

/**
 * Methods of an application's `config`: values that classes, modules and literals give it are kept as attributes.
 *
 * Examples: after `app.config.from_object(Settings)`, `app.config["PREFIX"]` is the class's `PREFIX`.
 */
export function callConfig(config: ObjectValue, name: string, site: CallSite, host: ModelHost): Value | undefined {
  const first = host.argument(site, 0, null);
  switch (name) {
    case 'get': {
      const key = first?.t === 'str' ? first.text : '';
      return config.attrs.get(key) ?? host.argument(site, 1, null);
    }
    case 'update':
    case 'from_mapping':
      if (first?.t === 'dict') for (const [key, value] of first.entries) config.attrs.set(key, value);
      for (const { name: key, value } of site.args) if (key !== undefined) config.attrs.set(key, value);
      return undefined;
    case 'setdefault': {
      const value = host.argument(site, 1, null);
      if (first?.t === 'str' && value && !config.attrs.has(first.text)) config.attrs.set(first.text, value);
      return value;
    }
    case 'from_object':
      fromObject(config, first, site, host);
      return undefined;
    default:
      return undefined;
  }
}

/** Upper-case names of a class, an instance or a module, which may be named by a string. */
function fromObject(config: ObjectValue, given: Value | undefined, site: CallSite, host: ModelHost): void {
  const source = given?.t === 'str' ? dottedName(given.text, site, host) : given;
  const names =
    source?.t === 'class'
      ? host.namesOf(source)
      : source?.t === 'instance'
        ? host.namesOf(source.cls)
        : source?.t === 'module'
          ? host.namesOfModule(source.file)
          : [];
  for (const name of names) if (source && /^[A-Z]/.test(name)) config.attrs.set(name, host.member(source, name));
}
