import type { RunPlan } from '../../src/core/model/runPlan';
import { runLoad } from './loadRuns';

/** Runs the plan given as JSON and prints the result as JSON: for tests that need another process around it. */
const plan = JSON.parse(process.argv[2] ?? '') as RunPlan;
void runLoad(plan).then(({ result }) => console.log(JSON.stringify(result)));
