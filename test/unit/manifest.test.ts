import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..');

interface Setting {
  readonly type: string | readonly string[];
  readonly default: unknown;
  readonly scope?: string;
  readonly markdownDescription?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}
interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}
interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly activationEvents: readonly string[];
  readonly extensionKind: readonly string[];
  readonly icon: string;
  readonly devDependencies: Record<string, string>;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: unknown; readonly restrictedConfigurations: readonly string[] };
    readonly virtualWorkspaces: { readonly supported: unknown };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly enablement?: string }[];
    readonly menus: Record<string, readonly MenuItem[]>;
    readonly submenus: readonly { readonly id: string }[];
    readonly configuration: { readonly properties: Record<string, Setting> };
    readonly jsonValidation: readonly { readonly url: string }[];
    readonly keybindings?: unknown;
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly svg: string } }[] }[];
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
  };
}

const text = readFileSync(join(ROOT, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const nls = JSON.parse(readFileSync(join(ROOT, 'package.nls.json'), 'utf8')) as Record<string, string>;

/** Runs a module that imports `vscode` at its top with an empty `vscode`, for what it declares. */
async function load(file: string): Promise<Record<string, unknown>> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [file],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  const module = { exports: {} as Record<string, unknown> };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- this repository's own bundle, built a line above
  const run = new Function('module', 'require', outputFiles[0]?.text ?? '') as (...args: unknown[]) => void;
  run(module, () => ({}));
  return module.exports;
}

function sourceTexts(): readonly string[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

const sources = sourceTexts();

describe('package.json and the code', () => {
  it('name the same commands', async () => {
    const { COMMANDS } = await load('src/commands.ts');
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual([...contributed].sort(), Object.values(COMMANDS as object).sort());
    const registered = new Set(
      sources.flatMap((source) => [...source.matchAll(/registerCommand\(\s*'(\w+)'/g)].map(([, name]) => name)),
    );
    assert.deepEqual([...registered].sort(), Object.keys(COMMANDS as object).sort());
  });

  it('name the same settings with the same defaults', async () => {
    const { SETTING_DEFAULTS } = await load('src/config.ts');
    const defaults = Object.fromEntries(
      Object.entries(manifest.contributes.configuration.properties).map(([name, setting]) => [
        name.replace('endpointProfiler.', ''),
        setting.default,
      ]),
    );
    assert.deepEqual(defaults, SETTING_DEFAULTS);
  });

  it('use the same context keys', () => {
    const used = new Set([...text.matchAll(/endpointProfiler\.[a-z]\w+(?=[ "&|)]|$)/g)].map(([key]) => key));
    const declared = readFileSync(join(ROOT, 'src/contextKeys.ts'), 'utf8');
    const keys = [...declared.matchAll(/'(endpointProfiler\.\w+)'/g)].map(([, key]) => key ?? '');
    const whens = [...text.matchAll(/"(?:when|enablement)": "([^"]+)"/g)].map(([, when]) => when ?? '').join(' ');
    const inWhens = new Set([...whens.matchAll(/endpointProfiler\.\w+/g)].map(([key]) => key));
    for (const view of ['endpointProfiler.endpoints', 'endpointProfiler.runs']) inWhens.delete(view);
    for (const key of inWhens) assert.ok(keys.includes(key), `${key} is read by package.json and set by nobody`);
    assert.ok(used.size > 0);
  });

  it('agree about the oldest VS Code', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode'] ?? ''}`);
  });
});

describe('package.json', () => {
  it('has a text for every key and no text too many', () => {
    const used = [...text.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');
    assert.deepEqual([...new Set(used)].sort(), Object.keys(nls).sort());
  });

  it('gives every setting a scope, a description and, for numbers, limits', () => {
    for (const [name, setting] of Object.entries(manifest.contributes.configuration.properties)) {
      assert.ok(setting.scope, `${name} has no scope`);
      assert.ok(setting.markdownDescription, `${name} has no markdownDescription`);
      if (![setting.type].flat().some((type) => type === 'number' || type === 'integer')) continue;
      assert.equal(typeof setting.minimum, 'number', `${name} has no minimum`);
      assert.equal(typeof setting.maximum, 'number', `${name} has no maximum`);
    }
  });

  it('asks for trust wherever something is loaded or started', () => {
    const guarded = ['benchmarkEndpoint', 'rerunAndCompare', 'editRequest', 'startServer', 'chooseServer'];
    for (const name of guarded) {
      const command = manifest.contributes.commands.find((each) => each.command === `endpointProfiler.${name}`);
      assert.match(command?.enablement ?? '', /isWorkspaceTrusted/, name);
    }
    for (const [menu, items] of Object.entries(manifest.contributes.menus)) {
      if (menu === 'endpointProfiler.menu') continue;
      for (const { command, submenu, when } of items) {
        const needsTrust = submenu !== undefined || guarded.some((name) => command === `endpointProfiler.${name}`);
        if (needsTrust)
          assert.match(when ?? '', /isWorkspaceTrusted && !virtualWorkspace/, `${menu}: ${command ?? submenu}`);
      }
    }
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, ['endpointProfiler.servers']);
    assert.equal(manifest.capabilities.virtualWorkspaces.supported, 'limited');
  });

  it('starts for its languages and views, takes no key and runs beside the workspace', () => {
    assert.ok(!manifest.activationEvents.includes('*') && !manifest.activationEvents.includes('onStartupFinished'));
    assert.equal(manifest.contributes.keybindings, undefined);
    assert.deepEqual(manifest.extensionKind, ['workspace']);
    for (const { category } of manifest.contributes.commands) assert.equal(category, 'Endpoint Profiler');
  });

  it('points at files that are there', () => {
    const { walkthroughs, jsonValidation, viewsContainers } = manifest.contributes;
    const files = [
      manifest.icon,
      ...walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
      ...jsonValidation.map(({ url }) => url),
      ...viewsContainers.activitybar.map(({ icon }) => icon),
    ];
    assert.deepEqual(
      files.filter((file) => !existsSync(join(ROOT, file))),
      [],
    );
  });
});

describe('the texts of the running extension', () => {
  it('are all listed for translators', () => {
    const bundle = JSON.parse(readFileSync(join(ROOT, 'l10n/bundle.l10n.json'), 'utf8')) as Record<string, string>;
    const used = sources.flatMap((source) =>
      [...source.matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g)].map(([, key]) => key ?? ''),
    );
    assert.deepEqual(Object.keys(bundle).sort(), [...new Set(used)].sort());
    for (const [key, value] of Object.entries(bundle)) assert.equal(value, key);
  });
});
