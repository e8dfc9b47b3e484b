import { startCountingServer } from './countingServer';
import { planFor, runLoad } from './loadRuns';
import type { LoadProfile } from '../../src/core/model/loadProfile';

/** Loads a server of its own with the profile given as JSON, twice as many connections as ports, and prints the result. */
async function main(): Promise<void> {
  const server = await startCountingServer();
  const profile = JSON.parse(process.argv[2] ?? '{}') as Partial<LoadProfile>;
  const { result } = await runLoad(planFor(server.baseUrl + '/delay/5', profile));
  console.log(JSON.stringify(result));
  await server.kill();
}

void main();
