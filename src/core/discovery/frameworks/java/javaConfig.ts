import { readProperties, readYamlKeys, type ConfigEntry } from '../../config/yamlKeys';
import { HOLE, type PathPiece, type Place } from '../../graph';
import type { ModelHost } from '../model';

/** Settings of the module that a Java source file belongs to, by key without dashes and case. */
export type JavaConfig = ReadonlyMap<string, ConfigEntry & { readonly file: string }>;

/**
 * The `application.properties` or `application.yml` beside a source file's `src/main/java`; of the default profile.
 *
 * Examples: for `shop/src/main/java/a/B.java` it is `shop/src/main/resources/application.yml`.
 */
export function javaConfig(host: ModelHost, file: string): JavaConfig {
  const base = moduleOf(file);
  const known = host.state('java config', () => new Map<string, JavaConfig>());
  const config = known.get(base) ?? readConfig(host, base);
  known.set(base, config);
  return config;
}

/** The folder of the Maven or Gradle module that a source file lies in, with a slash at its end unless it is empty. */
export function moduleOf(file: string): string {
  return /^(.*\/)?src\/[\w-]+\/java\//.exec(file)?.[1] ?? '';
}

function readConfig(host: ModelHost, base: string): JavaConfig {
  const found = new Map<string, ConfigEntry & { file: string }>();
  for (const folder of [`${base}src/main/resources/config/`, `${base}src/main/resources/`, `${base}config/`, base]) {
    for (const name of ['application.properties', 'application.yml', 'application.yaml']) {
      const file = folder + name;
      const text = host.files.text(file);
      if (text === undefined) continue;
      for (const entry of name.endsWith('s') ? readProperties(text) : readYamlKeys(text)) {
        const key = settingKey(entry.key);
        if (!found.has(key)) found.set(key, { ...entry, file });
      }
    }
  }
  return found;
}

function settingKey(key: string): string {
  return key.replaceAll('-', '').toLowerCase();
}

/** A prefix that settings give, outermost first, with the place of the first that is set. */
export function configuredPrefix(
  config: JavaConfig,
  keys: readonly string[],
): { prefix: PathPiece; place: Place } | null {
  const set = keys.flatMap((key) => config.get(settingKey(key)) ?? []);
  const [first] = set;
  if (!first) return null;
  const resolved = set.map(({ value }) => resolvePlaceholders(value, config));
  const template = resolved.map(({ text }) => `/${text.replace(/^\/+|\/+$/g, '')}`.replace(/^\/$/, '')).join('');
  const notes = resolved.flatMap((one) => one.notes);
  return { prefix: { template, parameters: [], notes }, place: { file: first.file, line: first.line } };
}

/** `${key:default}` in a text by the settings; a hole with a sentence when neither is there. */
export function resolvePlaceholders(text: string, config: JavaConfig, hops = 0): { text: string; notes: string[] } {
  const notes: string[] = [];
  const resolved = text.replace(/\$\{([^{}:]+)(?::([^{}]*))?\}/g, (_, key: string, fallback?: string) => {
    const value = config.get(settingKey(key))?.value;
    if (value !== undefined && hops < 5) {
      const inner = resolvePlaceholders(value, config, hops + 1);
      notes.push(...inner.notes);
      return inner.text;
    }
    if (fallback !== undefined) {
      notes.push(
        `The setting ${key} decides a part of the path; ${JSON.stringify(fallback)} is its default in the code.`,
      );
      return fallback;
    }
    notes.push(`The setting ${key} is not known from the code alone.`);
    return HOLE;
  });
  return { text: resolved, notes };
}
