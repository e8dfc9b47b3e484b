/** Endings of the source files that are searched for routes. */
const SOURCE_ENDINGS = /\.(?:py|[cm]?[jt]sx?|java|rb|ru|php|cs|go|rs)$/;

/** Files that say how imports resolve, and settings that prefixes are taken from. */
const CONFIG_NAMES =
  /(?:^|\/)(?:package\.json|go\.(?:mod|work)|Cargo\.toml|[tj]sconfig(?:\.[\w-]+)?\.json|application\.(?:properties|ya?ml)|config\/routes(?:\/[\w.-]+)?\.ya?ml|config\/[\w.-]+\.json|[\w.-]*(?:config|settings?|constants?|routes?|paths?|prefix(?:es)?|endpoints?)[\w-]*\.json|(?:app|api|env|default|version)\.json)$/;

const GENERATED =
  /\.(?:g|[dD]esigner)\.cs$|\.d\.[cm]?ts$|\.min\.[cm]?js$|[._-]bundle(?:\.\w+)?\.js$|(?:^|\/)\.pnp\.c?js$|\.pb\.go$/;

const TEST_FILE =
  /(?:^|\/)(?:tests?|__tests__|specs?|e2e|testing)\/|(?:^|\/)(?:test_[^/]*|conftest)\.py$|_test\.(?:py|go|rb)$|(?:^|\/)tests\.py$|[._-](?:test|spec|e2e-spec)\.[cm]?[jt]sx?$/i;

/** Tests of Java, C#, PHP and Ruby, whose names are told by their capitals. */
const TEST_CLASS = /(?:Tests?|IT)\.(?:java|cs)$|Test\.php$|_spec\.rb$|\.(?:\w*Tests?|Specs)\/.*\.cs$/;

/** Endings of everything that `isDiscoveryFile` may want, for whoever watches a folder by endings. */
export const WATCHED_ENDINGS: readonly string[] =
  'py js mjs cjs jsx ts mts cts tsx java rb ru php cs go rs json mod work toml properties yml yaml'.split(' ');

const PACKED_FROM_LENGTH = 20_000;
const PACKED_LINE_LENGTH = 400;

/** True for text that a bundler wrote: lines far longer than any person writes. Parsing one costs more than all the rest. */
export function isPacked(text: string): boolean {
  if (text.length < PACKED_FROM_LENGTH) return false;
  const mostLines = text.length / PACKED_LINE_LENGTH;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines += 1;
    if (lines > mostLines) return false;
  }
  return true;
}

/** True for a file that discovery wants to be told of. `file` is relative with forward slashes. */
export function isDiscoveryFile(file: string): boolean {
  return (SOURCE_ENDINGS.test(file) && !GENERATED.test(file)) || CONFIG_NAMES.test(file);
}

/** True for a file by whose name or folder tests are kept apart in the languages that discovery knows. */
export function isTestFile(file: string): boolean {
  return TEST_FILE.test(file) || TEST_CLASS.test(file);
}
