import { spawn } from 'node:child_process';

const CHECKS = ['typecheck', 'lint', 'format:check'];

/** Runs the checks that need no running program and returns `{ passed, failed }`; what a failed one said is printed. */
export async function runStaticChecks(root) {
  const results = await Promise.all(CHECKS.map((script) => runScript(root, script)));
  for (const { script, code, said } of results) {
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${script}`);
    if (code !== 0) console.log(said.trim());
  }
  const failed = results.filter((result) => result.code !== 0).length;
  return { passed: results.length - failed, failed };
}

function runScript(root, script) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', script], { cwd: root, shell: process.platform === 'win32' });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('error', (error) => resolve({ script, code: 1, said: error.message }));
    child.on('close', (code) => resolve({ script, code, said }));
  });
}
