import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The walls of ARCHITECTURE.md. Each room names the rooms it may import (itself always) and whether it may import
 * `vscode` and `node:` modules. A room that is missing here fails `test/unit/architecture.test.ts`.
 */
export const ROOMS = {
  'src/util': { may: [], why: 'util imports nothing of ours' },
  'src/core': { may: ['util'], why: 'core is pure knowledge: effects come in as parameters' },
  'src/protocol': { may: ['core', 'util'], why: 'a protocol file holds messages only' },
  'src/http': { may: ['core', 'util'], node: true, why: 'http sends one request and knows no feature' },
  'src/loadgen': {
    may: ['core', 'util', 'protocol', 'http'],
    node: true,
    why: 'the load generator runs alone in its process',
  },
  'src/servers': { may: ['core', 'util', 'http'], node: true, why: 'servers knows processes, not the editor' },
  'src/platform/node': {
    may: ['core', 'util', 'protocol', 'http', 'servers'],
    node: true,
    why: 'platform/node serves the command line too and never sees the editor',
  },
  'src/session': {
    may: ['core', 'util', 'protocol', 'http', 'servers', 'platform/node'],
    node: true,
    why: 'a session is what happens between a click and a stored run; the editor is behind an interface',
  },
  'src/indexer': {
    may: ['core', 'util', 'protocol', 'platform/node'],
    node: true,
    why: 'the indexer is a thread of its own',
  },
  'src/cli': {
    may: ['core', 'util', 'protocol', 'http', 'servers', 'session', 'platform/node'],
    node: true,
    why: 'the command line works without an editor',
  },
  'src/platform/vscode': {
    may: ['core', 'util', 'protocol', 'http', 'servers', 'platform/node'],
    node: true,
    vscode: true,
    why: 'platform adapts and knows no feature',
  },
  'src/features': {
    may: ['core', 'util', 'protocol', 'http', 'servers', 'session', 'platform/node', 'platform/vscode'],
    node: true,
    vscode: true,
    why: 'a feature never imports another feature',
  },
  webview: { may: ['core', 'util', 'protocol'], why: 'the page gets data by messages only' },
};

/** Third-party library to its single importer; everywhere else it is an error. */
export const IMPORTERS = {
  undici: 'src/http/client.ts',
  'hdr-histogram-js': 'src/core/stats/histogram.ts',
  '@vscode/tree-sitter-wasm': 'src/core/discovery/parse.ts',
  ignore: 'src/platform/node/fileWalker.ts',
  'jsonc-parser': 'src/core/request/jsonc.ts',
  'ipaddr.js': 'src/core/request/targetGuard.ts',
  'jsonpath-rfc9535': 'src/core/request/jsonPath.ts',
  'js-yaml': 'src/core/request/yaml.ts',
  uplot: 'webview/charts/plot.ts',
  '@vscode/webview-ui-toolkit': 'webview/components/toolkit.ts',
};

const ALL_ROOMS = Object.keys(ROOMS).map((folder) => folder.replace('src/', ''));

function wall(folder, { may, node, vscode, why }) {
  const self = folder.replace('src/', '');
  const closed = ALL_ROOMS.filter(
    (room) => room !== self && !may.includes(room) && !(self === 'core' && room === 'core'),
  );
  const patterns = closed.map((room) => ({
    regex: `^\\.{1,2}/(.*/)?${room}/`,
    message: `${folder} may not import ${room}/: ${why} (ARCHITECTURE.md, walls).`,
  }));
  if (!vscode) patterns.push({ regex: '^vscode$', message: `${folder} may not import vscode: ${why}.` });
  if (!node) patterns.push({ regex: '^node:', message: `${folder} may not import node: modules: ${why}.` });
  if (folder === 'src/features') {
    patterns.push({
      regex: `^\\.\\./[a-z]`,
      message: 'A feature never imports another feature: share through core or services.',
    });
  }
  return patterns;
}

function libraries(exceptFile) {
  return Object.entries(IMPORTERS)
    .filter(([, file]) => file !== exceptFile)
    .map(([name, file]) => ({ regex: `^${name}(/.*)?$`, message: `${name} is imported by ${file} alone.` }));
}

const wallConfigs = Object.entries(ROOMS).flatMap(([folder, room]) => [
  {
    files: [`${folder}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: [...wall(folder, room), ...libraries()] }] },
  },
  ...Object.values(IMPORTERS)
    .filter((file) => file.startsWith(`${folder}/`))
    .map((file) => ({
      files: [file],
      rules: { 'no-restricted-imports': ['error', { patterns: [...wall(folder, room), ...libraries(file)] }] },
    })),
]);

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      '.cache/**',
      'test/fixtures/**',
      'test/integration/apps/javascript/**',
      'examples/**/node_modules/**',
      'tools/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './webview/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'max-lines': ['error', { max: 400 }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'No default exports: a name is searched for.' },
        { selector: 'ExportAllDeclaration', message: 'No barrel files: import from where it is defined.' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
    },
  },
  ...wallConfigs,
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: ['describe', 'it', 'test'], package: 'node:test' }] },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
        AbortSignal: 'readonly',
      },
    },
  },
);
