// Builds every bundle into dist/ and copies the WASM grammars beside them.
// `node esbuild.mjs` builds once; `--watch` rebuilds on change. Metafiles land in dist/meta for the wall tests.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { context } from 'esbuild';

/** The grammars that discovery loads today; every other grammar of the package stays out of the .vsix. */
const GRAMMARS = ['python', 'javascript', 'typescript', 'tsx', 'java', 'go', 'rust', 'ruby', 'php', 'c-sharp'];

const watch = process.argv.includes('--watch');
const common = {
  bundle: true,
  minify: !watch,
  sourcemap: watch,
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
};
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Its main file is UMD, which hides its parts from a bundler.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
};

/**
 * undici is two thirds of the load generator's code, and a run over bare sockets never loads it: reading it would take longer than
 * the rest. The extension and the command line share that file, which is a sixth of a megabyte less in the package for each.
 */
const undiciApart = {
  name: 'undici-apart',
  setup: (build) => build.onResolve({ filter: /^undici$/ }, () => ({ path: './undici.js', external: true })),
};

const bundles = {
  extension: { ...node, entryPoints: ['src/extension.ts'], external: ['vscode'], plugins: [undiciApart] },
  indexer: { ...node, entryPoints: ['src/indexer/main.ts'] },
  loadgen: { ...node, entryPoints: ['src/loadgen/main.ts'], plugins: [undiciApart] },
  undici: { ...node, entryPoints: ['undici'] },
  supervisor: { ...node, entryPoints: ['src/servers/supervisor.ts'] },
  cli: { ...node, entryPoints: ['src/cli/main.ts'], banner: { js: '#!/usr/bin/env node' }, plugins: [undiciApart] },
  page: {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'chrome130',
    entryPoints: ['webview/main.ts'],
    loader: { '.css': 'css' },
    // hdr-histogram-js looks for Node's zlib through eval and falls back to its own inflate; the page's policy forbids eval.
    define: { eval: 'undefined' },
  },
};

await rm('dist', { recursive: true, force: true });
await mkdir('dist/meta', { recursive: true });
await mkdir('dist/wasm', { recursive: true });
const grammarSource = 'node_modules/@vscode/tree-sitter-wasm/wasm';
for (const file of ['tree-sitter.wasm', ...GRAMMARS.map((name) => `tree-sitter-${name}.wasm`)]) {
  await cp(`${grammarSource}/${file}`, `dist/wasm/${file}`);
}

for (const [name, options] of Object.entries(bundles)) {
  const built = await context({ ...options, outfile: `dist/${name}.js` });
  if (watch) {
    await built.watch();
  } else {
    const result = await built.rebuild();
    await writeFile(`dist/meta/${name}.json`, JSON.stringify(result.metafile));
    await built.dispose();
  }
}
