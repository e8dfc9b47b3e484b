// A node:test reporter that counts what really ran, for the runner's table: suites are not tests, and a file without any
// test, which node:test would count as one passed test, is named instead.
import path from 'node:path';

export default async function* countReporter(source) {
  const counts = { passed: 0, failed: 0, skipped: 0, failures: [], skips: [], emptyFiles: [] };
  const filesWithTests = new Set();
  const fileResults = new Map();
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const isSkippedSuite = data.details?.type === 'suite' && data.skip !== undefined;
    if (data.details?.type === 'suite' && !isSkippedSuite && !(type === 'test:fail' && isOwnFailure(data))) continue;
    const isFile = data.nesting === 0 && data.file && path.resolve(data.name) === path.resolve(data.file);
    if (isFile) {
      fileResults.set(data.file, type);
      if (type === 'test:fail') count(data, type);
      continue;
    }
    filesWithTests.add(data.file);
    count(data, type);
  }
  for (const [file, type] of fileResults) {
    if (type === 'test:pass' && !filesWithTests.has(file)) counts.emptyFiles.push(file);
  }
  yield JSON.stringify(counts);

  function count(data, type) {
    if (data.skip !== undefined || data.todo !== undefined) {
      counts.skipped += 1;
      const reason = [data.skip, data.todo].find((given) => typeof given === 'string' && given !== '');
      counts.skips.push({ name: data.name, reason: reason ?? 'no reason given' });
    } else if (type === 'test:pass') counts.passed += 1;
    else {
      counts.failed += 1;
      counts.failures.push({ name: data.name, file: data.file ?? null });
    }
  }
}

/** A suite fails with its tests, which are counted already, or by itself when a hook of it throws. */
function isOwnFailure(data) {
  return data.details.error?.failureType === 'hookFailed';
}
