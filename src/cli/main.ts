import { join } from 'node:path';
import { version } from '../../package.json';
import { EXIT } from './exitCodes';
import { runCli } from './runCli';

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Asked twice, somebody does not want to wait; a started server ends with its supervisor.
    if (interrupt.signal.aborted) process.exit(EXIT.interrupted);
    interrupt.abort();
  });
}
// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', () => process.exit(EXIT.done));

void runCli(process.argv.slice(2), {
  version,
  loadgenScript: join(__dirname, 'loadgen.js'),
  supervisorScript: join(__dirname, 'supervisor.js'),
  wasmFolder: join(__dirname, 'wasm'),
  pageFolder: __dirname,
  stderr: process.stderr,
  signal: interrupt.signal,
  print: (text) => new Promise((resolve) => process.stdout.write(text, () => resolve())),
}).then((code) => {
  process.exitCode = code;
});
