import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, existsSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isAlive, listProcesses, stopTree } from '../../scripts/processTree.mjs';

const MARK = 'EP_TEST_GROUP';
/** How long a process may take to end after the tests that started it. */
const LEFTOVER_GRACE_MS = 5000;

/** More failing files than this are no accident of a busy machine. */
const MOST_FILES_AGAIN = 4;

/**
 * Runs test files in one child process and returns `{ passed, failed, skipped, skips, unsteady, note }`, `skips` with name
 * and reason. A crash, a file without tests, a group that takes too long and a process left behind each count as a failure.
 *
 * With `runsAgain`, the few files in which a test failed run once more, whole, and the second run decides: such groups
 * measure on a machine that others use too. `unsteady` has the names of the tests that passed only then; the runner prints them.
 */
export async function runTestFiles({ runsAgain, ...given }) {
  const first = await runOnce(given);
  const files = [...new Set(first.failures.map(({ file }) => file))];
  const isOdd = first.failed !== first.failures.length || files.includes(null);
  if (!runsAgain || isOdd || files.length === 0 || files.length > MOST_FILES_AGAIN) return { ...first, unsteady: [] };
  console.log(`\nRunning again: ${files.map((file) => path.relative(given.root, file)).join(', ')}`);
  const second = await runOnce({ ...given, files });
  const stillFails = new Set(second.failures.map(({ name }) => name));
  const unsteady = first.failures.map(({ name }) => name).filter((name) => !stillFails.has(name));
  const all = first.passed + first.failed;
  return { ...first, passed: all - second.failed, failed: second.failed, note: second.note, unsteady };
}

async function runOnce({ root, files, env, grep, concurrency, fileTimeoutMs, groupTimeoutMs }) {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'ep-test-'));
  const countsFile = path.join(scratch, 'counts.json');
  const mark = randomUUID();
  const args = ['--import', 'tsx', '--test', `--test-concurrency=${concurrency}`, `--test-timeout=${fileTimeoutMs}`];
  args.push('--test-reporter=spec', '--test-reporter-destination=stdout');
  args.push(
    `--test-reporter=${new URL('countReporter.mjs', import.meta.url)}`,
    `--test-reporter-destination=${countsFile}`,
  );
  if (grep !== undefined) args.push(`--test-name-pattern=${grep}`);
  try {
    const ended = await runNode(
      [...args, ...files],
      { cwd: root, env: { ...process.env, ...env, [MARK]: mark } },
      groupTimeoutMs,
    );
    const result = readCounts(countsFile, ended, grep !== undefined);
    if (grep === undefined && result.passed + result.failed + result.skipped === 0) addFailure(result, 'no test ran');
    const leftovers = await endLeftovers(mark);
    if (leftovers.length > 0) {
      addFailure(result, `left ${leftovers.length} process(es) behind`);
      for (const { pid, command } of leftovers) console.log(`Left behind and ended: ${pid} ${command.slice(0, 200)}`);
    }
    return result;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function runNode(args, options, timeoutMs) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      void stopTree(child.pid);
    }, timeoutMs);
    child.on('error', (error) => resolve({ code: 1, why: error.message }));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const why = isLate ? `not done after ${timeoutMs / 60_000} minutes` : `ended with ${signal ?? `code ${code}`}`;
      resolve({ code: isLate ? null : code, why });
    });
  });
}

function readCounts(file, ended, isFiltered) {
  const counts = existsSync(file) ? parseCounts(readFileSync(file, 'utf8')) : null;
  if (counts === null) return { passed: 0, failed: 1, skipped: 0, failures: [], note: ended.why };
  const { passed, failed, skipped, failures, emptyFiles } = counts;
  const result = { passed, failed, skipped, failures, skips: isFiltered ? [] : counts.skips, note: '' };
  if (!isFiltered) for (const empty of emptyFiles) addFailure(result, `${path.basename(empty)} has no test`);
  if (ended.code !== 0 && result.failed === 0) addFailure(result, ended.why);
  return result;
}

function parseCounts(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // The child ended before the reporter did.
  }
}

function addFailure(result, note) {
  result.failed += 1;
  result.note = result.note === '' ? note : `${result.note}; ${note}`;
}

/** Ends every process that carries the group's mark in its environment and returns those that did not end by themselves. */
async function endLeftovers(mark) {
  if (process.platform !== 'linux') return [];
  const deadline = Date.now() + LEFTOVER_GRACE_MS;
  let left = findMarked(mark);
  while (left.length > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    left = left.filter((entry) => isAlive(entry.pid));
  }
  for (const entry of left) await stopTree(entry.pid, 1000);
  return left;
}

function findMarked(mark) {
  return listProcesses().filter(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`${MARK}=${mark}`);
    } catch {
      return false; // Another user's process, or one that has just ended.
    }
  });
}
