// `npm test`: runs the groups static, unit, engine, integration and editor, says which could not run and why, and ends
// with one line `N passed, N failed`. `-- --group unit` (repeatable), `--grep PATTERN` and file names narrow it down.
// With EP_REQUIRE=all a group that cannot run is a failure.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runStaticChecks } from './support/staticChecks.mjs';
import { runTestFiles } from './support/testGroup.mjs';
import { NEEDS } from './support/needs.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
const MINUTE_MS = 60_000;

/** How each group runs (`runsAgain`: see testGroup.mjs); Node 20 applies --test-timeout to a whole file. A folder below test/ with test files that is not named here runs like `engine`. */
const SETTINGS = {
  unit: { concurrency: 2, fileTimeoutMs: 3 * MINUTE_MS, groupTimeoutMs: 10 * MINUTE_MS, needs: [] },
  engine: {
    concurrency: 1,
    runsAgain: true,
    fileTimeoutMs: 5 * MINUTE_MS,
    groupTimeoutMs: 20 * MINUTE_MS,
    needs: ['build'],
  },
  integration: {
    concurrency: 1,
    runsAgain: true,
    fileTimeoutMs: 8 * MINUTE_MS,
    groupTimeoutMs: 20 * MINUTE_MS,
    needs: ['build', 'python', 'javascript'],
  },
  editor: {
    concurrency: 1,
    runsAgain: true,
    fileTimeoutMs: 15 * MINUTE_MS,
    groupTimeoutMs: 30 * MINUTE_MS,
    needs: ['build', 'python', 'chromium', 'editor'],
  },
};
const ORDER = ['static', ...Object.keys(SETTINGS)];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { group: { type: 'string', multiple: true }, grep: { type: 'string' } },
});

const results = [];
try {
  for (const group of chooseGroups()) results.push(await runGroup(group));
} catch (error) {
  console.error(error.stack ?? error.message);
  results.push({ name: 'runner', passed: 0, failed: 1, skipped: 0, seconds: 0, note: error.message });
}
report(results);

/** The groups to run as `{ name, files }`, in their order. */
function chooseGroups() {
  const folders = readdirSync(path.join(ROOT, 'test'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['fixtures', 'support'].includes(entry.name))
    .map((entry) => ({ name: entry.name, files: listTests(path.join(ROOT, 'test', entry.name)) }))
    .filter((group) => group.files.length > 0);
  const all = [{ name: 'static', files: [] }, ...folders];
  all.sort((one, other) => orderOf(one.name) - orderOf(other.name) || one.name.localeCompare(other.name));

  if (positionals.length > 0) {
    const wanted = positionals.map((file) => path.resolve(file));
    const missing = wanted.filter((file) => !existsSync(file));
    if (missing.length > 0) throw new Error(`There is no test file ${missing.join(', ')}.`);
    return folders
      .map(({ name, files }) => ({ name, files: files.filter((file) => wanted.some((one) => isWithin(file, one))) }))
      .filter((group) => group.files.length > 0);
  }
  const names = values.group ?? [];
  const unknown = names.filter((name) => !all.some((group) => group.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no test group ${unknown.join(', ')}: choose from ${all.map((one) => one.name).join(', ')}.`,
    );
  }
  const chosen = names.length === 0 ? all : all.filter((group) => names.includes(group.name));
  return values.grep === undefined ? chosen : chosen.filter((group) => group.name !== 'static' || names.length > 0);
}

function orderOf(name) {
  const place = ORDER.indexOf(name);
  return place === -1 ? ORDER.length : place;
}

function isWithin(file, wanted) {
  return file === wanted || file.startsWith(wanted + path.sep);
}

function listTests(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** Runs one group and returns `{ name, passed, failed, skipped, seconds, note }`. */
async function runGroup({ name, files }) {
  const startedAt = Date.now();
  const finish = (counts) => ({ name, ...counts, seconds: Math.round((Date.now() - startedAt) / 1000) });
  console.log(`\n=== ${name} ===`);
  if (name === 'static') return finish({ ...(await runStaticChecks(ROOT)), skipped: 0, note: '' });

  const settings = SETTINGS[name] ?? SETTINGS.engine;
  const env = {};
  for (const need of settings.needs) {
    try {
      Object.assign(env, await NEEDS[need](ROOT));
    } catch (error) {
      const isRequired = process.env.EP_REQUIRE === 'all';
      console.log(`The group ${name} cannot run: ${error.message}`);
      return finish({ passed: 0, failed: isRequired ? 1 : 0, skipped: 0, note: `could not run: ${error.message}` });
    }
  }
  return finish(await runTestFiles({ root: ROOT, files, env, grep: values.grep, ...settings }));
}

function report(all) {
  const width = Math.max(5, ...all.map((result) => result.name.length));
  console.log(`\n${'group'.padEnd(width)}  passed  failed  skipped  seconds`);
  for (const { name, passed, failed, skipped, seconds, note } of all) {
    const numbers = [passed, failed, skipped, seconds].map((value, index) =>
      String(value).padStart([6, 6, 7, 7][index]),
    );
    console.log(`${name.padEnd(width)}  ${numbers.join('  ')}${note ? `  ${note.split('\n')[0]}` : ''}`);
  }
  for (const name of all.flatMap(({ unsteady }) => unsteady ?? [])) console.log(`Passed only when run again: ${name}`);
  for (const { name, reason } of all.flatMap(({ skips }) => skips ?? [])) console.log(`Skipped: ${name}: ${reason}`);
  const passed = all.reduce((sum, result) => sum + result.passed, 0);
  // Nothing run at all is no success.
  const failed = all.reduce((sum, result) => sum + result.failed, 0) || (passed === 0 ? 1 : 0);
  process.exitCode = failed === 0 ? 0 : 1;
  console.log(`\n${passed} passed, ${failed} failed`);
}
