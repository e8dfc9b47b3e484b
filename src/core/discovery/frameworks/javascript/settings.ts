import { dict, settle, str, textOf, unknown, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { readByProperties, settingWithDefault } from './defaults';
import { argsOf, dictOf, entryOf } from './handlers';

const SCRIPT = /\.[cm]?[jt]sx?$/;

/** Where node-config looks for what every environment shares. */
const NODE_CONFIG = /(?:^|\/)config\/default\.(?:json|[cm]?[jt]s)$/;

/** Libraries that read settings from the environment or from files, as far as they have defaults in the code. */
export const settings: FrameworkModel = {
  id: 'settings',
  languages: ['javascript'],
  packages: [
    '@t3-oss/env-core',
    '@t3-oss/env-nextjs',
    '@t3-oss/env-nuxt',
    'znv',
    'envalid',
    'env-var',
    'env-schema',
    'convict',
    'config',
  ],
  prefilter: /(?!)/,
  registrars: [],
  join: (prefix, path) => prefix + path,

  callSymbol(symbol, site, host) {
    if (!SCRIPT.test(site.place.file)) return undefined;
    const name = lastName(symbol);
    const [first, second] = argsOf(site);
    if (name === 'createEnv')
      return dict(
        ['shared', 'client', 'server'].flatMap((part) => entriesOf(first, part)),
        true,
      );
    if (name === 'parseEnv' || name === 'cleanEnv') return readByProperties(second, first);
    if (symbol.startsWith('envalid.')) return first;
    if (symbol === 'env-schema' || symbol.startsWith('env-schema.')) {
      return readByProperties(entryOf(first, 'schema', 'properties'), PROCESS);
    }
    if (symbol === 'env-var.get') return host.object(settings, 'variable', [['name', first ?? str('')]]);
    if (symbol === 'convict' || symbol === 'convict.default') {
      return host.object(settings, 'convict', [['described', first ?? dict()]]);
    }
    return symbol === 'config.get' && first ? fromNodeConfig(textOf(first).text, site, host) : undefined;
  },

  callMethod(object, name, site) {
    const [first] = argsOf(site);
    if (object.type === 'variable') return ofVariable(object, name, first);
    if (name !== 'get' || !first) return object;
    const key = textOf(first).text;
    const described = entryOf(object.attrs.get('described'), ...key.split('.'));
    return settingWithDefault(`The setting ${key}`, entryOf(described, 'default'));
  },
};

const PROCESS: Value = { t: 'symbol', path: 'process.env' };

function entriesOf(options: Value | undefined, part: string): [string, Value][] {
  return [...readByProperties(entryOf(options, part), PROCESS).entries];
}

/** `get('PREFIX').default('/x').asString()`. */
function ofVariable(object: ObjectValue, name: string, first: Value | undefined): Value {
  if (name === 'default' && first) object.attrs.set('fallback', first);
  if (!name.startsWith('as')) return object;
  const variable = textOf(object.attrs.get('name') ?? str('')).text;
  return settingWithDefault(`process.env.${variable}`, object.attrs.get('fallback'));
}

/** node-config: `config/default.*`, over which a file of the environment may stand. */
function fromNodeConfig(key: string, site: CallSite, host: ModelHost): Value | undefined {
  const [file] = host.filesNamed(NODE_CONFIG);
  const loaded = file === undefined ? undefined : host.load(file, site.place.file);
  if (file === undefined || !loaded) return undefined;
  const whole = dictOf(loaded) ?? dictOf(host.exported(file, 'default'));
  const found = entryOf(whole, ...key.split('.'));
  if (found?.t !== 'str') return found ? settle(found) : unknown(`the setting ${key}`);
  const sentence = `The setting ${key} decides a part of the path; ${JSON.stringify(found.text)} stands in ${file}.`;
  return str(found.text, [...found.notes, sentence]);
}
